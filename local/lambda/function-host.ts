// Runs the functions of the local system: unmodified bundles in workers that follow the clock.
import { randomUUID } from 'node:crypto'
import type { FunctionHost, Invocation, InvocationOutcome } from '#local/aws/lambda/function-host.ts'
import { ServiceFault } from '#local/aws/wire/service-fault.ts'
import type { LocalClock } from '#local/clock/local-clock.ts'
import { runAsyncInvocation } from './async-invocation.ts'
import type { EndpointSettings } from './environment-variables.ts'
import { type AsyncPolicy, DEFAULT_ASYNC_POLICY, type FunctionDefinition } from './function-definition.ts'
import { createFunctionPool, type FunctionPool } from './function-pool.ts'
import type { FunctionSinks } from './sinks.ts'

/** Lambda developer guide, "Lambda quotas": 6 MB for each of request and response of a synchronous invocation. */
const LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024
/** "New AWS accounts have reduced concurrency and memory quotas": ten at first. Each environment costs some 40 MB here. */
const UNRESERVED_CONCURRENCY = 10

export interface WorkerFunctionHost extends FunctionHost {
  /** Makes or replaces a function; invocations that run already end in the old code. */
  register(definition: FunctionDefinition): Promise<void>
  remove(functionName: string): Promise<void>
  setAsyncPolicy(functionName: string, policy: AsyncPolicy | undefined): void
  definitions(): readonly FunctionDefinition[]
  /** Starts an environment of every function, so that the first tick does not wait for it. */
  warm(): Promise<void>
  /** Settles when no invocation runs and no event waits for a retry. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export interface FunctionHostOptions {
  readonly clock: LocalClock
  readonly endpoint: EndpointSettings
  readonly sinks: FunctionSinks
}

/** `invoke` throws ServiceFault for what the Invoke API answers with an error of its own. */
export function createFunctionHost({ clock, endpoint, sinks }: FunctionHostOptions): WorkerFunctionHost {
  const pools = new Map<string, FunctionPool>()
  const policies = new Map<string, AsyncPolicy>()
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()

  function poolOf(functionName: string): FunctionPool {
    const pool = pools.get(functionName)
    if (pool !== undefined) return pool
    throw new ServiceFault('ResourceNotFoundException', `Function not found: ${functionName}`, 404)
  }

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    const forget = (): boolean => running.delete(work)
    work.then(forget, forget)
    return work
  }

  async function invokeNow(pool: FunctionPool, payload: string): Promise<InvocationOutcome> {
    const outcome = await pool.execute(randomUUID(), payload)
    switch (outcome.kind) {
      case 'throttled':
        throw new ServiceFault('TooManyRequestsException', 'Rate Exceeded.', 429, {
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        })
      case 'failed':
        return { payload: JSON.stringify(outcome.error), functionError: 'Unhandled', logTail: outcome.logTail }
      case 'answered':
        return { payload: outcome.payload, logTail: outcome.logTail }
    }
  }

  function invokeLater(functionName: string, payload: string): void {
    const work = runAsyncInvocation(randomUUID(), payload, {
      clock,
      sinks,
      pool: () => pools.get(functionName),
      policy: () => policies.get(functionName) ?? DEFAULT_ASYNC_POLICY,
      signal: stopping.signal,
    })
    track(work).catch((error: unknown) => {
      if (!stopping.signal.aborted) console.error(`an event for ${functionName} was lost:`, error)
    })
  }

  return {
    async invoke({ functionName, payload, type }: Invocation) {
      const pool = poolOf(functionName)
      const event = payload === '' ? '{}' : payload
      if (Buffer.byteLength(event) > LARGEST_PAYLOAD_BYTES) {
        throw new ServiceFault(
          'RequestTooLargeException',
          `Request must be smaller than ${LARGEST_PAYLOAD_BYTES} bytes for the InvokeFunction operation`,
          413,
        )
      }
      if (!isJson(event)) throw new ServiceFault('InvalidRequestContentException', 'Could not parse request body into json')
      if (type === 'RequestResponse') return track(invokeNow(pool, event))
      invokeLater(functionName, event)
      return { payload: '' }
    },
    async register(definition) {
      const before = pools.get(definition.functionName)
      pools.set(
        definition.functionName,
        createFunctionPool({ definition, clock, endpoint, sinks, unreservedConcurrency: UNRESERVED_CONCURRENCY }),
      )
      await before?.retire()
    },
    async remove(functionName) {
      const pool = pools.get(functionName)
      pools.delete(functionName)
      policies.delete(functionName)
      await pool?.retire()
    },
    setAsyncPolicy(functionName, policy) {
      if (policy === undefined) policies.delete(functionName)
      else policies.set(functionName, policy)
    },
    definitions: () => [...pools.values()].map(({ definition }) => definition),
    async warm() {
      await Promise.all([...pools.values()].map((pool) => pool.warm()))
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled([...running])
    },
    async stop() {
      stopping.abort(new Error('the local system stops'))
      await Promise.all([...pools.values()].map((pool) => pool.stop()))
    },
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
