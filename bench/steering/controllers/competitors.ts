// Everybody the controller is measured against, in the order of the table.
import type { Controller } from '../controller.ts'
import { blindRamp } from './blind-ramp.ts'
import { inverseUtilisation } from './inverse-utilisation.ts'
import { perfectInformation } from './perfect-information.ts'
import { prioritySpill } from './priority-spill.ts'
import { sluice } from './sluice.ts'
import { staleStatic, staticSlowChecks, staticWeights } from './static-weights.ts'
import { watermarks } from './watermarks.ts'
import { weightedPanic } from './weighted-panic.ts'

export const competitors: readonly Controller[] = [
  sluice(),
  perfectInformation,
  inverseUtilisation(0.25),
  inverseUtilisation(1),
  watermarks,
  prioritySpill,
  weightedPanic,
  blindRamp,
  staticWeights,
  staticSlowChecks,
  staleStatic,
]
