// What the host and the worker of an execution environment say to each other.
import type { ErrorPayload } from '../error-payload.ts'

/** `workerData` of the worker; `clockOrigin` is read by the clock's preload. */
export interface WorkerSettings {
  readonly clockOrigin: SharedArrayBuffer
  readonly taskRoot: string
  readonly handler: string
}

export interface InvokeMessage {
  readonly requestId: string
  readonly payload: string
  readonly invokedFunctionArn: string
  /** Epoch milliseconds of the clock. */
  readonly deadlineMillis: number
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly error: ErrorPayload }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'answered'; readonly payload: string }
  /** `isFatal`: the environment cannot be used again. */
  | { readonly kind: 'failed'; readonly error: ErrorPayload; readonly isFatal: boolean }
