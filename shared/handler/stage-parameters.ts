// The parameters of this function's stage as a configuration; an exception where they are none, because no run can go on without.
import { formatProblems } from '#config/problem.ts'
import { parseParameters } from '#config/parse-parameters.ts'
import type { Configuration } from '#model/configuration.ts'

/** The parameters are missing, malformed, or of two deployments. The message has one line for each objection. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

export function stageParameters(stage: string): (parameters: ReadonlyMap<string, string>) => Configuration {
  return (parameters) => {
    const parsed = parseParameters(stage, parameters)
    if (parsed.ok) return parsed.configuration
    throw new ConfigurationError(formatProblems(parsed.problems))
  }
}
