// Looks for the real components before the suites start, and says how to install what is missing. A missing one is an error, never a skip.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'

type Component = { readonly command: string; readonly args: readonly string[]; readonly install: string }

/** The virtual environment of the Python parts; `SLUICE_VENV` names another one. */
const venv = resolve(process.env.SLUICE_VENV ?? '.venv')

const COMPONENTS: readonly Component[] = [
  { command: 'aws', args: ['--version'], install: `python3 -m venv ${venv} && ${venv}/bin/pip install awscli==1.46.3` },
  { command: 'moto_server', args: ['--help'], install: `python3 -m venv ${venv} && ${venv}/bin/pip install 'moto[server]==5.2.5'` },
  {
    command: 'python3',
    args: ['-c', 'import scipy'],
    install: `python3 -m venv ${venv} && ${venv}/bin/pip install scipy==1.17.1 numpy==2.4.6`,
  },
  {
    command: 'dig',
    args: ['-v'],
    install: 'Debian: apt-get install dnsutils; macOS has it; elsewhere the package of BIND 9 that holds dig',
  },
]

export default function setup(): void {
  if (existsSync(`${venv}/bin`)) process.env.PATH = `${venv}/bin${delimiter}${process.env.PATH ?? ''}`
  const missing = COMPONENTS.filter(({ command, args }) => isMissing(spawnSync(command, args, { stdio: 'ignore' }), command))
  if (missing.length === 0) return
  throw new Error(`test:real needs ${missing.map(({ command, install }) => `\n  ${command}: ${install}`).join('')}`)
}

/** The others are there when they can be started; what is looked for in Python is there when its import succeeds. */
function isMissing({ error, status }: { readonly error?: Error; readonly status: number | null }, command: string): boolean {
  return error !== undefined || (command === 'python3' && status !== 0)
}
