// A terminal in front of a session: what is typed into it, and what it prints.
import { run } from '#cli/run.ts'
import type { Session } from '#cli/session.ts'
import type { World } from '#cli/world.ts'

export function aTerminal(session: Session, more: Partial<World> = {}) {
  const printed = { out: '', err: '' }
  const world: World = {
    version: '1.2.3',
    timeZone: 'UTC',
    env: { SLUICE_STAGE: 'test' },
    readText: async () => undefined,
    openSession: async () => session,
    openCatalog: async () => ({ dimensionSets: async () => [] }),
    pause: async () => undefined,
    isTerminal: false,
    write: (stream, text) => {
      printed[stream] += text
    },
    ...more,
  }
  const sluice = async (...words: string[]) => {
    Object.assign(printed, { out: '', err: '' })
    const exitCode = await run(words, world)
    return { exitCode, ...printed }
  }
  return {
    sluice,
    json: async (...words: string[]) => {
      const { exitCode, out } = await sluice(...words, '--json')
      return { exitCode, value: JSON.parse(out) }
    },
  }
}
