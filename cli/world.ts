// What the command line needs of the computer it runs on.
import type { Place, Surroundings } from './place.ts'
import type { MetricCatalog, Session } from './session.ts'

export type World = Surroundings & {
  readonly version: string
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string
  readonly openSession: (place: Place) => Promise<Session>
  readonly openCatalog: () => Promise<MetricCatalog>
  /** Real time. */
  readonly pause: (seconds: number) => Promise<void>
  /** What is written is looked at, and may be written over. */
  readonly isTerminal: boolean
  readonly write: (stream: 'out' | 'err', text: string) => void
}
