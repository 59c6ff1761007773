// Finds a story by its name in scenarios/, and checks that it fits the configuration it runs with.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nearestWord } from '#config/nearest-word.ts'
import { formatProblems, problemLine } from '#config/problem.ts'
import { parseScenario } from './parse-scenario.ts'
import type { Scenario } from './scenario-file.ts'

export const SCENARIO_FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url))

export async function scenarioNames(): Promise<string[]> {
  const files = await readdir(SCENARIO_FOLDER)
  return (
    files
      // A configuration of a story's own stands beside it.
      .filter((file) => file.endsWith('.yaml') && !file.endsWith('.sluice.yaml'))
      .map((file) => file.slice(0, -'.yaml'.length))
      .toSorted()
  )
}

/** Throws `UnknownScenario` or `BadScenario` with what a person needs to mend it. */
export async function findScenario(name: string): Promise<Scenario> {
  const names = await scenarioNames()
  if (!names.includes(name)) {
    const near = nearestWord(name, names)
    throw named(
      'UnknownScenario',
      problemLine('--scenario', {
        seen: `"${name}"`,
        allowed: names.join(', '),
        mend: near === undefined ? 'Name one of them.' : `Did you mean ${near}?`,
      }),
    )
  }
  const parsed = parseScenario(await readFile(`${SCENARIO_FOLDER}${name}.yaml`, 'utf8'), `scenarios/${name}.yaml`, name)
  if (!parsed.ok) throw named('BadScenario', formatProblems(parsed.problems))
  return parsed.scenario
}

/** Throws `BadScenario` when the story speaks of a provider the configuration does not have. */
export function checkProviders(scenario: Scenario, providers: readonly string[]): void {
  const spoken = [
    ...Object.keys(scenario.clouds).map((name) => ({ place: `clouds.${name}`, name })),
    ...[...scenario.events, ...scenario.expect].flatMap((entry) =>
      Object.entries(entry).flatMap(([key, value]) =>
        typeof value === 'object' && value !== null && 'provider' in value && typeof value.provider === 'string'
          ? [{ place: `${key}.provider`, name: value.provider }]
          : [],
      ),
    ),
  ]
  const wrong = spoken.find(({ name }) => !providers.includes(name))
  if (wrong === undefined) return
  const seen = `"${wrong.name}", which is no provider of the configuration`
  const text = problemLine(`scenarios/${scenario.name}.yaml: ${wrong.place}`, {
    seen,
    allowed: providers.join(', '),
    mend: 'Name one of them, or another configuration (config).',
  })
  throw named('BadScenario', text)
}

function named(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
