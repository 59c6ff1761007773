// Two and three writers at once on the wire, with a pause before every call that either makes: whatever the order, nobody late wins.
import fc, { type Scheduler } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPlan } from '#apply/apply-plan.ts'
import type { ApplyPorts } from '#apply/ports.ts'
import { isOlder } from '#model/fence.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome } from '#model/receipt.ts'
import { sameRecords } from '#model/record-identity.ts'
import { planHostname } from '#plan/plan-hostname.ts'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aDecision } from '#test/builders/decision.ts'
import { memoryGoodPlans, memoryJournal, memoryOverrides, memoryRecords } from '#test/fakes/memory-stores.ts'
import { zoneOnTheWire } from './zone-on-the-wire.ts'

let wire: Awaited<ReturnType<typeof zoneOnTheWire>>

beforeAll(async () => {
  wire = await zoneOnTheWire('concurrent-writers')
})

afterAll(() => wire.aws.close())

const standing = () => wire.zone.list(wire.hostname.zoneId, HOSTNAME)

type Write = { readonly plan: Plan; readonly outcome: ApplyOutcome }
/** A batch that Route 53 took, in the order in which they took effect. */
type Taken = { readonly plan: Plan }

/** Looks, plans and writes `times` times; before every call of a port the scheduler may let the others go first. */
async function writer(shares: readonly number[], records: ApplyPorts['records'], scheduler: Scheduler, taken: Taken[]): Promise<Write[]> {
  const { zone, clock, configuration, hostname } = wire
  const pausing = <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) => scheduler.scheduleFunction(call) as typeof call
  const writes: Write[] = []
  for (const share of shares) {
    const observed = await pausing(zone.list)(hostname.zoneId, HOSTNAME)
    await records.put({ observed })
    const decision = aDecision({ aws: share, hetzner: 1 - share })
    const plan = planHostname({ hostname, providers: configuration.providers, decision, observed, returnWeight: 0.02 })
    const ports: ApplyPorts = {
      clock,
      records: { ...records, load: pausing(records.load), get: pausing(records.get), put: pausing(records.put) },
      journal: memoryJournal(),
      overrides: memoryOverrides(),
      goodPlans: memoryGoodPlans(),
      zone: {
        ...zone,
        list: pausing(zone.list),
        swap: pausing(async (swap) => {
          const outcome = await zone.swap(swap)
          if (outcome.kind === 'accepted') taken.push({ plan })
          return outcome
        }),
      },
    }
    writes.push({ plan, outcome: await applyPlan(plan, configuration, ports) })
  }
  return writes
}

const share = fc.integer({ min: 1, max: 19 }).map((twentieth) => twentieth / 20)
const writers = fc.array(fc.array(share, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 3 })

test.each([
  ['one table', true],
  ['a table of their own, as after a long pause', false],
])(
  'fence: of two or three writers with %s, each write follows the one before, and what stands is the last as a whole',
  async (_name, isShared) => {
    let conflicts = 0
    let applied = 0
    await fc.assert(
      fc.asyncProperty(writers, fc.scheduler(), async (all, scheduler) => {
        const before = await standing()
        const table = memoryRecords()
        const taken: Taken[] = []
        const running = all.map((shares) => writer(shares, isShared ? table : memoryRecords(), scheduler, taken))
        const writes = (await scheduler.waitFor(Promise.all(running))).flat()

        let fence = before.fence
        for (const { plan } of taken) {
          // Made against exactly what stood when it took effect: the pause has changed nothing.
          expect(plan.observed.fence).toEqual(fence)
          if (fence !== undefined) expect(isOlder(fence, plan.fence)).toBe(true)
          fence = { ...plan.fence, ttlSeconds: plan.fenceTtlSeconds }
        }
        const after = await standing()
        const last = taken.at(-1)?.plan
        expect(sameRecords(after.members, last?.wanted ?? before.members)).toBe(true)
        expect(after.fence).toEqual(fence)
        const kinds = writes.map(({ outcome }) => outcome.kind)
        expect(kinds.filter((kind) => kind === 'applied')).toHaveLength(taken.length)
        expect(taken.length).toBeGreaterThan(0)
        conflicts += kinds.filter((kind) => kind === 'conflict').length
        applied += taken.length
      }),
      { numRuns: 15 },
    )
    // Both happened, or the pauses were none.
    expect(conflicts).toBeGreaterThan(7)
    expect(applied).toBeGreaterThan(15)
  },
  60_000,
)
