// Carries out what happens in a story: in the world, at the records, in the account; and tells it.
import { Action } from '#local/world/action.ts'
import type { World } from '#local/world/start-world.ts'
import { apiFault } from './events/api-fault.ts'
import { lateWrite } from './events/late-write.ts'
import { loseTable } from './events/lose-table.ts'
import { redeploy } from './events/redeploy.ts'
import type { StoryAccount } from './events/story-account.ts'
import { sweep } from './events/sweep.ts'
import { functionSwitch } from './events/switch-function.ts'
import type { StoryEvent } from './story-event.ts'

export type Happening = {
  /** Rejects with `StoryEventFailed` when it could not be done. */
  happen(event: StoryEvent): Promise<void>
  /** Settles when what takes longer than its moment has ended too. */
  ended(): Promise<void>
}

export type HappeningOptions = {
  readonly world: Pick<World, 'act' | 'operator' | 'tell'>
  readonly account: StoryAccount
  readonly mainHostname: string
  /** Without a controller nobody can be asked for an override: that is told, and the story goes on. */
  readonly isControlled: boolean
}

/** What an operator asks of the controller itself. */
const OF_CONTROLLER = /^(drain|undrain|canary|stopExecution)/

export function startHappening({ world, account, mainHostname, isControlled }: HappeningOptions): Happening {
  const { clock } = account
  const switches = functionSwitch(account)
  const pending: Promise<void>[] = []
  const tell = (sentence: string) => world.tell({ at: clock.nowSeconds(), kind: 'event', sentence })

  async function edit({ hostname = mainHostname, provider, ...edits }: NonNullable<StoryEvent['editRecord']>): Promise<void> {
    await world.operator.editMembers(hostname, provider, edits)
    const what = [
      ...(edits.weight === undefined ? [] : [`the weight to ${edits.weight}`]),
      ...(edits.ttlSeconds === undefined ? [] : [`the TTL to ${edits.ttlSeconds} s`]),
    ]
    tell(`somebody sets ${what.join(' and ')} at ${hostname}${provider === undefined ? '' : ` for ${provider}`} by hand`)
  }

  function pauseWriter({ hostname = mainHostname, ...write }: NonNullable<StoryEvent['lateWrite']>): void {
    const written = lateWrite({ ...write, hostname }, account).then(world.tell)
    pending.push(quiet(written))
    tell(`a writer reads ${hostname}, and is paused before it writes`)
  }

  return {
    async happen({ at: _at, demand: _demand, ...event }) {
      const {
        editRecord,
        lateWrite: late,
        sweep: swept,
        loseTable: lost,
        apiFault: fault,
        switchOff,
        switchOn,
        redeploy: again,
        ...acts
      } = event
      if (editRecord !== undefined) await edit(editRecord)
      if (late !== undefined) pauseWriter(late)
      if (swept !== undefined) tell(await sweep(account))
      if (lost !== undefined) tell(await loseTable(account))
      if (fault !== undefined) tell(apiFault(fault, account))
      if (switchOff !== undefined) tell(await switches.off(switchOff.function))
      if (switchOn !== undefined) tell(await switches.on(switchOn.function))
      if (again !== undefined) tell(await redeploy(again.ratings, account))
      for (const [action, settings] of Object.entries(acts)) {
        if (settings === undefined) continue
        if (!isControlled && OF_CONTROLLER.test(action)) {
          const of = 'provider' in settings ? ` of ${settings.provider}` : ''
          tell(`${action}${of}: there is no controller to ask`)
          continue
        }
        const { mayBeRefused = false, ...wanted } = settings as typeof settings & { mayBeRefused?: boolean }
        const acted = world.act(Action.parse({ action, ...wanted })).then((outcome) => {
          if (!outcome.isDone && !mayBeRefused) throw storyEventFailed(outcome.sentence)
        })
        if (!action.startsWith('canaryS')) await acted
        else pending.push(quiet(acted))
      }
    },
    async ended() {
      await Promise.all(pending)
    },
  }
}

/** Awaited at the end of the story; until then a failure is nobody's. */
function quiet(work: Promise<void>): Promise<void> {
  work.catch(() => undefined)
  return work
}

function storyEventFailed(message: string): Error {
  const error = new Error(message)
  error.name = 'StoryEventFailed'
  return error
}
