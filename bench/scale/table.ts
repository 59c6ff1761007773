// The figures as text.
import type { Calls, Phase, PhaseName, Size } from './measure.ts'
import type { LambdaCost } from './measure-lambda.ts'
import { changeCalls, route53Calls } from './missed.ts'
import { externalDns, octoDns } from './others.ts'

/** reconcile runs every ten minutes. */
const SWEEPS_PER_HOUR = 6

const TITLES: Readonly<Record<PhaseName, string>> = {
  deployment: 'first deployment',
  confirmation: 'confirming it',
  quiet: 'a quiet tick',
  onePercent: '1 % changed',
  full: 'all changed',
  sweep: 'a sweep',
}

/** A line for each size and situation. */
export function timeTable(sizes: readonly Size[]): string {
  const lines = sizes.flatMap(({ hostnames, phases }) =>
    (Object.entries(phases) as [PhaseName, Phase][]).map(([name, phase]) => [
      String(hostnames),
      TITLES[name],
      String(phase.changed),
      String(changeCalls(phase.calls)),
      String(route53Calls(phase.calls)),
      String(sum(phase.calls)),
      String(phase.ticks),
      phase.seconds.toFixed(1),
      (['rebalance', 'apply', 'reconcile'] as const).map((one) => phase.longest[one]?.toFixed(1) ?? '–').join(' / '),
      (phase.largestEventBytes / 1024).toFixed(0),
    ]),
  )
  return grid(
    [
      'hostnames',
      '',
      'changed',
      'changes',
      'Route 53',
      'all calls',
      'ticks',
      'seconds',
      'longest run s: rebalance / apply / reconcile',
      'event KB',
    ],
    lines,
  )
}

/** Requests by service and operation, of one size. */
export function callTable({ hostnames, phases }: Size): string {
  const names = Object.keys(TITLES) as PhaseName[]
  const operations = [...new Set(names.flatMap((name) => Object.keys(phases[name].calls)))].toSorted()
  const lines = operations.map((operation) => [operation, ...names.map((name) => String(phases[name].calls[operation] ?? ''))])
  return `${hostnames} hostnames, requests by service and operation\n${grid(['', ...names.map((name) => TITLES[name])], lines)}`
}

/** Route 53 requests of an hour and of one run beside those of others. */
export function comparison(sizes: readonly Size[]): string {
  const lines = sizes.flatMap(({ hostnames, phases }) => {
    const percent = phases.onePercent.changed
    const others = [externalDns(hostnames), octoDns(hostnames)].map(({ name, runsPerHour, quiet, change }) => [
      name,
      runsPerHour === undefined ? 'as started' : String(runsPerHour * quiet),
      String(quiet),
      String(change(percent)),
      String(change(hostnames)),
    ])
    const own = [phases.quiet, phases.onePercent, phases.full].map(({ calls }) => String(route53Calls(calls)))
    const perHour = 60 * route53Calls(phases.quiet.calls) + SWEEPS_PER_HOUR * route53Calls(phases.sweep.calls)
    return [['sluice', String(perHour), ...own], ...others].map((line) => [String(hostnames), ...line])
  })
  return grid(['hostnames', 'Route 53 requests', 'a quiet hour', 'a quiet run', '1 % changed', 'all changed'], lines)
}

export function lambdaTable(costs: readonly LambdaCost[]): string {
  const lines = costs.map((one) => [
    one.function,
    one.situation,
    one.cpuSeconds.toFixed(2),
    one.residentMegabytes.toFixed(0),
    String(one.memoryMegabytes),
  ])
  return grid(['function', '', 'CPU s', 'resident MB', 'of MB'], lines)
}

function sum(calls: Calls): number {
  return Object.values(calls).reduce((total, count) => total + count, 0)
}

/** The first two columns to the left, numbers to the right. */
function grid(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)))
  const text = (cells: readonly string[]) =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  return [head, ...lines].map((line) => `  ${text(line)}`.trimEnd()).join('\n')
}
