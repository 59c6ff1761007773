// The functions of a tick in this process: their unmodified handler modules, invoked over the wire as Lambda invokes them, with its time-outs and its limits.
import { randomUUID } from 'node:crypto'
import { functionName, HANDLERS, type HandlerName, HANDLER_NAMES as names } from '#cdk/handlers.ts'
import type { FunctionHost, FunctionRegistry } from '#local/aws/lambda/function-host.ts'
import { registerFunctions, STAGE } from './subject.ts'
import type { VirtualClock } from './virtual-clock.ts'

export type Run = {
  readonly handler: HandlerName
  readonly atSeconds: number
  readonly seconds: number
  readonly eventBytes: number
  readonly answerBytes: number
  readonly answer: unknown
}

type Handler = (event: unknown, context: object) => Promise<unknown>

export type Functions = {
  readonly runs: Run[]
  invoke(handler: HandlerName, event: unknown): Promise<unknown>
  /** Events that were sent asynchronously and not yet run. */
  readonly waiting: { handler: HandlerName; event: unknown }[]
}

/** Canaries are not in this bench: theirs are left out. */
const TICK_FUNCTIONS = names.filter((name) => !name.startsWith('canary-'))

let loads = 0

/** Fresh modules each time: what a function keeps between invocations begins empty, as in a new execution environment. */
export async function loadFunctions(clock: VirtualClock, registry: FunctionRegistry): Promise<Functions> {
  const load = ++loads
  const handlers = new Map<HandlerName, Handler>()
  for (const name of TICK_FUNCTIONS) {
    const module = await import(`${import.meta.resolve(`#lambdas/${name}/handler.ts`)}?load=${load}`)
    handlers.set(name, module.handler)
  }
  const runs: Run[] = []
  const waiting: Functions['waiting'] = []

  async function invoke(name: HandlerName, event: unknown): Promise<unknown> {
    const { timeoutSeconds } = HANDLERS[name]
    const atSeconds = clock.nowSeconds()
    const context = {
      functionName: functionName(STAGE, name),
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: () => Math.max(0, (atSeconds + timeoutSeconds - clock.nowSeconds()) * 1000),
    }
    const handler = handlers.get(name)
    const answer = await handler?.(event, context)
    const seconds = clock.nowSeconds() - atSeconds
    runs.push({ handler: name, atSeconds, seconds, eventBytes: bytes(event), answerBytes: bytes(answer), answer })
    // The code cannot be stopped here as Lambda would stop it; that it was late is what has to be known.
    if (seconds > timeoutSeconds)
      throw new Error(`Task timed out after ${timeoutSeconds.toFixed(2)} seconds (it ended after ${seconds.toFixed(2)})`)
    return answer
  }

  const host: FunctionHost = {
    async invoke({ functionName: named, payload, type }) {
      const name = names.find((candidate) => named === functionName(STAGE, candidate))
      if (name === undefined) throw new Error(`no function ${named}`)
      if (type === 'Event') {
        waiting.push({ handler: name, event: JSON.parse(payload) })
        return { payload: '' }
      }
      // The request that waits for this answer is under way, but it is the function that the clock has to wait for.
      clock.busy--
      try {
        return { payload: JSON.stringify((await invoke(name, JSON.parse(payload))) ?? null) }
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error
        return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' }
      } finally {
        clock.busy++
      }
    },
  }
  registerFunctions(registry, host)
  return { runs, invoke, waiting }
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}
