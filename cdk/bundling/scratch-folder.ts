// A folder for one build, and an end to those of builds that were killed before they could remove theirs.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const PREFIX = 'bundles-'

/** A build takes seconds: what is older than this belongs to nobody. Younger ones may belong to a build that runs beside this one. */
const ABANDONED_SECONDS = 3600

/** Makes `dist` when it is not there. The caller removes the folder. */
export function scratchFolder(dist: string, nowSeconds: number): string {
  mkdirSync(dist, { recursive: true })
  for (const name of readdirSync(dist)) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(dist, name)
    // Undefined when another build has removed it meanwhile.
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat !== undefined && nowSeconds - stat.mtimeMs / 1000 > ABANDONED_SECONDS) rmSync(folder, { recursive: true, force: true })
  }
  return mkdtempSync(join(dist, PREFIX))
}
