// The clock of the machine a function runs on.
import type { Clock } from '#ports/clock.ts'

export const systemClock: Clock = { nowSeconds: () => Date.now() / 1000 }
