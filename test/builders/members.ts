// One provider on its way through a decision: it serves 60 of 100 requests/s behind a green check; override what a test is about.
import { emptyMemory } from '#decision/advance-window.ts'
import type { Member } from '#decision/member.ts'
import type { Reading } from '#decision/reading.ts'
import type { ProviderMemory } from '#model/memory.ts'

/** Epoch seconds at which its newest window ended. */
export const WINDOW_END = 10_000

export function aReading(overrides: Partial<Reading> = {}): Reading {
  return {
    name: 'aws',
    probe: { state: 'green', since: 0 },
    windowEnd: WINDOW_END,
    windowSeconds: 60,
    capacity: 100,
    load: 60,
    errors: 0,
    utilisation: undefined,
    required: 4,
    missing: [],
    ...overrides,
  }
}

export function aProviderMemory(overrides: Partial<ProviderMemory> = {}): ProviderMemory {
  return {
    ...emptyMemory('aws', 100),
    windowEnd: WINDOW_END,
    capacity: { value: 100, residuals: [] },
    load: { value: 60, residuals: [] },
    ...overrides,
  }
}

export function aMember(
  overrides: Partial<Omit<Member, 'reading' | 'memory'>> & { reading?: Partial<Reading>; memory?: Partial<ProviderMemory> } = {},
): Member {
  const name = overrides.name ?? 'aws'
  return {
    rating: 100,
    bounds: { minShare: 0, maxShare: 1 },
    drain: undefined,
    standing: 0.5,
    ...overrides,
    name,
    reading: aReading({ name, ...overrides.reading }),
    memory: aProviderMemory({ provider: name, ...overrides.memory }),
  }
}
