// The door of `npm start`: says what is missing on this computer before anything that needs it is loaded. Plain JavaScript, so that an old Node can read it.
const OLDEST = [24, 0]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    [
      `Sluice needs Node ${OLDEST.join('.')} or newer to run its TypeScript; this is Node ${process.versions.node}.`,
      'npm ci brings the right one into node_modules/.bin, by the install script of the package "node".',
      'It is not there, so install scripts were probably off. Mend it with one of:',
      '  npm ci --ignore-scripts=false',
      '  npm rebuild node esbuild',
      'or use Node 24 from elsewhere.',
    ].join('\n'),
  )
  process.exit(1)
}

// The optional packages that need an install script beside Node itself.
try {
  await import('esbuild')
} catch (cause) {
  console.error(`esbuild cannot be loaded (${cause instanceof Error ? cause.message : cause}). Run: npm rebuild esbuild`)
  process.exit(1)
}

await import('./main.ts')
