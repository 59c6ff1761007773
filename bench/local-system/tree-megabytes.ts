// Resident memory of a process and of all that it started, in megabytes. `ps` has it on Linux and macOS.
import { execFileSync } from 'node:child_process'

export function treeMegabytes(pid: number | undefined): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  const all = rows.map((row) => row.trim().split(/\s+/).map(Number))
  const kilobytesOf = (root: number): number =>
    all.reduce((sum, [own = 0, parent, kilobytes = 0]) => {
      if (own === root) return sum + kilobytes
      return parent === root ? sum + kilobytesOf(own) : sum
    }, 0)
  return pid === undefined ? 0 : kilobytesOf(pid) / 1024
}
