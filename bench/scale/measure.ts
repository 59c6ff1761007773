// One size from deployment to full change: what every phase asked of AWS, and how long it took on the clock.
import type { HandlerName } from '#cdk/handlers.ts'
import type { SeenRequest } from '#local/aws/in-process-aws.ts'
import type { Override } from '#model/override.ts'
import type { ApplyAnswer } from '#model/receipt.ts'
import { type Account, openAccount, putOverrides } from './account.ts'
import { type Functions, loadFunctions, type Run } from './functions.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** Requests by `service Operation`. */
export type Calls = Readonly<Record<string, number>>

export type Phase = {
  /** Hostnames that were to be written. */
  readonly changed: number
  readonly calls: Calls
  /** Ticks until all were written. */
  readonly ticks: number
  /** Clock seconds from the first tick until the last hostname was written. */
  readonly seconds: number
  /** The longest run of each function, in clock seconds. */
  readonly longest: Partial<Record<HandlerName, number>>
  /** The largest event a function was given, in bytes. */
  readonly largestEventBytes: number
}

export type Size = { readonly hostnames: number; readonly phases: Readonly<Record<PhaseName, Phase>> }
export type PhaseName = 'deployment' | 'confirmation' | 'quiet' | 'onePercent' | 'full' | 'sweep'

const TICK_SECONDS = 60
/** Longer than any phase should take: something is wrong then. */
const MOST_TICKS = 200

export async function measure(clock: VirtualClock, hostnames: number): Promise<Size> {
  const account = await clock.drive(openAccount(clock, hostnames))
  Object.assign(process.env, { AWS_ENDPOINT_URL: account.aws.url })
  const functions = await clock.drive(loadFunctions(clock, account.aws.lambda))
  account.enforceQuotas()
  const names = account.configuration.hostnames.map(({ hostname }) => hostname)
  const stage: Stage = { clock, account, functions }
  // The clouds have published for a while when the controller is deployed.
  await clock.drive(clock.sleep(600))

  const deployment = await until(stage, new Set(names))
  const confirmation = await untilQuiet(stage)
  // A dead time later every plan that stands is a good one, and is kept as such.
  for (let index = 0; index < 8; index++) await tick(stage)
  const quiet = await phase(stage, 0, () => tick(stage).then(() => 1))

  const pinned = names.filter((_, index) => index % 100 === 0)
  const pins = pinned.map(
    (hostname): Override => ({ kind: 'pin', hostname, shares: PINNED, generation: 2, isRollback: false, ...attribution(clock) }),
  )
  await clock.drive(putOverrides(account, pins))
  const onePercent = await until(stage, new Set(pinned))
  await untilQuiet(stage)
  await clock.drive(putOverrides(account, [{ kind: 'drain', provider: 'ovh', ...attribution(clock) }]))
  const full = await until(stage, new Set(names))
  await untilQuiet(stage)
  const sweep = await phase(stage, 0, () => invoke(stage, 'reconcile').then(() => 1))
  await account.close()
  return { hostnames, phases: { deployment, confirmation, quiet, onePercent, full, sweep } }
}

type Stage = { readonly clock: VirtualClock; readonly account: Account; readonly functions: Functions }

const PINNED = { aws: 0.3, hetzner: 0.4, ovh: 0.3 }

function attribution(clock: VirtualClock) {
  const now = clock.nowSeconds()
  return { author: 'arn:aws:iam::123456789012:user/bench', reason: 'bench', createdAt: now, expiresAt: now + 86_400 }
}

/** Waits for the minute, runs rebalance, and whatever was sent to a function meanwhile. */
async function tick(stage: Stage): Promise<void> {
  const { clock } = stage
  const now = clock.nowSeconds()
  await clock.drive(clock.sleep((Math.floor(now / TICK_SECONDS) + 1) * TICK_SECONDS - now))
  await invoke(stage, 'rebalance')
}

async function invoke({ clock, functions }: Stage, handler: HandlerName): Promise<void> {
  const time = new Date(clock.nowSeconds() * 1000).toISOString()
  await clock.drive(functions.invoke(handler, { source: 'aws.events', time }))
  for (const event of functions.waiting.splice(0)) await clock.drive(functions.invoke(event.handler, event.event))
}

/** Ticks until each of these hostnames was written. */
function until(stage: Stage, wanted: Set<string>): Promise<Phase> {
  const from = stage.functions.runs.length
  return phase(stage, wanted.size, async () => {
    for (let ticks = 1; ticks <= MOST_TICKS; ticks++) {
      await tick(stage)
      const written = new Set(stage.functions.runs.slice(from).flatMap(writtenBy))
      if ([...wanted].every((hostname) => written.has(hostname))) return ticks
    }
    throw new Error(`not written after ${MOST_TICKS} ticks`)
  })
}

function untilQuiet(stage: Stage): Promise<Phase> {
  return phase(stage, 0, async () => {
    for (let ticks = 1; ticks <= MOST_TICKS; ticks++) {
      const before = stage.account.requests.length
      await tick(stage)
      if (!stage.account.requests.slice(before).some(({ service }) => service === 'route53')) return ticks
    }
    throw new Error(`not quiet after ${MOST_TICKS} ticks`)
  })
}

async function phase({ account, functions }: Stage, changed: number, run: () => Promise<number>): Promise<Phase> {
  const [request, first] = [account.requests.length, functions.runs.length]
  const ticks = await run()
  const runs = functions.runs.slice(first)
  // The runs are listed as they end: rebalance after the apply it waited for.
  const startedAt = Math.min(...runs.map(({ atSeconds }) => atSeconds))
  const writers = runs.filter((one) => writtenBy(one).length > 0)
  const endedAt = Math.max(...(writers.length > 0 ? writers : runs).map(({ atSeconds, seconds }) => atSeconds + seconds))
  return {
    changed,
    calls: countCalls(account.requests.slice(request)),
    ticks,
    seconds: endedAt - startedAt,
    longest: longestRuns(runs),
    largestEventBytes: Math.max(...runs.map(({ eventBytes }) => eventBytes)),
  }
}

function writtenBy({ handler, answer }: Run): string[] {
  if (handler !== 'apply') return []
  return (answer as ApplyAnswer).outcomes.flatMap(({ kind, hostname }) => (kind === 'applied' ? [hostname] : []))
}

function countCalls(requests: readonly SeenRequest[]): Calls {
  const names = requests.map(({ service, operation }) => `${service} ${operation}`)
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}

function longestRuns(runs: readonly Run[]): Phase['longest'] {
  return Object.fromEntries(
    [...Map.groupBy(runs, ({ handler }) => handler)].map(([handler, all]) => [handler, Math.max(...all.map(({ seconds }) => seconds))]),
  )
}
