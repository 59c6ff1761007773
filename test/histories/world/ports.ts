// The ports of one run: the real stages on fakes, with a place to die before and after every call, and the rules asked at every effect.

import type { ApplyPorts } from '#apply/ports.ts'
import type { RebalancePorts } from '#lambdas/rebalance/ports.ts'
import type { ReconcilePorts } from '#lambdas/reconcile/reconcile.ts'
import type { ObservedRecords } from '#model/observed-records.ts'
import { overrideKey, subjectOf } from '#model/override.ts'
import type { ApplyRequest } from '#model/receipt.ts'
import { applyRequest } from '#pipeline.ts'
import type { Sent } from '../rules/rule.ts'
import { through } from './invocation.ts'
import { metricsOf } from './metrics.ts'
import { noteWrite } from './note-write.ts'
import type { Run } from './run.ts'
import { weightsText } from './shares.ts'
import { lookAt } from './view.ts'
import { ask, type World } from './world.ts'

export type Ports = { readonly rebalance: RebalancePorts; readonly apply: ApplyPorts; readonly reconcile: ReconcilePorts }

/** Time an apply has, as its deadline in the function. */
const APPLY_SECONDS = 50

export function portsOf(run: Run, world: World): Ports {
  const { stores, model } = world
  const call = <T>(name: string, effect: () => Promise<T>): Promise<T> => through(run.invocation, name, effect)
  const act = <T>(name: string, effect: () => Promise<T>): Promise<T> =>
    call(name, () => {
      run.didAnything = true
      return effect()
    })
  const clock = { nowSeconds: () => world.nowSeconds }
  const sentBy = (hostname: string, sequence: number): Sent['plan'] =>
    run.plans.findLast((plan) => plan.hostname === hostname && plan.fence.sequence === sequence)

  const zone = world.zone.port({
    sent: (swap, before) => {
      run.didAnything = true
      ask(world, (rule) => rule.sent?.({ run, swap, before, plan: sentBy(swap.hostname, swap.fence.after.sequence) }, world))
    },
    written: (swap, before, after, inSyncAt) => {
      const cause = swap.comment.split(' ').at(-1) ?? ''
      const written = { run, swap, before, after, inSyncAt, cause, plan: sentBy(swap.hostname, swap.fence.after.sequence) }
      world.count('writes')
      world.count(`writes (${cause})`)
      world.tell(
        () => `      run ${run.invocation.id} wrote ${swap.hostname}: ${weightsText(after.members, swap.hostname)}; ${swap.comment}`,
      )
      ask(world, (rule) => rule.written?.(written, world))
      noteWrite(written, world)
      run.hasWritten = true
    },
    note: world.count,
  })

  // The table may be older than what the run itself has just looked at.
  const learn = (observed: ObservedRecords) => {
    if ((run.known.get(observed.hostname)?.observedAt ?? 0) <= observed.observedAt) run.known.set(observed.hostname, observed)
  }

  const records: ApplyPorts['records'] = {
    load: () => call('records.load', () => stores.records.load()),
    get: (hostname) =>
      call('records.get', async () => {
        const found = await stores.records.get(hostname)
        if (found !== undefined) learn(found.observed)
        if (found?.receipt !== undefined) run.remembered.set(hostname, found.receipt.fence)
        return found
      }),
    put: (item) =>
      act('put', async () => {
        const isNews = await stores.records.put(item)
        if (isNews && run.kind === 'sweep' && item.observed.strangers.length > 0) model.strangersKnown.add(item.observed.hostname)
        return isNews
      }),
    unreadable: () => call('records.unreadable', () => stores.records.unreadable()),
  }
  const overrides: RebalancePorts['overrides'] = {
    list: () => call('overrides.list', () => stores.overrides.list()),
    put: (override) =>
      act('overrides.put', async () => {
        model.overrides.set(overrideKey(override.kind, subjectOf(override)), override)
        await stores.overrides.put(override)
      }),
    remove: (key) =>
      act('overrides.remove', () => {
        model.overrides.delete(key)
        return stores.overrides.remove(key)
      }),
  }
  const goodPlans: RebalancePorts['goodPlans'] & ReconcilePorts['goodPlans'] = {
    load: () => call('goodPlans.load', () => stores.goodPlans.load()),
    get: (hostname) => call('goodPlans.get', () => stores.goodPlans.get(hostname)),
    put: (plan) =>
      act('goodPlans.put', async () => {
        const before = await stores.goodPlans.get(plan.hostname)
        world.count('good plans kept')
        ask(world, (rule) => rule.kept?.(plan, before, run, world))
        await stores.goodPlans.put(plan)
        model.good.set(plan.hostname, plan)
      }),
    unreadable: () => call('goodPlans.unreadable', () => stores.goodPlans.unreadable()),
  }
  const journal: RebalancePorts['journal'] = {
    append: (entry) =>
      act('journal.append', () => {
        if (entry.kind === 'applied') model.journalled.set(entry.hostname, entry.receipt.fence)
        return stores.journal.append(entry)
      }),
    record: (decision) =>
      call('journal.record', async () => {
        ask(world, (rule) => rule.decided?.(decision, run, world))
      }),
  }
  const memory: RebalancePorts['memory'] = {
    providers: () => call('memory.providers', () => stores.memory.providers()),
    sets: () =>
      call('memory.sets', () => {
        // A run that looks again whether a newer decision stands has not taken it over.
        if (run.plans.length === 0) run.decision = model.decision
        return stores.memory.sets()
      }),
    advanceProvider: (item, revision) =>
      act('advanceProvider', async () => {
        const isDone = await stores.memory.advanceProvider(item, revision)
        if (isDone) model.providers.set(item.provider, item)
        return isDone
      }),
    advanceSet: (item, revision) =>
      act('advanceSet', async () => {
        const isDone = await stores.memory.advanceSet(item, revision)
        if (!isDone) return false
        const before = model.sets.get(item.set)
        const isOther = (what: 'shares' | 'drained') => JSON.stringify(before?.[what] ?? []) !== JSON.stringify(item[what] ?? [])
        if (isOther('shares') || isOther('drained')) model.decision++
        run.decision = model.decision
        if (isOther('shares')) {
          model.adoptions++
          world.count('decisions adopted')
          world.tell(() => `      run ${run.invocation.id} decided: ${sharesText(item.shares)}`)
        }
        ask(world, (rule) => rule.adopted?.({ run, before, after: item }, world))
        if (before !== undefined) model.setsBefore.set(item.set, before)
        model.sets.set(item.set, item)
        return true
      }),
  }
  let hasBegun = false
  const configuration = {
    load: () =>
      call('configuration.load', async () => {
        // What apply loads for its own part is no beginning.
        if (!hasBegun) run.invocation.startedAt = world.nowSeconds
        hasBegun = true
        return world.configuration
      }),
  }
  const gatedZone: ApplyPorts['zone'] = {
    list: (zoneId, hostname) =>
      call('list', async () => {
        const seen = await zone.list(zoneId, hostname)
        learn(seen)
        return seen
      }),
    swap: (swap) => call('swap', () => zone.swap(swap)),
    changeStatus: (changeId) => call('changeStatus', () => zone.changeStatus(changeId)),
  }
  const apply: ApplyPorts = { zone: gatedZone, records, overrides, goodPlans, journal, clock }
  const applier: RebalancePorts['applier'] = {
    apply: async (request) => {
      // Across the wire, as between two functions; the other one reads the configuration for itself.
      const sent = JSON.parse(JSON.stringify(request)) as ApplyRequest
      run.plans.push(...sent.plans)
      const answer = await applyRequest(sent, await configuration.load(), world.nowSeconds + APPLY_SECONDS, apply)
      run.outcomes.push(...answer.outcomes)
      return answer
    },
  }
  const read = metricsOf(
    world.clouds.all,
    (check) => cloudOfCheck(world, check),
    (check) => world.healthChecks.get(check) ?? 0,
    clock.nowSeconds,
  )
  const metrics: RebalancePorts['metrics'] = {
    read: (queries, from, to) =>
      call('metrics.read', () => {
        run.seen = new Map(
          world.clouds.all.map((cloud) => {
            const bornAt = world.healthChecks.get(checkOf(world, cloud.setup.name)) ?? 0
            return [cloud.setup.name, lookAt(cloud, bornAt, run.invocation.startedAt, world.nowSeconds, world.configuration.policy.timing)]
          }),
        )
        return read(queries, from, to)
      }),
  }
  return {
    apply,
    rebalance: { configuration, metrics, memory, records, overrides, splits: { list: async () => [] }, goodPlans, journal, applier, clock },
    reconcile: {
      zone: gatedZone,
      records,
      goodPlans,
      healthChecks: {
        list: () =>
          call('healthChecks.list', async () =>
            [...world.healthChecks.keys()].map((id) => ({ id, provider: cloudOfCheck(world, id) ?? 'none', endpoint: 'edge' })),
          ),
        remove: (id) =>
          act('healthChecks.remove', async () => {
            world.count('health checks removed')
            ask(world, (rule) => rule.removedCheck?.(id, world))
            world.healthChecks.delete(id)
          }),
      },
      handOver: (observed) =>
        act('handOver', async () => {
          world.inbox.push({ source: 'reconcile', time: world.nowSeconds, observed: [...observed] })
        }),
    },
  }
}

function sharesText(shares: Readonly<Record<string, number>>): string {
  return Object.entries(shares)
    .map(([name, share]) => `${name} ${Math.round(share * 1000) / 10} %`)
    .join(', ')
}

/** `hc-aws`, and `hc-aws~2` once it was replaced. */
function cloudOfCheck({ setup }: World, check: string): string | undefined {
  return setup.clouds.find(({ name }) => check === `hc-${name}` || check.startsWith(`hc-${name}~`))?.name
}

export function checkOf({ configuration }: World, cloud: string): string {
  return configuration.providers.find(({ name }) => name === cloud)?.endpoints[0]?.healthCheckId ?? ''
}
