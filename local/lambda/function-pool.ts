// The execution environments of one function: an idle one is reused, a busy one means another, up to the function's concurrency.
import { randomUUID } from 'node:crypto'
import type { LocalClock } from '#local/clock/local-clock.ts'
import type { EndpointSettings } from './environment-variables.ts'
import { type ExecutionEnvironment, type ExecutionOutcome, startExecutionEnvironment } from './execution-environment.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { createLogLines, type LogLines } from './log-lines.ts'
import type { FunctionSinks } from './sinks.ts'

/** Lambda says only that idle environments go "after some time"; here after ten minutes of the clock, so that a burst does not keep its memory. */
const IDLE_SECONDS = 600

export type PoolOutcome = (ExecutionOutcome & { readonly logTail: string }) | { readonly kind: 'throttled' }

export interface FunctionPool {
  readonly definition: FunctionDefinition
  /** Runs one invocation, or says that the function's concurrency is used up. Never rejects. */
  execute(requestId: string, payload: string): Promise<PoolOutcome>
  /** Starts an environment ahead of the first invocation, if the function may have one. */
  warm(): Promise<void>
  /** Lets running invocations end, then ends the environments. */
  retire(): Promise<void>
  stop(): Promise<void>
}

interface Member {
  readonly environment: ExecutionEnvironment
  readonly log: LogLines
  requestId: string
  isBusy: boolean
  isNew: boolean
  idleSince: number
}

export interface PoolOptions {
  readonly definition: FunctionDefinition
  readonly clock: LocalClock
  readonly endpoint: EndpointSettings
  readonly sinks: FunctionSinks
  /** What a function without reserved concurrency may use. */
  readonly unreservedConcurrency: number
}

export function createFunctionPool({ definition, clock, endpoint, sinks, unreservedConcurrency }: PoolOptions): FunctionPool {
  const members = new Set<Member>()
  const limit = definition.reservedConcurrency ?? unreservedConcurrency
  let isRetired = false

  function start(): Member {
    const day = new Date(clock.nowSeconds() * 1000).toISOString().slice(0, 10).replaceAll('-', '/')
    const logStream = `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`
    const isLogging = sinks.mayLog(definition, logStream)
    const log = createLogLines((stream, text) => {
      if (!isLogging) return
      sinks.onLog({ functionName: definition.functionName, requestId: member.requestId, stream, text, atSeconds: clock.nowSeconds() })
    })
    const environment = startExecutionEnvironment({ definition, clock, endpoint, logStream, onOutput: log.write })
    const member: Member = { environment, log, requestId: '', isBusy: false, isNew: true, idleSince: clock.nowSeconds() }
    members.add(member)
    return member
  }

  function drop(member: Member): Promise<void> {
    members.delete(member)
    return member.environment.terminate()
  }

  /** The longest-lived one that is free, so that the others can go. */
  function take(): Member | undefined {
    for (const member of members) if (!member.environment.isAlive && !member.isBusy) members.delete(member)
    const free = [...members].find((member) => !member.isBusy)
    return members.size < limit ? (free ?? start()) : free
  }

  function giveBack(member: Member): void {
    const now = clock.nowSeconds()
    Object.assign(member, { isBusy: false, isNew: false, idleSince: now })
    if (isRetired || !member.environment.isAlive) void drop(member)
    for (const other of members) {
      if (members.size > 1 && !other.isBusy && now - other.idleSince > IDLE_SECONDS) void drop(other)
    }
  }

  async function execute(requestId: string, payload: string): Promise<PoolOutcome> {
    const { functionName } = definition
    const member = take()
    if (member === undefined) {
      sinks.onReport({ kind: 'throttled', functionName, requestId, atSeconds: clock.nowSeconds() })
      return { kind: 'throttled' }
    }
    const isCold = member.isNew
    Object.assign(member, { isBusy: true, requestId })
    const release = clock.hold()
    try {
      await member.environment.initialised
      member.log.begin(requestId)
      const startedAt = clock.nowSeconds()
      const outcome = await member.environment.execute(requestId, payload)
      const durationMillis = Math.max(0.01, (clock.nowSeconds() - startedAt) * 1000)
      const logTail = member.log.end(
        `Duration: ${durationMillis.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMillis)} ms\tMemory Size: ${definition.memoryMegabytes} MB`,
      )
      const error = outcome.kind === 'failed' ? outcome.error : undefined
      sinks.onReport({ kind: 'ran', functionName, requestId, atSeconds: startedAt, durationMillis, isCold, error })
      return { ...outcome, logTail }
    } finally {
      release()
      giveBack(member)
    }
  }

  return {
    definition,
    execute,
    async warm() {
      const release = clock.hold()
      await take()?.environment.initialised
      release()
    },
    async retire() {
      isRetired = true
      await Promise.all([...members].filter(({ isBusy }) => !isBusy).map(drop))
    },
    async stop() {
      isRetired = true
      await Promise.all([...members].map(drop))
    },
  }
}
