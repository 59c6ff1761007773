// The options that set what is otherwise the strategy's.
import type { Command } from 'commander'
import { usageFailure } from '#cli/failure.ts'
import { formatPath } from '#config/problem.ts'
import { JudgeSettings } from '#model/judge-settings.ts'

const NUMBERS = [
  [
    'alpha',
    '--alpha <chance>',
    'α: chance of aborting a canary that is no worse than tolerated; 0.01 unless told',
    'a chance above 0, at most 0.5',
  ],
  [
    'beta',
    '--beta <chance>',
    'β: chance of passing one that is as bad as must not pass; 0.05 unless told',
    'a chance above 0, at most 0.5',
  ],
  [
    'toleratedRatio',
    '--tolerated-ratio <ratio>',
    'δ0: how many times as often the canary may fail; 1 unless told',
    'a number from 1 to 100',
  ],
  [
    'maxRatio',
    '--max-ratio <ratio>',
    'δ_max: how many times as often must not pass; twice what is tolerated unless told',
    'a number above --tolerated-ratio, at most 1000',
  ],
  ['maxFailureRatio', '--max-failure-ratio <ratio>', 'p_max: a canary that fails less often passes, too', 'a number between 0 and 1'],
  [
    'guardFailureRatio',
    '--guard-failure-ratio <ratio>',
    'p_slo: a canary that fails more often fails, unless the control does',
    'a number between 0 and 1',
  ],
] as const

type Name = (typeof NUMBERS)[number][0]
export type JudgeOptions = { readonly [Key in Name]?: string }

export function withJudgeOptions(command: Command): Command {
  return NUMBERS.reduce((built, [, flags, description]) => built.option(flags, description), command)
}

/** Only what was said: the rest is the record's, or the default. */
export function spokenSettings(options: JudgeOptions): { readonly [Key in Name]?: number } {
  return Object.fromEntries(
    NUMBERS.flatMap(([name, flags, , allowed]) => {
      const text = options[name]
      if (text === undefined) return []
      const value = /^\d*\.?\d+(e-?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN
      if (!Number.isFinite(value)) throw objection(flags, JSON.stringify(text), allowed)
      return [[name, value]]
    }),
  )
}

/** @throws CommandFailure that names the option */
export function settingsOf(base: object, options: JudgeOptions): JudgeSettings {
  const parsed = JudgeSettings.safeParse({ ...base, ...spokenSettings(options) })
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.filter((part) => typeof part !== 'symbol') ?? []
  const [name, flags, , allowed] = NUMBERS.find(([known]) => known === path[0]) ?? [undefined, formatPath(path), '', 'see above']
  throw objection(flags, name === undefined ? 'something else' : (options[name] ?? 'its default'), allowed)
}

function objection(flags: string, seen: string, allowed: string) {
  const place = flags.split(' ')[0] ?? flags
  return usageFailure({ code: 'option', place, seen, allowed, mend: `Correct ${place}.` })
}
