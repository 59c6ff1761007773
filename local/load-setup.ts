// Decides what is run: the story if there is one, the configuration, the demand and the speed.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfiguration } from '#config/parse-configuration.ts'
import { formatProblems, problemLine } from '#config/problem.ts'
import { checkProviders, findScenario, SCENARIO_FOLDER } from '#local/scenario/find-scenario.ts'
import { highestDemand } from '#local/scenario/run-scenario.ts'
import type { Scenario } from '#local/scenario/scenario-file.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Flags } from './parse-flags.ts'
import { DEFAULT_SPEED } from './start-command.ts'
import { usualDemand } from './world/cloud-specs.ts'

export type Setup = {
  readonly scenario: Scenario | undefined
  readonly configuration: Configuration
  readonly configurationFile: string
  readonly speed: number
  readonly demand: number
  readonly highestDemand: number
}

const USUAL_CONFIGURATION = fileURLToPath(new URL('../examples/aws-hetzner/sluice.yaml', import.meta.url))

/** Throws `BadConfiguration`, `UnknownScenario` or `BadScenario` with what a person needs to mend it. */
export async function loadSetup(flags: Flags): Promise<Setup> {
  const scenario = flags.scenario === undefined ? undefined : await findScenario(flags.scenario)
  const configurationFile =
    flags.config !== undefined
      ? resolve(flags.config)
      : scenario?.config === undefined
        ? USUAL_CONFIGURATION
        : resolve(SCENARIO_FOLDER, scenario.config)
  const configuration = await readConfiguration(configurationFile)
  if (scenario !== undefined) {
    checkProviders(
      scenario,
      configuration.providers.map(({ name }) => name),
    )
  }
  const demand = usualDemand(configuration.providers)
  return {
    scenario,
    configuration,
    configurationFile,
    speed: flags.speed ?? scenario?.speed ?? DEFAULT_SPEED,
    demand,
    highestDemand: scenario === undefined ? demand : highestDemand(scenario),
  }
}

async function readConfiguration(file: string): Promise<Configuration> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw named(
      'BadConfiguration',
      problemLine('--config', {
        seen: `"${file}", which cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
        allowed: 'the path of a sluice.yaml',
        mend: 'Copy examples/aws-hetzner/sluice.yaml and name it here.',
      }),
    )
  })
  const parsed = parseConfiguration(text, file)
  if (!parsed.ok) throw named('BadConfiguration', formatProblems(parsed.problems))
  return parsed.configuration
}

function named(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
