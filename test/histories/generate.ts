// Makes random histories. Each has a theme, because what is interesting needs several steps of one kind.

import { type Prng, prng } from '#test/builders/prng.ts'
import type { BrokenPlan, Fate, HandEdit, History, OperatorWish, Place, Runner, Setup, Signal, Step } from './history.ts'

type Theme = Readonly<Partial<Record<Step['kind'], number>>>

/** How often each kind of step comes; `ticks` are many at once. */
const THEMES: readonly Theme[] = [
  // Clouds fail, fade and come back.
  { ticks: 12, tick: 2, fail: 3, recover: 3, brownout: 2, faulty: 1, drift: 2, demand: 1, silence: 1, speak: 1, calm: 1 },
  // Nobody knows anything for sure.
  { ticks: 9, tick: 2, silence: 4, speak: 2, nonsense: 2, drift: 2, fail: 2, recover: 2, brownout: 1, lose: 1 },
  // Operators and hands.
  { ticks: 6, tick: 2, operator: 6, hand: 5, sweep: 4, fail: 1, recover: 1, drift: 1, 'broken-plan': 1, calm: 1 },
  // Functions die, stop, come late, and run at once.
  { ticks: 3, tick: 8, sweep: 3, race: 5, resume: 5, wait: 2, operator: 3, hand: 2, drift: 3, fail: 2, recover: 2, route53: 1 },
  // Route 53 and the table are not what they should be.
  { ticks: 5, tick: 3, route53: 5, lose: 2, redeploy: 2, sweep: 4, hand: 2, operator: 2, drift: 3, fail: 1, recover: 1, calm: 1 },
  // Somebody else writes the same records, again and again.
  { ticks: 4, tick: 3, hand: 6, sweep: 6, fight: 3, wait: 1, operator: 1, drift: 1 },
  // Clouds go and come back, and find their voice later.
  { ticks: 12, tick: 1, fail: 4, recover: 5, silence: 1, speak: 3, brownout: 1, drift: 1, lose: 0.3 },
  // Broken callers.
  { ticks: 3, tick: 1, 'broken-plan': 10, operator: 1, sweep: 1, drift: 1 },
]

const NAMES = ['aws', 'hetzner', 'gcp', 'ovh'] as const
const WHOLE: Fate = { kind: 'whole' }

/** The `number`-th history of a seed. */
export function historyOf(seed: number, number: number): History {
  const chance = prng(seed, number)
  const theme = chance.pick(THEMES)
  const length = 10 + chance.below(50)
  // Every history begins with records that stand.
  const steps: Step[] = [{ kind: 'ticks', count: 2 }]
  // What happens to one cloud beside others that are well says more about it than what happens to all.
  const only = chance.chance(0.35) ? chance.below(4) : undefined
  for (let index = 0; index < length; index++) {
    const step = stepOf(weighted(theme, chance), chance)
    steps.push(only !== undefined && 'cloud' in step ? { ...step, cloud: only } : step)
  }
  return { setup: setupOf(chance), steps }
}

function setupOf(chance: Prng): Setup {
  const count = chance.pick([2, 2, 2, 3, 3, 4])
  const clouds = NAMES.slice(0, count).map((name) => ({ name, rating: 50 + 10 * chance.below(60), minShare: 0, maxShare: 1 }))
  const bounded = clouds.map((cloud, index) => {
    if (index === 0 || !chance.chance(0.12)) return cloud
    return chance.chance(0.5)
      ? { ...cloud, minShare: 0.05 + chance.below(25) / 100 }
      : { ...cloud, maxShare: chance.pick([0, 0.02, 0.2, 0.4]) }
  })
  const isBadTtl = chance.chance(0.04)
  const hostname = (name: string): Setup['hostnames'][number] => ({
    hostname: `${name}.example.com`,
    ttlSeconds: isBadTtl ? 300 : chance.pick([60, 60, 30, 10]),
    mode: 'enforce',
  })
  const hostnames = chance.chance(0.25) ? [hostname('media'), hostname('api')] : [hostname('media')]
  return {
    clouds: bounded,
    hostnames: chance.chance(0.03) ? [...hostnames, { ...hostname('shop'), mode: 'observe' }] : hostnames,
    families: chance.chance(0.04) ? 'torn' : chance.chance(0.3) ? 'both' : 'ipv4',
    fullness: chance.pick([0.3, 0.5, 0.6, 0.7, 0.9]),
    noise: chance.pick([0, 0, 0.03, 0.1]),
    noiseSeed: chance.below(1e6),
  }
}

function weighted(theme: Theme, chance: Prng): Step['kind'] {
  const entries = Object.entries(theme) as [Step['kind'], number][]
  let left = chance.between(
    0,
    entries.reduce((sum, [, weight]) => sum + weight, 0),
  )
  for (const [kind, weight] of entries) {
    left -= weight
    if (left < 0) return kind
  }
  return 'ticks'
}

function stepOf(kind: Step['kind'], chance: Prng): Step {
  const cloud = chance.below(4)
  const hostname = chance.below(3)
  switch (kind) {
    case 'tick':
      return {
        kind,
        source: chance.pick(['schedule', 'alarm']),
        afterSeconds: chance.pick([0, 5, 20, 60, 60]),
        lateSeconds: chance.chance(0.08) ? 61 + chance.below(600) : 0,
        copies: chance.chance(0.1) ? 2 : 1,
        fate: fateOf(chance),
      }
    case 'ticks':
      return { kind, count: 1 + chance.below(chance.pick([4, 8, 20])) }
    case 'sweep':
      return { kind, delivery: chance.pick(['at-once', 'at-once', 'late', 'lost']), fate: fateOf(chance) }
    case 'race':
      return {
        kind,
        runners: Array.from({ length: chance.pick([2, 2, 3]) }, () => runnerOf(chance)),
        order: Array.from({ length: 40 }, () => chance.below(6)),
        pauseAt: chance.below(40),
        pauseSeconds: chance.pick([0, 0, 1, 60, 200]),
      }
    case 'resume':
      return { kind, which: chance.below(3), fate: fateOf(chance) }
    case 'wait':
      return { kind, seconds: chance.pick([1, 10, 60, 200, 900]) }
    case 'fail':
      return { kind, cloud, how: chance.pick(['dead', 'dead', 'dead-and-silent', 'false-alarm', 'empty']) }
    case 'recover':
      return chance.chance(0.3) ? { kind, cloud, isSilent: true } : { kind, cloud }
    case 'brownout':
      return { kind, cloud, part: chance.below(80) / 100 }
    case 'faulty':
      return { kind, cloud, ratio: chance.below(60) / 100 }
    case 'drift':
      return { kind, cloud, part: (5 + chance.below(140)) / 100 }
    case 'demand':
      return { kind, fullness: chance.below(130) / 100 }
    case 'silence':
      return { kind, cloud: chance.chance(0.3) ? -1 : cloud, signals: signalsOf(chance) }
    case 'speak':
      return { kind }
    case 'nonsense':
      return {
        kind,
        cloud,
        signal: chance.pick(['probe', 'capacity', 'load', 'errors']),
        value: chance.pick(['NaN', 'negative', 'infinite', 'huge']),
      }
    case 'operator':
      return { kind, wish: wishOf(chance), fate: fateOf(chance) }
    case 'hand':
      return { kind, hostname, edit: chance.pick(HAND_EDITS), member: chance.below(8), value: chance.below(256) }
    case 'fight':
      return {
        kind,
        hostname,
        member: chance.below(8),
        weights: Array.from({ length: 2 + chance.below(5) }, () => chance.below(256)),
        isDeleting: chance.chance(0.3),
      }
    case 'route53':
      return {
        kind,
        fault: chance.pick(['throttled', 'prior-request', 'lost-answer', 'lost-answer', 'list-fails', 'slow-sync']),
        times: 1 + chance.below(3),
      }
    case 'lose':
      return { kind, what: chance.pick(['records', 'memory', 'table']) }
    case 'redeploy':
      return { kind, cloud }
    case 'broken-plan':
      return { kind, hostname, how: chance.pick(BROKEN_PLANS) }
    case 'calm':
      return { kind, ticks: 3 + chance.below(20) }
  }
}

const HAND_EDITS: readonly HandEdit[] = [
  'weight',
  'weight',
  'weight',
  'ttl',
  'delete-member',
  'delete-all',
  'delete-fence',
  'raise-fence',
  'other-check',
  'delete-check',
  'add-stranger',
  'remove-strangers',
  'remove-strangers',
  'undo',
]

const BROKEN_PLANS: readonly BrokenPlan[] = [
  'fractional-weight',
  'negative-weight',
  'weight-above-255',
  'weight-not-a-number',
  'nobody-left',
  'one-left',
  'zero-by-accident',
  'two-ttls',
  'ttl-too-high',
  'not-ours',
  'older-generation',
  'same-sequence',
  'no-check',
  'shared-check',
  'half-a-family',
  'too-large',
  'blind',
]

function fateOf(chance: Prng): Fate {
  if (chance.chance(0.6)) return WHOLE
  const at: Place = chance.chance(0.35) ? chance.pick(['swap', 'swap', 'advanceSet', 'put'] as const) : chance.below(26)
  return chance.chance(0.5) ? { kind: 'crash', at, isAfter: chance.chance(0.5) } : { kind: 'pause', at }
}

function runnerOf(chance: Prng): Runner {
  const kind = chance.pick(['tick', 'tick', 'tick', 'operator', 'sweep'] as const)
  return kind === 'operator' ? { kind, wish: wishOf(chance) } : { kind }
}

function wishOf(chance: Prng): OperatorWish {
  const forSeconds = chance.pick([90, 600, 3_600])
  const action = chance.pick(['drain', 'drain', 'undrain', 'pin', 'pin', 'unpin', 'rollback', 'pause', 'resume'] as const)
  switch (action) {
    case 'drain':
    case 'undrain':
      return { action, cloud: chance.below(4), forSeconds }
    case 'pin':
      return { action, hostname: chance.below(2), parts: Array.from({ length: 4 }, () => chance.pick([0, 1, 1, 2, 5])), forSeconds }
    case 'unpin':
    case 'rollback':
      return { action, hostname: chance.below(2), forSeconds }
    case 'pause':
    case 'resume':
      return { action, hostname: chance.below(3) - 1, forSeconds }
  }
}

function signalsOf(chance: Prng): Signal[] {
  if (chance.chance(0.3)) return ['probe', 'capacity', 'load', 'errors']
  return (['capacity', 'load', 'errors', 'probe'] as const).filter(() => chance.chance(0.5))
}
