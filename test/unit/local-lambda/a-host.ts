// Builds a function host over handlers written in the test, with sinks that remember.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalClock, type LocalClock } from '#local/clock/local-clock.ts'
import type { AsyncPolicy, FunctionDefinition } from '#local/lambda/function-definition.ts'
import { createFunctionHost, type WorkerFunctionHost } from '#local/lambda/function-host.ts'
import type { FunctionSinks, InvocationReport, LogLine } from '#local/lambda/sinks.ts'

export interface Queued {
  readonly queueArn: string
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface TestHost {
  readonly host: WorkerFunctionHost
  readonly clock: LocalClock
  readonly lines: LogLine[]
  readonly reports: InvocationReport[]
  readonly queued: Queued[]
  /** Registers a function whose module has this source. */
  add(source: string, overrides?: Partial<FunctionDefinition>): Promise<void>
  /** Invokes synchronously and parses the answer. */
  call(
    event?: unknown,
  ): Promise<{ readonly answer: unknown; readonly functionError?: string | undefined; readonly logTail?: string | undefined }>
  setAsyncPolicy(policy: AsyncPolicy): void
}

export const FUNCTION_NAME = 'fixture'

/** A folder as it would be uploaded. */
export function anAsset(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-asset-'))
  writeFileSync(join(folder, 'index.mjs'), source)
  return folder
}

export function aFunction(overrides: Partial<FunctionDefinition> & Pick<FunctionDefinition, 'taskRoot'>): FunctionDefinition {
  return {
    functionName: FUNCTION_NAME,
    functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${FUNCTION_NAME}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    environment: {},
    memoryMegabytes: 128,
    timeoutSeconds: 10,
    logFormat: 'Text',
    logGroup: `/aws/lambda/${FUNCTION_NAME}`,
    role: { arn: 'arn:aws:iam::123456789012:role/fixture', accessKeyId: 'AKIAFIXTURE', secretAccessKey: 'secret' },
    ...overrides,
  }
}

export function aHost({ speed = 1, ...overrides }: { speed?: number } & Partial<FunctionSinks> = {}): TestHost {
  const clock = createLocalClock({ speed })
  const lines: LogLine[] = []
  const reports: InvocationReport[] = []
  const queued: Queued[] = []
  const sinks: FunctionSinks = {
    mayLog: () => true,
    onLog: (line) => lines.push(line),
    onReport: (report) => reports.push(report),
    sendToQueue: (_definition, queueArn, body, attributes) => void queued.push({ queueArn, body, attributes }),
    ...overrides,
  }
  const host = createFunctionHost({ clock, sinks, endpoint: { endpointUrl: 'http://127.0.0.1:1', region: 'us-east-1' } })
  return {
    host,
    clock,
    lines,
    reports,
    queued,
    add: (source, definition = {}) => host.register(aFunction({ taskRoot: anAsset(source), ...definition })),
    async call(event = {}) {
      const { payload, ...rest } = await host.invoke({
        functionName: FUNCTION_NAME,
        payload: JSON.stringify(event),
        type: 'RequestResponse',
      })
      return { answer: JSON.parse(payload), ...rest }
    },
    setAsyncPolicy: (policy) => host.setAsyncPolicy(FUNCTION_NAME, policy),
  }
}
