// The functions of the controller: where their code is and how much they may use.

export type HandlerName = 'rebalance' | 'apply' | 'reconcile'

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
}

export const HANDLER_NAMES = Object.keys(HANDLERS) as HandlerName[]

/** `sluice-<stage>-<name>`: fixed names, so that policies, the command line and people can refer to them. */
export function functionName(stage: string, name: HandlerName): string {
  return `sluice-${stage}-${name}`
}
