// What a history of canaries is: a strategy, the traffic, and steps, plain data, so that it can be shrunk, printed and played again.

export type CanarySetup = {
  /** As in sluice.yaml. */
  readonly strategy: Readonly<Record<string, unknown>>
  /** Requests a minute of the whole name. */
  readonly requestsPerMinute: number
}

export type OrderAction = 'approve' | 'hold' | 'resume' | 'promote' | 'abort' | 'revert'
export type Ratio = 0.004 | 0.008 | 0.04 | 0.5

/** Whose: the version that stands, the one that is to come, or both. */
export type Whose = 'standing' | 'next' | 'both'

/** Executions are numbers, taken modulo how many there were: a history stays valid whatever is taken out of it. */
export type CanaryStep =
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'start'; readonly what: 'version' | 'provider'; readonly part: number; readonly copies: number }
  | { readonly kind: 'order'; readonly action: OrderAction; readonly lateSeconds: number }
  /** The order comes while the next task of the machine has read its row and not yet written it. */
  | { readonly kind: 'order-between'; readonly action: OrderAction }
  /** The next start finds that another one has been made since it read the row. */
  | { readonly kind: 'start-between' }
  /** A former task is delivered again; `isApt`: one whose turn is that of the row now, whatever execution it was of, if there is one. */
  | { readonly kind: 'duplicate'; readonly which: number; readonly task: number; readonly isApt: boolean }
  /** The next invocation dies at a port call, before its effect or after it. */
  | { readonly kind: 'crash'; readonly at: number; readonly isAfter: boolean }
  /** An execution is stopped from outside; the event of its end arrives, or does not. */
  | { readonly kind: 'stop'; readonly isTold: boolean }
  /** An execution that ended goes on where it was. */
  | { readonly kind: 'redrive'; readonly which: number }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'failing'; readonly whose: Whose; readonly ratio: Ratio }
  | { readonly kind: 'traffic'; readonly requestsPerMinute: number }
  | { readonly kind: 'silence'; readonly isOn: boolean }
  /** This part of the clients keeps old answers. */
  | { readonly kind: 'stale'; readonly part: number }
  /** This part of all requests stays with one cloud. */
  | { readonly kind: 'stale-at'; readonly cloud: 'aws' | 'hetzner'; readonly part: number }
  /** Every health check of a version is red, or green again. */
  | { readonly kind: 'checks'; readonly whose: 'standing' | 'next'; readonly isRed: boolean }
  | { readonly kind: 'cloud'; readonly cloud: 'aws' | 'hetzner'; readonly isRed: boolean }
  /** Requests/s at each cloud, as part of what it can take. */
  | { readonly kind: 'load'; readonly part: number }
  | { readonly kind: 'fault'; readonly what: Fault; readonly isOn: boolean }
  /** Everything that is broken is mended. */
  | { readonly kind: 'calm'; readonly minutes: number }

export type Fault = 'isJudgeDead' | 'isRebalanceDead' | 'areMetricsDead' | 'isPending'

export type CanaryHistory = { readonly setup: CanarySetup; readonly steps: readonly CanaryStep[] }
