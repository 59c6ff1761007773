// A write whose answer was lost: what a tick makes of it afterwards.
import { expect, test } from 'vitest'
import { HOSTNAME } from '#test/builders/configuration.ts'
import { aController } from '#test/builders/controller.ts'

test('receipt: a plan whose answer was lost is in sync after a minute, and kept as good like any other', async () => {
  const { tick, send, zone, records, goodPlans, journal } = aController()
  const { swap } = zone
  zone.swap = async (batch) => {
    zone.swap = swap
    await swap(batch)
    return { kind: 'conflict', messages: ['the record was not found as given'] }
  }
  await send()
  expect(zone.standing.fence?.sequence).toBe(1)
  expect(await records.get(HOSTNAME)).toMatchObject({ receipt: { fence: { sequence: 1 } }, isOurs: true })
  await tick(8)
  expect((await records.get(HOSTNAME))?.receipt).toMatchObject({ fence: { sequence: 1 }, isGood: true })
  expect(await goodPlans.get(HOSTNAME)).toMatchObject({ fence: { sequence: 1 } })
  expect(journal.all.map(({ kind }) => kind)).toEqual(['applied', 'inSync'])
  expect(zone.calls.changeStatus).toBe(0)
})
