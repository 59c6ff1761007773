// If more than half of the required signals are missing, no signal-driven change is made.
import type { Guard } from './guard.ts'
import { pass, refuse } from './guard.ts'

export const missingData: Guard = {
  name: 'missing-data',
  binds: 'signal-driven',
  check: (plan) => {
    const { signalsRequired, signalsMissing } = plan.evidence
    if (signalsMissing * 2 <= signalsRequired) return pass
    return refuse(
      'blind',
      `${plan.hostname}: ${signalsMissing} of ${signalsRequired} required signals are missing; the shares stay as they are`,
    )
  },
}
