// The parameters of this function's stage as a configuration; an exception where they are none, because no run can go on without.

import { stagePath } from '#config/parameter-names.ts'
import { parseParameters } from '#config/parse-parameters.ts'
import { formatProblems } from '#config/problem.ts'
import type { Configuration } from '#model/configuration.ts'

/** The parameters are missing, malformed, or of two deployments. The message has one line for each objection. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

/** Takes parameters by their full names, as Parameter Store gives them. */
export function stageParameters(stage: string): (parameters: ReadonlyMap<string, string>) => Configuration {
  return (parameters) => {
    const root = `${stagePath(stage)}/`
    const below = [...parameters]
      .filter(([name]) => name.startsWith(root))
      .map(([name, value]) => [name.slice(root.length), value] as const)
    const parsed = parseParameters(stage, new Map(below))
    if (parsed.ok) return parsed.configuration
    throw new ConfigurationError(formatProblems(parsed.problems))
  }
}
