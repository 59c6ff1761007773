// `npm run scenarios`: every story, each in a process of its own, one after the other; the exit code says whether all went as expected,
// and whether the roles of the stack grant what the stories used and nothing that is not explained.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { scenarioNames } from '#local/scenario/find-scenario.ts'
import { judgePermissions, type Permissions } from '#local/scenario/permissions-used.ts'

const START = fileURLToPath(new URL('./start.js', import.meta.url))

type Told = { readonly name: string; readonly code: number; readonly seconds: number; readonly permissions: Permissions | undefined }

async function tell(name: string, further: readonly string[]): Promise<Told> {
  const startedAt = performance.now()
  let permissions: Permissions | undefined
  const child = spawn(process.execPath, [START, '--scenario', name, '--once', ...further], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  child.on('message', (message) => {
    permissions = message as Permissions
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  return { name, code, seconds: Math.round((performance.now() - startedAt) / 1000), permissions }
}

const names = await scenarioNames()
const { values } = flagsOrExit({
  name: 'npm run scenarios',
  flags: {
    scenario: {
      kind: 'text',
      isMany: true,
      value: 'NAME',
      about: 'only this one; may be given again',
      allowed: names.join(', '),
      choices: names,
    },
    without: {
      kind: 'text',
      value: 'rebalance',
      about: 'without the controller: all but steady must then fail',
      allowed: 'rebalance',
      choices: ['rebalance'],
    },
  },
})
const chosen = names.filter((name) => values.scenario.length === 0 || values.scenario.includes(name))
const results: Told[] = []
for (const name of chosen) results.push(await tell(name, values.without === undefined ? [] : ['--without', values.without]))

const judged = judgePermissions(results.flatMap(({ permissions }) => permissions ?? []))
const lines = [
  ...results.map(({ name, code, seconds }) => `${code === 0 ? 'ok     ' : 'NOT MET'}  ${name}  ${seconds} s`),
  `${judged.used} of ${judged.granted} permissions were used`,
  ...judged.listed.map(({ permission, situation, test }) => `not used here: ${permission}: ${situation} (${test})`),
  ...judged.unexplained.map((permission) => `NOT USED and not explained in cdk/permissions/seldom-used.ts: ${permission}`),
]
process.stdout.write(`\n${lines.join('\n')}\n`)
const silent = results.filter(({ permissions }) => permissions === undefined).map(({ name }) => name)
if (silent.length > 0) process.stdout.write(`NOT TOLD: ${silent.join(', ')} ended without saying what its roles were used for\n`)
process.exit(results.every(({ code }) => code === 0) && silent.length === 0 && judged.unexplained.length === 0 ? 0 : 1)
