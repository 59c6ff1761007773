// How a large request reaches apply: parts that Lambda takes, as far as there is time.
import { describe, expect, test } from 'vitest'
import { NOTHING, plansToWrite, unconfirmed } from '#lambdas/rebalance/requests.ts'
import { send } from '#lambdas/rebalance/send.ts'
import { splitRequest } from '#lambdas/rebalance/split-request.ts'
import type { Plan } from '#model/plan.ts'
import type { ApplyOutcome, ApplyRequest, Receipt } from '#model/receipt.ts'
import { aConfiguration, aHostname } from '#test/builders/configuration.ts'
import { aPlan, observedRecords } from '#test/builders/records.ts'

const MEGABYTE = 1024 * 1024
const names = (count: number) => Array.from({ length: count }, (_, index) => `s${String(index).padStart(4, '0')}.example.com`)
const plansFor = (count: number): Plan[] => names(count).map((hostname) => aPlan({ hostname }))
const receipt = (hostname: string, submittedAt = 1): Receipt => ({
  hostname,
  changeId: `C-${hostname}`,
  fence: { generation: 1, sequence: 1 },
  submittedAt,
  reason: { code: 'signal', sentence: 'before' },
})
const applied = (hostname: string): ApplyOutcome => ({ kind: 'applied', hostname, receipt: receipt(hostname) })
const late = (hostname: string): ApplyOutcome => ({ kind: 'deferred', hostname, reason: { code: 'out-of-time', sentence: 'late' } })

/** An apply that gets `perRun` plans done each time, in `seconds`. */
function anApplier({ perRun = Number.POSITIVE_INFINITY, seconds = 0 } = {}) {
  let now = 1_000
  const requests: ApplyRequest[] = []
  const applier = {
    apply: async (request: ApplyRequest) => {
      requests.push(request)
      now += seconds
      const outcomes = request.plans.map(({ hostname }, index) => (index < perRun ? applied(hostname) : late(hostname)))
      return { outcomes, confirmed: request.confirm }
    },
  }
  const sendBy = (request: Partial<ApplyRequest>, deadlineSeconds = Number.POSITIVE_INFINITY) =>
    send({ ...NOTHING, ...request }, { applier, nowSeconds: () => now, deadlineSeconds })
  return { requests, sendBy }
}

describe('splitting', () => {
  test('a request that asks for nothing is none', () => expect(splitRequest(NOTHING)).toEqual([]))

  test('every part fits a synchronous invocation, and together they ask for everything once, in order', () => {
    const plans = plansFor(4_000)
    const request = { rollbacks: [], plans, look: names(600), confirm: names(3).map((name) => receipt(name)) }
    const parts = splitRequest(request)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(6 * MEGABYTE)
    expect(parts.flatMap((part) => part.plans)).toEqual(plans)
    expect(parts.flatMap((part) => part.look)).toEqual(request.look)
    expect(parts.at(-1)?.confirm).toEqual(request.confirm)
  })

  test('an answer to looks fits as well: a part asks for no more than 512', () => {
    expect(splitRequest({ ...NOTHING, look: names(1_000) }).map(({ look }) => look.length)).toEqual([512, 488])
  })
})

describe('sending', () => {
  test('nothing is asked of apply when there is nothing to ask', async () => {
    const { requests, sendBy } = anApplier()
    expect(await sendBy({})).toEqual({ outcomes: [], confirmed: [] })
    expect(requests).toEqual([])
  })

  test('what apply had no time for is sent again while the tick has time, and each hostname has one outcome', async () => {
    const { requests, sendBy } = anApplier({ perRun: 4, seconds: 35 })
    const { outcomes } = await sendBy({ plans: plansFor(10) }, 1_050)
    expect(requests.map(({ plans }) => plans.length)).toEqual([10, 6])
    expect(outcomes.map(({ kind }) => kind)).toEqual([...Array(8).fill('applied'), ...Array(2).fill('deferred')])
    expect(new Set(outcomes.map(({ hostname }) => hostname)).size).toBe(10)
  })

  test('an apply that gets nothing done is not asked again', async () => {
    const { requests, sendBy } = anApplier({ perRun: 0 })
    const { outcomes } = await sendBy({ plans: plansFor(3) })
    expect(requests).toHaveLength(1)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['deferred', 'deferred', 'deferred'])
  })

  test('an apply that answers of somebody else what it was not asked is not asked again for ever', async () => {
    let runs = 0
    const applier = {
      apply: async ({ look }: ApplyRequest) => {
        if (++runs > 3) throw new Error('asked again and again')
        return { outcomes: [applied('stranger.example.com'), ...look.map(late)], confirmed: [] }
      },
    }
    const request = { ...NOTHING, look: ['x.example.com'] }
    const { outcomes } = await send(request, { applier, nowSeconds: () => 1_000, deadlineSeconds: Number.POSITIVE_INFINITY })
    expect(outcomes.map(({ kind, hostname }) => [kind, hostname])).toEqual([
      ['applied', 'stranger.example.com'],
      ['deferred', 'x.example.com'],
    ])
  })

  test('without time nothing is sent but a rollback', async () => {
    const { requests, sendBy } = anApplier()
    const { outcomes } = await sendBy({ plans: plansFor(2), look: ['x.example.com'], confirm: [receipt('a.example.com')] }, 1_000)
    expect(requests).toEqual([])
    expect(outcomes.map(({ kind, hostname }) => [kind, hostname])).toEqual([
      ['deferred', 's0000.example.com'],
      ['deferred', 's0001.example.com'],
      ['deferred', 'x.example.com'],
    ])
    await sendBy({ rollbacks: [{ hostname: 'a.example.com', author: 'somebody', reason: 'worse', expiresAt: 2_000 }] }, 1_000)
    expect(requests).toHaveLength(1)
  })

  test('apply is told how long the tick can wait', async () => {
    const { requests, sendBy } = anApplier()
    await sendBy({ plans: plansFor(1) }, 1_050)
    expect(requests[0]?.deadlineSeconds).toBe(1_050)
  })
})

describe('what is asked for', () => {
  const configuration = aConfiguration({ hostnames: names(3).map((hostname) => aHostname({ hostname })) })
  const observed = (hostname: string, submittedAt?: number) => ({
    observed: observedRecords({ hostname }),
    ...(submittedAt === undefined ? {} : { receipt: receipt(hostname, submittedAt) }),
  })

  test('whoever was written longest ago comes first: what was deferred leads the next tick', () => {
    const [a = '', b = '', c = ''] = names(3)
    const records = new Map([
      [a, observed(a, 300)],
      [b, observed(b, 100)],
      [c, observed(c)],
    ])
    const allowed = plansFor(3).map((plan) => ({ kind: 'allowed' as const, plan, shrunk: [] }))
    expect(plansToWrite(configuration, allowed, records).map(({ hostname }) => hostname)).toEqual([c, b, a])
  })

  test('a change that this tick has replaced is not asked for any more', () => {
    const [a = '', b = ''] = names(2)
    const records = new Map([
      [a, observed(a, 300)],
      [b, observed(b, 300)],
    ])
    expect(unconfirmed(records, [applied(a)]).map(({ hostname }) => hostname)).toEqual([b])
  })
})
