// `npm run scenarios`: every story, each in a process of its own, one after the other; the exit code says whether all went as expected.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scenarioNames } from '#local/scenario/find-scenario.ts'

const START = fileURLToPath(new URL('./start.js', import.meta.url))

function tell(name: string, further: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [START, '--scenario', name, '--once', ...further], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const further = process.argv.slice(2)
const results: { name: string; code: number; seconds: number }[] = []
for (const name of await scenarioNames()) {
  const startedAt = performance.now()
  const code = await tell(name, further)
  results.push({ name, code, seconds: Math.round((performance.now() - startedAt) / 1000) })
}
process.stdout.write(
  `\n${results.map(({ name, code, seconds }) => `${code === 0 ? 'ok     ' : 'NOT MET'}  ${name}  ${seconds} s`).join('\n')}\n`,
)
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
