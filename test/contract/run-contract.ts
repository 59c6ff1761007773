// Turns the suites into tests of one endpoint. A case that differs there must fail there: a difference that has gone is reported too.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsClients, awsClients, destroyClients } from './aws-clients.ts'
import type { ContractCase, ContractSuite, Endpoint } from './contract-case.ts'
import { givenZone } from './given-zone.ts'

let runs = 0

export function runContract(endpoint: Endpoint, suites: readonly ContractSuite[], url: () => string): void {
  for (const { service, cases } of suites) {
    describe(`${service} at ${endpoint}`, () => {
      let clients: AwsClients
      beforeAll(() => {
        clients = awsClients(url())
      })
      afterAll(() => destroyClients(clients))
      for (const one of cases) declare(endpoint, one, () => clients)
    })
  }
}

function declare(endpoint: Endpoint, one: ContractCase, clients: () => AwsClients): void {
  if (one.ownZone && givenZone() !== undefined) {
    it.skip(`${one.name} [needs a zone of its own]`, () => undefined)
    return
  }
  const difference = one.differs?.[endpoint]
  const run = () => one.run(clients(), `c${Date.now().toString(36)}${++runs}`)
  if (difference === undefined) it(one.name, run)
  else it(`${one.name} [differs: ${difference}]`, () => expect(run(), 'the listed difference has gone').rejects.toThrow())
}
