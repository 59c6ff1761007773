#!/usr/bin/env node
// The door of the command line: says what is missing on this computer before anything that needs it is loaded. Plain JavaScript, so that an old Node can read it.
import module from 'node:module'

const OLDEST = [24, 0]
/** Node strips no types below node_modules: the package carries the bundle that scripts/build-cli.ts makes. */
const isPackage = import.meta.url.includes('/node_modules/')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  const mend = isPackage
    ? 'Install a newer one; every current release will do.'
    : 'In the repository `npm run -s sluice -- …` takes the one that npm ci brings along; if that is missing: npm rebuild node'
  console.error(`sluice needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.\n${mend}`)
  process.exit(5)
}

// Half of the time of a command is Node reading the SDK; from the second time on it is read as compiled.
module.enableCompileCache()
if (isPackage) await import(new URL('../dist/sluice.js', import.meta.url).href)
else await import('./main.ts')
