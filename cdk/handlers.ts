// The functions of the controller: where their code is and how much they may use.

export type HandlerName = 'rebalance' | 'apply' | 'reconcile' | 'canary-begin' | 'canary-step' | 'canary-judge'

export type HandlerSettings = {
  /** Entry file, relative to the root of the repository; it exports `handler`. */
  readonly entry: string
  readonly description: string
  readonly timeoutSeconds: number
  /** CPU grows with it: at 512 MB a start takes well under a second. */
  readonly memoryMegabytes: number
}

export const HANDLERS: Readonly<Record<HandlerName, HandlerSettings>> = {
  rebalance: {
    entry: 'lambdas/rebalance/handler.ts',
    description: 'Reads signals, decides shares, plans records. May not touch DNS.',
    // Shorter than a tick, so that two scheduled runs never overlap; longer than apply, which it waits for.
    timeoutSeconds: 55,
    memoryMegabytes: 512,
  },
  apply: {
    entry: 'lambdas/apply/handler.ts',
    description: 'The only writer of DNS: guards, compare-and-swap, journal. Decides nothing.',
    timeoutSeconds: 40,
    memoryMegabytes: 512,
  },
  reconcile: {
    entry: 'lambdas/reconcile/handler.ts',
    description: 'Looks for drift every 10 minutes and removes health checks that nothing names.',
    timeoutSeconds: 300,
    memoryMegabytes: 512,
  },
  'canary-begin': {
    entry: 'lambdas/canary/begin/handler.ts',
    description: 'First task of a canary: preflight, and the lock of the hostname under a new generation.',
    // Longer than the judge, which it asks what speaks against a start.
    timeoutSeconds: 75,
    memoryMegabytes: 512,
  },
  'canary-step': {
    entry: 'lambdas/canary/step/handler.ts',
    description: 'Takes a canary on: asks the judge, writes shares under the generation, has rebalance carry them out. Writes no DNS.',
    // Longer than the judge, or a check at a gate, and rebalance together, which it waits for one after the other.
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  },
  'canary-judge': {
    entry: 'lambdas/canary/judge/handler.ts',
    description: 'Read-only: what speaks against a canary before its start; then what both arms did, minute by minute, and what that says.',
    timeoutSeconds: 45,
    memoryMegabytes: 512,
  },
}

export const HANDLER_NAMES = Object.keys(HANDLERS) as HandlerName[]

/** `sluice-<stage>-<name>`: fixed names, so that policies, the command line and people can refer to them. */
export function functionName(stage: string, name: HandlerName): string {
  return `sluice-${stage}-${name}`
}

/** The state machine that runs canaries. */
export function machineName(stage: string): string {
  return `sluice-${stage}-canary`
}

/** The bus that hears of them; one a stage, since two stages may share an account. */
export function busName(stage: string): string {
  return `sluice-${stage}`
}
