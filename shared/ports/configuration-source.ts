// Where the checked configuration comes from.
import type { Configuration } from '#model/configuration.ts'

export interface ConfigurationSource {
  /** Throws `ConfigurationError` when what is stored does not pass the schema. */
  load(): Promise<Configuration>
}
