// One behaviour of AWS that the product relies on, told by an SDK client: it must hold at any endpoint that claims to be AWS.
import type { AwsClients } from './aws-clients.ts'

export type Endpoint = 'in-process' | 'moto' | 'aws'

export type ContractCase = {
  /** A sentence about behaviour. */
  readonly name: string
  /** Where AWS documents it. */
  readonly source: string
  /** What another endpoint does instead; the rule that settles it is `source`. The case is then expected to fail there. */
  readonly differs?: Partial<Record<Endpoint, string>>
  /** It makes a zone and looks at all of it; where one zone is given it is left out, and said so. */
  readonly ownZone?: true
  /** Throws when the behaviour is not there. `unique` is a lower-case word that no other case gets. */
  run(clients: AwsClients, unique: string): Promise<void>
}

export type ContractSuite = { readonly service: string; readonly cases: readonly ContractCase[] }
