// The providers of a hostname as the file means it.
import type { SluiceFile } from './sluice-file.ts'

/** Names in the order of the file; all providers when the hostname names none. */
export function providersOf(file: SluiceFile, hostname: string): string[] {
  return Object.keys(file.hostnames[hostname]?.providers ?? file.providers)
}
