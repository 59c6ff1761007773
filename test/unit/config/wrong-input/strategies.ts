// Strategies of canaries that cannot be meant.
import type { WrongInput } from './wrong-input.ts'

export const strategies: readonly WrongInput[] = [
  {
    wrong: 'a check that is no function',
    change: (file) => (file.strategies = { careful: { gates: [{ atPercent: 25, check: { function: 'https://example.com/check' } }] } }),
    path: 'strategies.careful.gates[0].check.function',
    seen: /https:/,
    allowed: /the name or ARN of a Lambda function/,
    mend: /media-smoke-test/,
  },
  {
    wrong: 'a check whose gate ends before it is asked',
    change: (file) =>
      (file.strategies = { careful: { gates: [{ atPercent: 25, deadlineMinutes: 5, check: { function: 'media-check' } }] } }),
    path: 'strategies.careful.gates[0].deadlineMinutes',
    seen: /5/,
    allowed: /above minDwellMinutes 5/,
    mend: /Raise it/,
  },
  {
    wrong: 'two gates at one step',
    change: (file) => (file.strategies = { careful: { gates: [{ atPercent: 25 }, { atPercent: 25 }] } }),
    path: 'strategies.careful.gates[1].atPercent',
    seen: /a second gate at 25 %/,
    allowed: /one gate at a step/,
    mend: /Take one of them out/,
  },
  {
    wrong: 'an alarm with a wildcard',
    change: (file) => (file.strategies = { careful: { alarms: ['checkout-*'] } }),
    path: 'strategies.careful.alarms[0]',
    seen: /"checkout-\*"/,
    allowed: /the name of a metric alarm, without \* and \?/,
    mend: /the name of a metric alarm/,
  },
  {
    wrong: 'an error budget in percent',
    change: (file) => (file.strategies = { careful: { errorBudget: { failureRatio: 5 } } }),
    path: 'strategies.careful.errorBudget.failureRatio',
    seen: /5/,
    allowed: /a number above 0 and below 1/,
    mend: /above 0 and below 1/,
  },
  {
    wrong: 'a rule for newer versions that there is not',
    change: (file) => (file.strategies = { careful: { onSupersede: 'rollback' } }),
    path: 'strategies.careful.onSupersede',
    seen: /"rollback"/,
    allowed: /"reject", "rollbackFirst"/,
    mend: /Did you mean|Use one of/,
  },
]
