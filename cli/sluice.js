#!/usr/bin/env node
// The door of the command line: says what is missing on this computer before anything that needs it is loaded. Plain JavaScript, so that an old Node can read it.
import module from 'node:module'

const OLDEST = [24, 0]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    [
      `sluice needs Node ${OLDEST.join('.')} or newer to run its TypeScript; this is Node ${process.versions.node}.`,
      'In the repository `npm run -s sluice -- …` takes the one that npm ci brings along; if that is missing: npm rebuild node',
    ].join('\n'),
  )
  process.exit(5)
}

// Half of the time of a command is Node reading the SDK; from the second time on it is read as compiled.
module.enableCompileCache()
// Node strips no types below node_modules: the package carries the bundle that scripts/build-cli.ts makes.
if (import.meta.url.includes('/node_modules/')) await import(new URL('../dist/sluice.js', import.meta.url).href)
else await import('./main.ts')
