// What the engine and its worker say to each other.

export type EngineSettings = {
  /** Read by the clock's preload; without it the worker follows real time. */
  readonly clockOrigin?: SharedArrayBuffer | undefined
}

export type ToWorker =
  | { readonly kind: 'define'; readonly key: string; readonly definition: unknown }
  | { readonly kind: 'start'; readonly key: string; readonly executionArn: string; readonly input: unknown; readonly context: object }
  | { readonly kind: 'stop'; readonly executionArn: string }
  | { readonly kind: 'taskEnded'; readonly taskId: number; readonly outcome: TaskOutcome }

export type FromWorker =
  | { readonly kind: 'defined'; readonly key: string; readonly problem?: string | undefined }
  | { readonly kind: 'event'; readonly executionArn: string; readonly event: EngineEvent }
  | { readonly kind: 'task'; readonly executionArn: string; readonly taskId: number; readonly stateName: string; readonly input: unknown }

export type TaskOutcome =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }

/** The events of the engine that a history is made of; it has others for states that do not run here. */
export type EngineEvent =
  | { readonly type: 'ExecutionStarted' }
  | { readonly type: 'StateEntered' | 'StateExited'; readonly state: EngineState }
  | { readonly type: 'StateFailed'; readonly state: EngineState; readonly Error: string; readonly Cause: unknown }
  | { readonly type: 'StateRetried' | 'StateCaught'; readonly state: EngineState }
  | { readonly type: 'ExecutionSucceeded'; readonly output: unknown }
  | { readonly type: 'ExecutionFailed'; readonly Error: string; readonly Cause: unknown }
  | { readonly type: 'ExecutionAborted' | 'ExecutionTimeout' }

export type EngineState = { readonly name: string; readonly type: string; readonly input: unknown; readonly output?: unknown }
