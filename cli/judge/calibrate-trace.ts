// sluice judge --calibrate: how often the judge would have aborted a canary that was the stable version itself.
import { type Calibration, calibrate, splitByClient } from '#canary/judge/calibrate.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { type Output, paragraphs } from '#cli/output.ts'
import { table } from '#cli/text/table.ts'
import type { JudgeMinute } from '#model/judge-minute.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { seededRandom } from './seeded-random.ts'

/** Fewer windows cannot tell 1 % from 10 %. */
const ENOUGH_WINDOWS = 30
/** Windows of random splits that are judged, whatever the length of the history. */
const SPLIT_WINDOWS = 500

type Finding = Calibration & { readonly split: 'recorded' | 'random' }

/** Ends with 1 when the unit that would be judged by is not fit for it. */
export function calibrateTrace(history: readonly JudgeMinute[], settings: JudgeSettings, windowMinutes: number): Output {
  const findings = [...recorded(history, settings, windowMinutes), ...random(history, settings, windowMinutes)]
  const judgedBy = findings.some(({ unit }) => unit === 'clients') ? 'clients' : 'requests'
  const isFit = findings.length > 0 && findings.every(({ unit, fitness }) => unit !== judgedBy || fitness === 'fit')
  const rows = findings.map(({ split, unit, windows, aborted, falseAborts, dispersion, fitness }) => [
    split === 'recorded' ? 'the arms as recorded' : 'random splits by client',
    unit,
    String(windows),
    String(aborted),
    `${percent(falseAborts.ratio)} (${percent(falseAborts.low)} to ${percent(falseAborts.high)})`,
    dispersion.ratio.toFixed(2),
    fitness,
  ])
  const few = findings.filter(({ windows }) => windows < ENOUGH_WINDOWS)
  return {
    exitCode: isFit ? EXIT.done : EXIT.refused,
    json: { windowMinutes, alpha: settings.alpha, judgedBy, isFit, findings },
    lines: paragraphs(
      table(
        [
          { title: 'split' },
          { title: 'counted in' },
          { title: 'windows', align: 'right' },
          { title: 'aborted', align: 'right' },
          { title: 'false aborts (95 %)' },
          { title: 'dispersion', align: 'right' },
          { title: 'calibration' },
        ],
        rows,
      ),
      [
        ...(few.length === 0
          ? []
          : [`${few[0]?.windows} windows of ${windowMinutes} minutes are too few to tell the ratio; the dispersion says more.`]),
        ...conclusion(findings, judgedBy, settings),
      ],
    ),
  }
}

function recorded(history: readonly JudgeMinute[], settings: JudgeSettings, windowMinutes: number): Finding[] {
  return (['requests', 'clients'] as const).flatMap((unit) => {
    const found = calibrate(history, settings, windowMinutes, unit)
    return found === undefined ? [] : [{ ...found, split: 'recorded' as const }]
  })
}

function random(history: readonly JudgeMinute[], settings: JudgeSettings, windowMinutes: number): Finding[] {
  const known = history.filter(({ canary, control }) => canary?.clientsFailing !== undefined && control?.clientsFailing !== undefined)
  const windows = Math.floor(known.length / windowMinutes)
  if (windows === 0) return []
  const sum = (arm: 'canary' | 'control') => known.reduce((total, minute) => total + (minute[arm]?.requests ?? 0), 0)
  const share = sum('canary') / Math.max(1, sum('canary') + sum('control'))
  const draw = seededRandom(1)
  // Whole windows only, so that none reaches over the end of one split into the next.
  const whole = known.slice(0, windows * windowMinutes)
  const splits = Array.from({ length: Math.ceil(SPLIT_WINDOWS / windows) }, () => splitByClient(whole, share, draw)).flat()
  const numbered = splits.map((minute, index) => ({ ...minute, minute: index }))
  return (['requests', 'clients'] as const).flatMap((unit) => {
    const found = calibrate(numbered, settings, windowMinutes, unit)
    return found === undefined ? [] : [{ ...found, split: 'random' as const }]
  })
}

function conclusion(findings: readonly Finding[], judgedBy: string, { alpha }: JudgeSettings): string[] {
  if (findings.length === 0) return ['There is no minute in which both arms have failures.']
  const isUnfit = (unit: string) => findings.some((one) => one.unit === unit && one.fitness === 'unfit')
  if (findings.every(({ fitness }) => fitness === 'unknown')) return ['The history is shorter than one window: it says nothing yet.']
  const rawText = isUnfit('requests')
    ? `Raw counts fail calibration: failures come in clumps, and more than ${percent(alpha)} of good canaries would be aborted.`
    : 'Raw counts pass calibration.'
  if (judgedBy === 'requests')
    return [rawText, ...(isUnfit('requests') ? ['Count failing clients at the edge, or set aborts: false for this metric.'] : [])]
  return [
    rawText,
    isUnfit('clients') ? 'Counted per client they fail it, too: set aborts: false for this metric.' : 'Counted per client they pass.',
  ]
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(2))} %`
}
