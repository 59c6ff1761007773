// Time and memory of one Lambda: the bundles as they are uploaded, each in a process of its own, in real time, without quotas to wait for.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleHandlers } from '#cdk/bundling/bundle-handlers.ts'
import { functionName, HANDLER_NAMES, HANDLERS, type HandlerName } from '#cdk/handlers.ts'
import { realTimeClock } from '#local/aws/clock.ts'
import { openAccount, publishPast, putOverrides } from './account.ts'
import { functionEnvironment } from './environment.ts'
import type { Answer, Cost } from './lambda-process.ts'
import { registerFunctions, STAGE } from './subject.ts'

export type LambdaCost = { readonly function: HandlerName; readonly situation: string; readonly memoryMegabytes: number } & Cost

const RUNTIME = fileURLToPath(new URL('./lambda-process.ts', import.meta.url))

/** Each function in its situations, at `hostnames` hostnames. Takes about as many seconds as there are hundreds of them. */
export async function measureLambdas(hostnames: number): Promise<LambdaCost[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'sluice-scale-'))
  const clock = realTimeClock()
  const account = await openAccount(clock, hostnames)
  // Nobody waits here for a change to be processed or in sync: what is measured is work.
  Object.assign(account.aws.route53.settings, { propagationSeconds: 0, processingSeconds: 0 })
  const children = new Map<HandlerName, ChildProcess>()
  const costs: LambdaCost[] = []
  let situation = ''

  async function run(name: HandlerName, event: unknown): Promise<Answer> {
    const child = children.get(name)
    child?.send(event as object)
    const [message] = (await once(child as ChildProcess, 'message')) as [Answer]
    costs.push({ function: name, situation, memoryMegabytes: HANDLERS[name].memoryMegabytes, ...message.cost })
    if (message.error !== undefined) throw new Error(`${name}, ${situation}: ${message.error.name}: ${message.error.message}`)
    return message
  }
  const start = (name: HandlerName, when: string) => {
    situation = when
    return run(name, { source: 'aws.events', time: new Date().toISOString() })
  }

  try {
    const { directories } = bundleHandlers(process.cwd(), join(scratch, 'bundles'))
    for (const name of HANDLER_NAMES) {
      const args = [join(directories[name], 'handler.mjs'), String(HANDLERS[name].timeoutSeconds)]
      children.set(name, fork(RUNTIME, args, { env: { ...process.env, ...functionEnvironment(account.aws.url) }, serialization: 'json' }))
    }
    registerFunctions(account.aws.lambda, {
      invoke: async ({ functionName: named, payload, type }) => {
        const name = HANDLER_NAMES.find((candidate) => functionName(STAGE, candidate) === named)
        // What reconcile hands over would be the next tick, which comes anyway.
        if (name === undefined || type === 'Event') return { payload: '' }
        const { answer } = await run(name, JSON.parse(payload))
        return { payload: JSON.stringify(answer ?? null) }
      },
    })
    publishPast(account, clock.nowSeconds())
    await start('rebalance', 'the first tick: hostnames looked at and created')
    const asked = () => costs.filter((cost) => cost.function === 'apply').length
    for (let before = -1; before < asked(); ) {
      before = asked()
      await start('rebalance', 'earlier changes confirmed')
    }
    await start('rebalance', 'a quiet tick')
    await putOverrides(account, [
      {
        kind: 'drain',
        provider: 'ovh',
        author: 'bench',
        reason: 'bench',
        createdAt: clock.nowSeconds(),
        expiresAt: clock.nowSeconds() + 3600,
      },
    ])
    await start('rebalance', 'every hostname changed')
    await start('reconcile', 'a sweep')
    return mostOfEach(costs)
  } finally {
    for (const child of children.values()) child.kill()
    await account.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A tick may call a function more than once; what counts is the most it took. */
function mostOfEach(costs: readonly LambdaCost[]): LambdaCost[] {
  return [...Map.groupBy(costs, (cost) => `${cost.function} ${cost.situation}`).values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const most = (of: (cost: LambdaCost) => number) => Math.max(...all.map(of))
    return [{ ...first, cpuSeconds: most((one) => one.cpuSeconds), residentMegabytes: most((one) => one.residentMegabytes) }]
  })
}
