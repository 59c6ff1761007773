// A strategy can be followed: its percents rise, its gates stand at steps it has, and something can pass at its last step.
import { percentsOf, type Strategy } from '#model/strategy.ts'
import { nearestWord } from '../nearest-word.ts'
import { type Finding, formatValue } from '../problem.ts'
import type { SluiceFile } from '../sluice-file.ts'

export function strategyFindings(file: SluiceFile): Finding[] {
  const names = ['standard', ...Object.keys(file.strategies)]
  const unknown = Object.entries(file.hostnames).flatMap(([hostname, settings]): Finding[] => {
    if (settings?.strategy === undefined || names.includes(settings.strategy)) return []
    const near = nearestWord(settings.strategy, names)
    return [
      {
        code: 'unknown-name',
        path: ['hostnames', hostname, 'strategy'],
        seen: formatValue(settings.strategy),
        allowed: `one of ${names.join(', ')}`,
        mend: near === undefined ? `Add ${settings.strategy} to strategies.` : `Did you mean ${near}?`,
      },
    ]
  })
  return [...unknown, ...Object.entries(file.strategies).flatMap(([name, strategy]) => findingsOf(name, strategy))]
}

function findingsOf(name: string, strategy: Strategy): Finding[] {
  const path = ['strategies', name]
  const percents = percentsOf(strategy.steps)
  const findings: Finding[] = []
  const fall = percents.findIndex((percent, index) => index > 0 && percent <= (percents[index - 1] ?? 0))
  if (fall >= 0) {
    const seen = `${percents[fall]} after ${percents[fall - 1]}`
    findings.push({ code: 'steps-rise', path: [...path, 'steps'], seen, allowed: 'percents that rise', mend: 'Sort them, each once.' })
  }
  for (const [index, { atPercent, check, deadlineMinutes }] of strategy.gates.entries()) {
    if (strategy.gates.findIndex((gate) => gate.atPercent === atPercent) < index) {
      findings.push({
        code: 'gate-twice',
        path: [...path, 'gates', index, 'atPercent'],
        seen: `a second gate at ${atPercent} %`,
        allowed: 'one gate at a step',
        mend: 'Take one of them out, or move it to another step.',
      })
    }
    if (check !== undefined && deadlineMinutes <= strategy.minDwellMinutes) {
      findings.push({
        code: 'gate-deadline',
        path: [...path, 'gates', index, 'deadlineMinutes'],
        seen: formatValue(deadlineMinutes),
        allowed: `above minDwellMinutes ${strategy.minDwellMinutes}: the check is not asked sooner`,
        mend: 'Raise it.',
      })
    }
    if (percents.includes(atPercent)) continue
    findings.push({
      code: 'gate-step',
      path: [...path, 'gates', index, 'atPercent'],
      seen: formatValue(atPercent),
      allowed: `one of the steps ${percents.join(', ')}`,
      mend: 'Put the gate at a step.',
    })
  }
  if (strategy.minDwellMinutes > strategy.maxDwellMinutes) {
    findings.push({
      code: 'dwell',
      path: [...path, 'minDwellMinutes'],
      seen: `${strategy.minDwellMinutes}, above maxDwellMinutes ${strategy.maxDwellMinutes}`,
      allowed: 'at most maxDwellMinutes',
      mend: 'Lower it, or raise maxDwellMinutes.',
    })
  }
  if ('blueGreen' in strategy.steps && strategy.judge.maxFailureRatio === undefined) {
    findings.push({
      code: 'nothing-can-pass',
      path: [...path, 'judge', 'maxFailureRatio'],
      seen: 'nothing',
      allowed: 'a ratio such as 0.01: at 100 % no old version is left to compare with',
      mend: 'Add judge.maxFailureRatio.',
    })
  }
  return findings
}
