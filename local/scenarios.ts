// `npm run scenarios`: every story, each in a process of its own, one after the other; the exit code says whether all went as expected,
// and whether the roles of the stack grant what the stories used and nothing that is not explained.

import { nearestWord } from '#config/nearest-word.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { findScenario, scenarioNames } from '#local/scenario/find-scenario.ts'
import { judgeTold } from '#local/scenario/judge-told.ts'
import { judgePermissions } from '#local/scenario/permissions-used.ts'
import { highestDemand } from '#local/scenario/run-scenario.ts'
import { type Told, tellStory } from '#local/scenario/tell-story.ts'

const names = await scenarioNames()
const { values } = flagsOrExit(
  {
    name: 'npm run scenarios',
    flags: {
      only: {
        kind: 'text',
        value: 'NAME,NAME',
        about: 'these stories; the permissions are then not judged',
        allowed: `names out of ${names.join(', ')}`,
      },
      bites: { kind: 'switch', about: 'each story a second time, without the controller: what it says bites must then fail' },
      speed: {
        kind: 'number',
        about: 'seconds of the clock per second, instead of what each story says',
        from: 1,
        to: 60,
        allowed: 'a number from 1 to 60',
      },
    },
  },
  ({ values: { only } }) =>
    chosen(only)
      .filter((name) => !names.includes(name))
      .map(unknown),
)
const wanted = values.only === undefined ? names : chosen(values.only)
const told: Told[] = []
for (const name of wanted) {
  // Where nobody asks for anything, clients measure nothing that could bite.
  const isBitten = values.bites && highestDemand(await findScenario(name)) > 0
  for (const isControlled of isBitten ? [true, false] : [true]) told.push(await tellStory({ name, isControlled, speed: values.speed }))
}

const judged = told.map((one) => ({ ...one, ...judgeTold(one) }))
const rows = judged.map(({ name, isControlled, isRight, seconds, sentence }) => {
  const run = `${name}${isControlled ? '' : ', without the controller'}`
  return `${isRight ? 'ok     ' : 'NOT MET'}  ${run}  ${seconds} s: ${sentence}`
})
process.stdout.write(`\n${rows.join('\n')}\n`)
const arePermissionsRight = values.only !== undefined || judgeRoles()
process.exit(judged.every(({ isRight }) => isRight) && arePermissionsRight ? 0 : 1)

function judgeRoles(): boolean {
  const { granted, used, listed, unexplained } = judgePermissions(
    told.flatMap(({ isControlled, ending }) => (isControlled && ending !== undefined ? [ending.permissions] : [])),
  )
  const lines = [
    `${used} of ${granted} permissions were used`,
    ...listed.map(({ permission, situation, test }) => `not used here: ${permission}: ${situation} (${test})`),
    ...unexplained.map((permission) => `NOT USED and not explained in cdk/permissions/seldom-used.ts: ${permission}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  return unexplained.length === 0
}

function chosen(only: string | undefined): string[] {
  return only === undefined ? [] : [...new Set(only.split(',').map((name) => name.trim()))]
}

function unknown(name: string): string {
  const near = nearestWord(name, names)
  return `--only: "${name}" is no story; allowed: ${names.join(', ')}; mend: ${near === undefined ? 'Name one of them.' : `Did you mean ${near}?`}`
}
