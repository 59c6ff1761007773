// What is simulated: canaries of an hour, one cell for each kind.

export type Cell = {
  readonly name: string
  /** aa: the canary is the stable version. bad: `ratio` times worse. good: an A/A cell in which passing is measured. */
  readonly kind: 'aa' | 'bad'
  readonly requestsPerMinute: number
  readonly share: number
  readonly baseFailureRatio: number
  readonly ratio: number
  /** Failures of one client in one minute, on average. */
  readonly clump: number
  /** Part of the minutes of which one arm is missing. */
  readonly missing: number
  /** Minutes 20 to 25 fail so many times as often, in both arms. */
  readonly shock: number
  /** Share over the hour: constant, or a ramp of four steps to half of the traffic. */
  readonly isRamp: boolean
}

const BASE: Omit<Cell, 'name'> = {
  kind: 'aa',
  requestsPerMinute: 600,
  share: 0.1,
  baseFailureRatio: 0.005,
  ratio: 1,
  clump: 1,
  missing: 0,
  shock: 1,
  isRamp: false,
}

export function cell(change: Partial<Cell>): Cell {
  const whole = { ...BASE, ...change, kind: (change.ratio ?? 1) > 1 ? ('bad' as const) : ('aa' as const) }
  return { name: nameOf(whole), ...whole }
}

function nameOf({ requestsPerMinute, share, baseFailureRatio, ratio, clump, missing, shock, isRamp }: Omit<Cell, 'name'>): string {
  const percent = (part: number) => `${Number((part * 100).toPrecision(3))} %`
  return [
    ratio === 1 ? 'A/A' : `×${ratio}`,
    `${requestsPerMinute}/min`,
    isRamp ? '1 to 50 % in steps' : percent(share),
    `base ${percent(baseFailureRatio)}`,
    ...(clump > 1 ? [`clumps of ${clump}`] : []),
    ...(shock > 1 ? [`shock ×${shock}`] : []),
    ...(missing > 0 ? [`${percent(missing)} missing`] : []),
  ].join(', ')
}

const RATES = [6, 60, 600, 6000, 60_000]
const SHARES = [0.01, 0.1, 0.5]
const BASES = [0.0001, 0.005, 0.02]

export const CELLS: readonly Cell[] = [
  ...RATES.flatMap((requestsPerMinute) =>
    SHARES.flatMap((share) => BASES.map((baseFailureRatio) => cell({ requestsPerMinute, share, baseFailureRatio }))),
  ),
  ...[60, 600, 6000].flatMap((requestsPerMinute) => [3, 8].map((clump) => cell({ requestsPerMinute, clump }))),
  cell({ shock: 20 }),
  cell({ shock: 20, share: 0.5, clump: 8 }),
  cell({ missing: 0.2 }),
  cell({ isRamp: true }),
  cell({ isRamp: true, clump: 8, missing: 0.1, shock: 10 }),
  ...[60, 600, 6000].flatMap((requestsPerMinute) => [2, 4, 10].map((ratio) => cell({ requestsPerMinute, ratio }))),
  cell({ ratio: 40, requestsPerMinute: 6, share: 0.5 }),
  cell({ ratio: 1.5, requestsPerMinute: 60_000, share: 0.01 }),
  cell({ ratio: 4, clump: 8 }),
  cell({ ratio: 4, missing: 0.2 }),
  cell({ ratio: 4, shock: 20 }),
  cell({ ratio: 4, isRamp: true }),
  cell({ ratio: 4, share: 0.5 }),
  cell({ share: 0.25, ratio: 2 }),
  cell({ share: 0.25 }),
]
