// The controller's own metrics: their names, so that the functions that publish them and the alarms that watch them cannot differ.

/** Namespace of the controller; providers' signals are in `Sluice`. */
export const CONTROLLER_NAMESPACE = 'Sluice/Controller'

/** All are counts with the dimensions `Stage` and `service`, the function that counted. Few on purpose: each custom metric costs money every month. */
export const METRIC = {
  /** Batches Route 53 accepted. */
  writes: 'RecordWrites',
  /** Batches that did not fit because somebody else had written. */
  conflicts: 'WriteConflicts',
  /** Plans a guard refused. */
  refusals: 'PlansRefused',
  /** Plans refused because somebody else keeps changing the same records. */
  writeFights: 'WriteFights',
  /** Ticks in which more than half of the required signals of a set were missing. */
  blindTicks: 'BlindTicks',
  /** Ticks in which no provider had room for the demand. */
  insufficientCapacity: 'InsufficientCapacity',
  /** Ticks in which red health checks were doubted. */
  panic: 'Panic',
  /** Events that came too late to be executed. */
  lateEvents: 'LateEvents',
} as const

export type MetricName = (typeof METRIC)[keyof typeof METRIC]
