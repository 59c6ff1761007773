// Starts the functions of the product as runs of a history.
import { rebalance } from '#lambdas/rebalance/rebalance.ts'
import { reconcile } from '#lambdas/reconcile/reconcile.ts'
import { inForce } from '#model/override.ts'
import type { Plan } from '#model/plan.ts'
import { sameRecords } from '#model/record-identity.ts'
import type { TickEvent } from '#model/tick-event.ts'
import { applyRequest } from '#pipeline.ts'
import type { HostnameRecords } from '#ports/records-store.ts'
import type { Fate } from '../history.ts'
import { type Invocation, oneCall, resume, run as runInvocation, startInvocation } from './invocation.ts'
import { type Ports, portsOf } from './ports.ts'
import type { Run } from './run.ts'
import { ask, loseReceipt, type World } from './world.ts'

const WHOLE: Fate = { kind: 'whole' }

export type Start = { readonly fate?: Fate; readonly isStepwise?: boolean }

/** A run that has not got beyond its first port call when stepwise, else one that has begun. */
async function start(
  world: World,
  kind: Run['kind'],
  label: string,
  event: TickEvent | undefined,
  { fate = WHOLE, isStepwise = false }: Start,
  body: (ports: Ports, run: Run) => Promise<void>,
): Promise<Run> {
  const overrides = inForce(await world.stores.overrides.list(), world.nowSeconds)
  const stored = await world.stores.records.load()
  const knewAll = knowsAll(world, stored)
  const { throttled, priorRequest, lostAnswer, listFails } = world.zone.faults
  const run: Run = {
    invocation: undefined as unknown as Invocation,
    kind,
    event,
    isAlone: fate.kind === 'whole' && !isStepwise,
    overrides,
    knewAll,
    faultsPending: throttled + priorRequest + lostAnswer + listFails > 0,
    wasUnconfirmed: [...stored.values()].some(({ receipt }) => receipt !== undefined && receipt.inSyncAt === undefined),
    hasSettled: world.model.hasSettled,
    zoneCallsBefore: world.zone.calls.count,
    adoptionsBefore: world.model.adoptions,
    seen: undefined,
    plans: [],
    outcomes: [],
    known: new Map(),
    remembered: new Map(),
    decision: Number.POSITIVE_INFINITY,
    report: undefined,
    hasWritten: false,
    didAnything: false,
  }
  const about = { id: ++world.runs, label, startedAt: world.nowSeconds, fate, isStepwise }
  world.count(`runs (${kind})`)
  startInvocation(about, (invocation) => {
    Object.assign(run, { invocation })
    return body(portsOf(run, world), run)
  })
  return run
}

export async function startTick(world: World, event: TickEvent, how: Start = {}): Promise<Run> {
  return start(world, 'tick', event.source, event, how, async ({ rebalance: ports }, run) => {
    run.report = await rebalance(event, ports)
  })
}

export async function startSweep(world: World, how: Start = {}): Promise<Run> {
  return start(world, 'sweep', 'reconcile', undefined, how, async ({ rebalance: { configuration }, reconcile: ports }) => {
    await reconcile(await configuration.load(), ports)
  })
}

/** What a broken caller would send: apply is the last that can refuse it. */
export async function startBrokenPlan(world: World, plan: Plan): Promise<Run> {
  return start(world, 'broken-plan', 'apply', undefined, {}, async ({ apply }, run) => {
    run.plans.push(plan)
    const request = { rollbacks: [], plans: [plan], look: [], confirm: [] }
    const { outcomes } = await applyRequest(request, world.configuration, world.nowSeconds + 50, apply)
    run.outcomes.push(...outcomes)
  })
}

/** Until it ends, dies or stops. */
export async function carryOn(world: World, run: Run): Promise<void> {
  await runInvocation(run.invocation)
  after(world, run)
}

export async function carryOnUnder(world: World, run: Run, fate: Fate): Promise<void> {
  await resume(run.invocation, fate)
  after(world, run)
}

export async function carryOnOneCall(world: World, run: Run): Promise<void> {
  await oneCall(run.invocation)
  if (run.invocation.state !== 'paused') after(world, run)
}

function after(world: World, run: Run): void {
  const { state, error, id } = run.invocation
  if (state === 'paused') {
    run.isAlone = false
    world.model.hasSettled = false
    world.paused.push(run)
    world.count('pauses')
    world.tell(() => `      run ${id} stops before its port call ${run.invocation.calls}`)
    return
  }
  if (state === 'crashed') world.count('crashes')
  const isCutShort = state !== 'ended' || run.outcomes.some(({ kind }) => kind === 'failed')
  if (isCutShort && run.hasWritten) loseReceipt(world)
  if (state === 'failed') world.count(`failures (${error instanceof Error ? error.name : 'unknown'})`)
  if (state !== 'ended') world.tell(() => `      run ${id} ${state}${state === 'failed' ? `: ${String(error)}` : ''}`)
  for (const { kind } of run.outcomes) if (kind !== 'applied') world.count(`outcomes (${kind})`)
  if (run.report?.kind === 'dropped') world.count('late events dropped')
  if (run.report?.kind === 'overtaken') world.count('runs overtaken')
  ask(world, (rule) => rule.ended?.(run, world))
  // What a guard refuses it may let through later, when a fight is forgotten, though nothing has happened.
  const isRefused = run.report?.kind === 'done' && run.report.plans.some(({ refusals }) => refusals.length > 0)
  const didNothing = run.report?.kind === 'done' && run.plans.length === 0 && run.outcomes.length === 0 && !isRefused
  world.model.hasSettled = run.isAlone && didNothing && !run.wasUnconfirmed && run.overrides.length === 0
}

/** The table holds exactly what stands. */
function knowsAll({ setup, zone }: World, stored: ReadonlyMap<string, HostnameRecords>): boolean {
  return setup.hostnames.every(({ hostname }) => {
    const known = stored.get(hostname)?.observed
    const standing = zone.standing(hostname)
    return (
      known !== undefined &&
      sameRecords(known.members, standing.members) &&
      known.fence?.generation === standing.fence?.generation &&
      known.fence?.sequence === standing.fence?.sequence &&
      known.fence?.ttlSeconds === standing.fence?.ttlSeconds &&
      known.strangers.length === standing.strangers.length
    )
  })
}
