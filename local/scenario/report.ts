// Prints what a story was: its timeline, its figures minute by minute, and each expectation with what decided it.
import type { Checked } from './checked.ts'
import { type Recording, type Sample, sampleAt } from './recording.ts'
import type { Scenario } from './scenario-file.ts'

export type MinuteFigures = {
  readonly at: number
  readonly failedPercent: number
  readonly providers: Readonly<
    Record<string, { readonly wanted: number | undefined; readonly measured: number | undefined; readonly failedPercent: number }>
  >
}

export type Report = {
  readonly scenario: string
  readonly tells: string
  readonly isControlled: boolean
  readonly isMet: boolean
  readonly seconds: { readonly clock: number; readonly real: number }
  readonly timeline: readonly { readonly at: number; readonly kind: string; readonly sentence: string }[]
  readonly minutes: readonly MinuteFigures[]
  readonly sent: number
  readonly failed: number
  readonly writes: Recording['writes']
  readonly expectations: readonly Checked[]
}

export type ReportInput = {
  scenario: Scenario
  recording: Recording
  expectations: readonly Checked[]
  isControlled: boolean
  realSeconds: number
}

export function makeReport({ scenario, recording, expectations, isControlled, realSeconds }: ReportInput): Report {
  const last = recording.samples.at(-1)
  return {
    scenario: scenario.name,
    tells: scenario.tells,
    isControlled,
    isMet: expectations.every(({ isMet }) => isMet),
    seconds: { clock: Math.round(last?.at ?? 0), real: Math.round(realSeconds) },
    timeline: recording.stories.map(({ at, kind, sentence }) => ({ at: Math.round(at), kind, sentence })),
    minutes: minutesOf(recording.samples),
    sent: last?.sent ?? 0,
    failed: last?.failed ?? 0,
    writes: recording.writes,
    expectations,
  }
}

export function reportText(report: Report): string {
  const names = Object.keys(report.minutes[0]?.providers ?? {})
  const head = ['  time', ...names.flatMap((name) => [`${name} wanted`, 'measured', 'failed']), 'all failed'].join('  ')
  const rows = report.minutes.map((minute) => {
    const cells = names.flatMap((name) => {
      const figures = minute.providers[name]
      return [
        pad(percent(figures?.wanted), name.length + 7),
        pad(percent(figures?.measured), 8),
        pad(`${(figures?.failedPercent ?? 0).toFixed(1)} %`, 6),
      ]
    })
    return [pad(`${minute.at} s`, 6), ...cells, pad(`${minute.failedPercent.toFixed(1)} %`, 10)].join('  ')
  })
  const failedPercent = report.sent === 0 ? 0 : (100 * report.failed) / report.sent
  return [
    `${report.scenario}: ${report.tells}`,
    ...(report.isControlled ? [] : ['without rebalance: static weights and health checks only']),
    '',
    ...report.timeline.map(({ at, kind, sentence }) => `${pad(`${at} s`, 6)}  ${kind.padEnd(9)}  ${sentence}`),
    '',
    head,
    ...rows,
    '',
    `${report.sent} requests, ${report.failed} failed (${failedPercent.toFixed(2)} %), ${report.writes.length} writes, ${report.seconds.clock} s of the clock in ${report.seconds.real} s`,
    ...report.expectations.map(({ isMet, expected, seen }) => `${isMet ? 'ok     ' : 'NOT MET'}  ${expected}: ${seen}`),
    report.isMet ? `${report.scenario}: as expected` : `${report.scenario}: NOT as expected`,
  ].join('\n')
}

function minutesOf(samples: readonly Sample[]): MinuteFigures[] {
  const count = Math.floor((samples.at(-1)?.at ?? 0) / 60)
  return Array.from({ length: count }, (_, index) => {
    const [before, after] = [sampleAt(samples, index * 60), sampleAt(samples, (index + 1) * 60)]
    const sent = (after?.sent ?? 0) - (before?.sent ?? 0)
    const providers = Object.entries(after?.providers ?? {}).map(([name, { sent: total, failed, wanted, answered }]) => {
      const own = total - (before?.providers[name]?.sent ?? 0)
      const lost = failed - (before?.providers[name]?.failed ?? 0)
      return [
        name,
        { wanted: wanted ?? answered, measured: sent === 0 ? undefined : own / sent, failedPercent: own === 0 ? 0 : (100 * lost) / own },
      ] as const
    })
    const failedPercent = sent === 0 ? 0 : (100 * ((after?.failed ?? 0) - (before?.failed ?? 0))) / sent
    return { at: (index + 1) * 60, failedPercent, providers: Object.fromEntries(providers) }
  })
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`
}

function pad(text: string, width: number): string {
  return text.padStart(width)
}
