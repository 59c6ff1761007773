// A decision as a person reads it: a line of numbers for each provider, then the sentences.
import type { Decision } from '#model/decision.ts'
import { rateText, shareText } from './number-text.ts'
import { indent, table } from './table.ts'

const SAME = 0.0005

/** @param about what it was decided for, such as the hostnames of the set */
export function decisionLines(decision: Decision, about: string): string[] {
  const rows = decision.providers.map(({ provider, condition, shareBefore, share, measuredShare, capacityEstimate }) => [
    provider,
    condition.kind,
    Math.abs(share - shareBefore) < SAME ? shareText(share) : `${shareText(shareBefore)} → ${shareText(share)}`,
    measuredShare === undefined ? '–' : shareText(measuredShare),
    rateText(capacityEstimate),
  ])
  const columns = [
    { title: 'PROVIDER' },
    { title: 'CONDITION' },
    { title: 'SHARE' },
    { title: 'MEASURED', align: 'right' },
    { title: 'CAPACITY', align: 'right' },
  ] as const
  // The headline is often the sentence of the provider that changes most.
  const headline = decision.providers.some(({ reason }) => reason.sentence === decision.reason.sentence) ? [] : [decision.reason.sentence]
  return [about, ...indent([...headline, ...table(columns, rows), ...sentences(decision)])]
}

/** One for each provider, then what a person should know besides. */
export function sentences({ providers, notices }: Decision): string[] {
  return [...providers.map(({ reason }) => reason.sentence), ...notices.map(({ sentence }) => `Note: ${sentence}`)]
}
