// Reads rate expressions. Cron expressions are not in the closed list.
// Source: EventBridge user guide, "Rate expressions".
import { ServiceFault } from '../wire/service-fault.ts'

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 }

/** Seconds between two events. The unit is singular for 1 and plural for more. */
export function rateSeconds(expression: string): number {
  const [, value = '', unit = '', plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s)?\)$/.exec(expression) ?? []
  const seconds = UNIT_SECONDS[unit]
  if (seconds !== undefined && (value === '1') === (plural === undefined)) return Number(value) * seconds
  if (/^cron\(.*\)$/.test(expression))
    throw new ServiceFault('NotImplemented', `The in-process EventBridge has rate expressions only, not ${expression}`, 501)
  throw new ServiceFault(
    'ValidationException',
    `Parameter ScheduleExpression is not valid: '${expression}'; for example rate(1 minute) or rate(10 minutes)`,
  )
}
