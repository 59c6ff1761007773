// The command line on this computer: its arguments, its files, its environment, its AWS.
import { readFile } from 'node:fs/promises'
import { EXIT } from './exit-codes.ts'
import { run } from './run.ts'
import type { World } from './world.ts'

const world: World = {
  version: JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')).version,
  env: process.env,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  readText: (path) =>
    readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    }),
  // Loaded when needed: the SDK is most of the time that a command takes to start.
  openSession: async (place) => (await import('./aws/open-session.ts')).openSession(place),
  openCatalog: async () => (await import('./aws/metric-catalog.ts')).cloudwatchCatalog(),
  pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  isTerminal: process.stdout.isTTY === true,
  write: (stream, text) => void (stream === 'out' ? process.stdout : process.stderr).write(text),
}

// `sluice journal … | head` closes the pipe when it has enough, which is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.exitCode = await run(process.argv.slice(2), world)
} catch (error) {
  process.stderr.write(
    `sluice failed, which is a mistake in it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = EXIT.broken
}
