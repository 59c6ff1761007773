// Lets a story happen in the running world: waits until records stand, then carries out each event at its time and records what is seen.
import type { LocalClock } from '#local/clock/local-clock.ts'
import type { World } from '#local/world/start-world.ts'
import type { StoryAccount } from './events/story-account.ts'
import { startHappening } from './happen.ts'
import { type Recording, type Sample, sampleOf } from './recording.ts'
import type { Scenario } from './scenario-file.ts'

export type RunScenarioOptions = {
  readonly scenario: Scenario
  readonly world: World
  readonly account: StoryAccount
  readonly mainHostname: string
  readonly isControlled: boolean
  /** Called when the story begins, with the time of the clock. */
  readonly onBegin?: (at: number) => void
}

/** Seconds of the clock a first write may take before the story gives up. */
const PATIENCE_SECONDS = 480
/** After the first write, until Route 53 answers it and the clients can begin. */
const SETTLE_SECONDS = 15

/** Throws `StoryCannotBegin` when no records stand in time. */
export async function runScenario({
  scenario,
  world,
  account,
  mainHostname,
  isControlled,
  onBegin,
}: RunScenarioOptions): Promise<Recording> {
  const { clock } = account
  const happening = startHappening({ world, account, mainHostname, isControlled })
  await recordsStand(world, clock)
  await clock.sleep(SETTLE_SECONDS)
  world.begin()
  const startedAt = clock.nowSeconds()
  onBegin?.(startedAt)
  const told = world.stories().length
  const samples: Sample[] = []
  world.onBeat((snapshot) => void samples.push(sampleOf(snapshot)))
  const demand = demandSteps(scenario, startedAt)
  world.setDemand(demand)
  let firstEditAt: number | undefined
  for (const event of scenario.events.toSorted((a, b) => a.at - b.at)) {
    await clock.sleep(Math.max(0, startedAt + event.at - clock.nowSeconds()))
    if (event.editRecord !== undefined) firstEditAt ??= clock.nowSeconds() - startedAt
    await happening.happen(event)
  }
  await clock.sleep(Math.max(0, startedAt + scenario.lasts - clock.nowSeconds()))
  await happening.ended()
  const since = (at: number) => at - startedAt
  return {
    samples,
    stories: world
      .stories()
      .slice(told)
      .map((story) => ({ ...story, at: since(story.at) })),
    writes: world
      .writes()
      .filter((write) => write.at >= startedAt)
      .map((write) => ({ ...write, at: since(write.at) })),
    firstEditAt,
  }
}

/** The demand of the story and its changes, as steps of the clock. */
export function demandSteps({ demand, events }: Pick<Scenario, 'demand' | 'events'>, startedAt: number) {
  const base = typeof demand === 'number' ? [{ at: 0, requestsPerSecond: demand }] : demand
  const changes = events.flatMap((event) => (event.demand === undefined ? [] : [{ at: event.at, requestsPerSecond: event.demand }]))
  return [...base, ...changes].map(({ at, requestsPerSecond }) => ({ atSeconds: startedAt + at, requestsPerSecond }))
}

export function highestDemand(scenario: Pick<Scenario, 'demand' | 'events'>): number {
  return Math.max(...demandSteps(scenario, 0).map(({ requestsPerSecond }) => requestsPerSecond))
}

async function recordsStand(world: World, clock: LocalClock): Promise<void> {
  const deadline = clock.nowSeconds() + PATIENCE_SECONDS
  const stand = () => world.snapshot().hostnames.every(({ members }) => members.length > 0)
  while (!stand()) {
    if (clock.nowSeconds() > deadline) {
      throw storyError(
        'StoryCannotBegin',
        `no weighted records after ${PATIENCE_SECONDS} s of the clock: the controller did not make its first write`,
      )
    }
    await clock.sleep(1)
  }
}

function storyError(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
