// How a hostname stands, as a person reads it.
import { changeIdText } from '#cli/text/change-id-text.ts'
import { sentences } from '#cli/text/decision-lines.ts'
import { durationText } from '#cli/text/duration-text.ts'
import { type Here, momentText } from '#cli/text/moment-text.ts'
import { shareText } from '#cli/text/number-text.ts'
import { overrideText, sharesText } from '#cli/text/override-text.ts'
import { indent, pairs, table } from '#cli/text/table.ts'
import type { Receipt } from '#model/receipt.ts'
import type { HostnameStatus, ProviderStatus } from './hostname-status.ts'

const COLUMNS = [
  { title: 'PROVIDER' },
  { title: 'CONDITION' },
  { title: 'WANTED', align: 'right' },
  { title: 'RECORDS', align: 'right' },
  { title: 'MEASURED', align: 'right' },
  { title: 'WEIGHTS' },
] as const

export function statusLines(status: HostnameStatus, here: Here): string[] {
  const { hostname, mode, providers, decision, overrides, lastChange, lastGood, strangers, fence } = status
  const fenced = fence === undefined ? 'not written by Sluice yet' : `generation ${fence.generation}, sequence ${fence.sequence}`
  const facts: [string, string][] = [
    ['decided', decision === undefined ? 'nothing yet' : momentText(decision.at, here)],
    ['last change', lastChange === undefined ? 'none' : changeText(lastChange, here)],
    [
      'last good plan',
      lastGood === undefined ? 'none' : `${sharesText(lastGood.shares)}, in sync since ${momentText(lastGood.since, here)}`,
    ],
    ...overrides.map((override, index): [string, string] => [index === 0 ? 'overrides' : '', overrideText(override, here)]),
    ...strangers.map((stranger, index): [string, string] => [index === 0 ? 'not ours' : '', stranger]),
  ]
  return [
    `${hostname} (${mode}), ${fenced}`,
    ...indent([...table(COLUMNS, providers.map(row)), ...(decision === undefined ? [] : sentences(decision)), ...pairs(facts)]),
  ]
}

function row({ provider, condition, wanted, inRecords, measured, weights }: ProviderStatus): string[] {
  const share = (value: number | undefined) => (value === undefined ? '–' : shareText(value))
  return [
    provider,
    condition ?? 'not decided',
    share(wanted),
    share(inRecords),
    share(measured),
    weights.map(({ type, weight }) => `${type} ${weight}`).join(', ') || '–',
  ]
}

function changeText(receipt: Receipt, here: Here): string {
  const { submittedAt, inSyncAt, reason } = receipt
  const sync = inSyncAt === undefined ? 'not yet in sync' : `in sync after ${durationText(inSyncAt - submittedAt)}`
  return `${momentText(submittedAt, here)}, ${sync}, ${changeIdText(receipt)}: ${reason.sentence}`
}
