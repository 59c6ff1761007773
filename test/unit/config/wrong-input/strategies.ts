// Strategies of canaries that cannot be meant.
import type { WrongInput } from './wrong-input.ts'

export const strategies: readonly WrongInput[] = [
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
