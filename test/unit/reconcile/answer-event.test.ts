// The door of reconcile: a late sweep is no sweep, and an operator's empty call is one now.
import { describe, expect, test } from 'vitest'
import { answerEvent } from '#lambdas/reconcile/answer-event.ts'
import { parseEvent } from '#lambdas/reconcile/parse-event.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { aRecord, observedRecords } from '#test/builders/records.ts'
import { memoryGoodPlans, memoryRecords } from '#test/fakes/memory-stores.ts'

const NOW = Date.UTC(2026, 0, 31, 12) / 1000
const scheduled = (time: string) => ({ source: 'aws.events', 'detail-type': 'Scheduled Event', time, detail: {} })

/** A hostname whose records a hand has edited: a sweep would hand it over. */
async function answered(raw: unknown) {
  const handedOver: unknown[] = []
  const answer = await answerEvent(
    parseEvent(raw),
    {
      configuration: { load: async () => aConfiguration() },
      clock: { nowSeconds: () => NOW },
      zone: { list: async () => observedRecords({ members: [aRecord('aws', 9), aRecord('hetzner', 1)] }) },
      records: memoryRecords([{ observed: observedRecords() }]),
      goodPlans: memoryGoodPlans([]),
      healthChecks: {
        list: async () => [{ id: 'hc-old', provider: 'aws', endpoint: 'edge' }],
        remove: async (id) => void handedOver.push(id),
      },
      rows: { list: async () => [] },
      executions: { endOf: async () => undefined },
      order: async (order) => void handedOver.push(order),
      handOver: async (observed) => void handedOver.push(...observed),
    },
    () => false,
    () => 0,
  )
  return { answer, handedOver }
}

describe('a sweep', () => {
  test.each([
    ['of the schedule', scheduled('2026-01-31T11:59:30Z')],
    ['of an operator, who says nothing', {}],
  ])('%s looks', async (_what, raw) => {
    const { answer, handedOver } = await answered(raw)
    expect(answer).toMatchObject({ kind: 'done', looked: 1 })
    expect(handedOver).not.toEqual([])
  })

  test('asked for more than a tick ago is dropped: nothing is looked at, handed over or removed', async () => {
    const { answer, handedOver } = await answered(scheduled('2026-01-31T11:58:59Z'))
    expect(answer).toEqual({
      kind: 'dropped',
      reason: { code: 'late', sentence: 'the schedule event is 61 s old, older than a tick: a late order is not executed' },
    })
    expect(handedOver).toEqual([])
  })
})
