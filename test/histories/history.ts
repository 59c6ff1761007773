// What a history is: a set-up and steps, plain data, so that it can be shrunk, printed and run again.

export type CloudSetup = {
  readonly name: string
  /** Requests/s. */
  readonly rating: number
  readonly minShare: number
  readonly maxShare: number
}

export type HostnameSetup = { readonly hostname: string; readonly ttlSeconds: number; readonly mode: 'enforce' | 'observe' }

export type Setup = {
  readonly clouds: readonly CloudSetup[]
  readonly hostnames: readonly HostnameSetup[]
  /** Every endpoint has an IPv6 address, no endpoint has one, or all but the last have (which no plan may write). */
  readonly families: 'both' | 'ipv4' | 'torn'
  /** Part of the ratings' sum that clients ask for, 0–1. */
  readonly fullness: number
  /** Relative deviation of every measured value, 0–1. */
  readonly noise: number
  readonly noiseSeed: number
}

/** What becomes of an invocation: it runs through, dies at a port call (before its effect, or after it and before the answer), or stops there until it is resumed. */
export type Fate =
  | { readonly kind: 'whole' }
  | { readonly kind: 'crash'; readonly at: Place; readonly isAfter: boolean }
  | { readonly kind: 'pause'; readonly at: Place }

/** A port call: the n-th, or the first of a name. */
export type Place = number | 'swap' | 'advanceSet' | 'put'

export type Signal = 'probe' | 'capacity' | 'load' | 'errors'

export type OperatorWish =
  | { readonly action: 'drain' | 'undrain'; readonly cloud: number; readonly forSeconds: number }
  | { readonly action: 'pin'; readonly hostname: number; readonly parts: readonly number[]; readonly forSeconds: number }
  | { readonly action: 'unpin' | 'rollback'; readonly hostname: number; readonly forSeconds: number }
  /** Hostname −1: all of them. */
  | { readonly action: 'pause' | 'resume'; readonly hostname: number; readonly forSeconds: number }

export type HandEdit =
  | 'weight'
  | 'ttl'
  | 'delete-member'
  | 'delete-all'
  | 'delete-fence'
  | 'other-check'
  | 'add-stranger'
  | 'remove-strangers'
  | 'undo'
  | 'raise-fence'
  | 'delete-check'

export type BrokenPlan =
  | 'fractional-weight'
  | 'negative-weight'
  | 'weight-above-255'
  | 'weight-not-a-number'
  | 'nobody-left'
  | 'one-left'
  | 'zero-by-accident'
  | 'two-ttls'
  | 'ttl-too-high'
  | 'not-ours'
  | 'older-generation'
  | 'same-sequence'
  | 'no-check'
  | 'shared-check'
  | 'half-a-family'
  | 'too-large'
  | 'blind'

export type Runner = { readonly kind: 'tick' } | { readonly kind: 'sweep' } | { readonly kind: 'operator'; readonly wish: OperatorWish }

/** Clouds and hostnames are numbers, taken modulo how many there are: a history stays valid whatever is taken out of it. */
export type Step =
  | {
      readonly kind: 'tick'
      readonly source: 'schedule' | 'alarm'
      readonly afterSeconds: number
      readonly lateSeconds: number
      readonly copies: number
      readonly fate: Fate
    }
  | { readonly kind: 'ticks'; readonly count: number }
  | { readonly kind: 'sweep'; readonly delivery: 'at-once' | 'late' | 'lost'; readonly fate: Fate }
  | {
      readonly kind: 'race'
      readonly runners: readonly Runner[]
      readonly order: readonly number[]
      readonly pauseAt: number
      readonly pauseSeconds: number
    }
  | { readonly kind: 'resume'; readonly which: number; readonly fate: Fate }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'fail'; readonly cloud: number; readonly how: 'dead' | 'dead-and-silent' | 'false-alarm' | 'empty' }
  /** Silent: it serves again, and its check says so, but what it had stopped publishing it goes on not to publish. */
  | { readonly kind: 'recover'; readonly cloud: number; readonly isSilent?: true }
  | { readonly kind: 'brownout'; readonly cloud: number; readonly part: number }
  | { readonly kind: 'faulty'; readonly cloud: number; readonly ratio: number }
  | { readonly kind: 'drift'; readonly cloud: number; readonly part: number }
  | { readonly kind: 'demand'; readonly fullness: number }
  /** Cloud −1: all of them. */
  | { readonly kind: 'silence'; readonly cloud: number; readonly signals: readonly Signal[] }
  | { readonly kind: 'speak' }
  | { readonly kind: 'nonsense'; readonly cloud: number; readonly signal: Signal; readonly value: 'NaN' | 'negative' | 'infinite' | 'huge' }
  | { readonly kind: 'operator'; readonly wish: OperatorWish; readonly fate: Fate }
  | { readonly kind: 'hand'; readonly hostname: number; readonly edit: HandEdit; readonly member: number; readonly value: number }
  /** Somebody else writes one weight again after each repair, or deletes all records as often. */
  | {
      readonly kind: 'fight'
      readonly hostname: number
      readonly member: number
      readonly weights: readonly number[]
      readonly isDeleting?: boolean
    }
  | {
      readonly kind: 'route53'
      readonly fault: 'throttled' | 'prior-request' | 'lost-answer' | 'list-fails' | 'slow-sync'
      readonly times: number
    }
  | { readonly kind: 'lose'; readonly what: 'records' | 'memory' | 'table' }
  | { readonly kind: 'redeploy'; readonly cloud: number }
  | { readonly kind: 'broken-plan'; readonly hostname: number; readonly how: BrokenPlan }
  | { readonly kind: 'calm'; readonly ticks: number }

export type History = { readonly setup: Setup; readonly steps: readonly Step[] }
