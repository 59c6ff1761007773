// What the account knows of a state machine and of one execution of it.
import type { HistoryEvent } from './history.ts'

export type MachineSettings = {
  /** The text in Amazon States Language, as it was given. */
  readonly definition: string
  readonly roleArn: string
  readonly loggingConfiguration: LoggingConfiguration
  readonly tracingConfiguration: { readonly enabled?: boolean }
}

export type LoggingConfiguration = {
  /** @default OFF */
  readonly level?: string
  readonly includeExecutionData?: boolean
  readonly destinations?: readonly { readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string } }[]
}

export type Machine = {
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly createdSeconds: number
  /** Changed by UpdateStateMachine; an execution keeps what it began with. */
  settings: MachineSettings
  /** Under which the engine keeps this definition; a new one after each update. */
  engineKey: string
  /** DELETING: no execution starts any more, those that run end. */
  status: 'ACTIVE' | 'DELETING'
}

/** Source: Step Functions API reference, DescribeExecution; PENDING_REDRIVE needs a Map state, which does not run here. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED'

export type Execution = {
  readonly name: string
  readonly arn: string
  readonly machineArn: string
  readonly roleArn: string
  readonly region: string
  /** JSON texts, as the wire has them. */
  readonly input: string
  output?: string
  readonly startSeconds: number
  stopSeconds?: number
  status: ExecutionStatus
  error?: string | undefined
  cause?: string | undefined
  readonly history: HistoryEvent[]
}
