// A step as a sentence.
import type { Fate, OperatorWish, Setup, Step } from './history.ts'
import { at } from './world/at.ts'

export function tellStep(step: Step, setup: Setup): string {
  const cloud = (index: number) => at(setup.clouds, index).name
  const hostname = (index: number) => at(setup.hostnames, index).hostname
  switch (step.kind) {
    case 'tick': {
      const late = step.lateSeconds > 0 ? `, its event ${step.lateSeconds} s late` : ''
      const copies = step.copies > 1 ? `, ${step.copies} copies of one event` : ''
      return `${step.afterSeconds} s later a tick (${step.source}${late}${copies})${fate(step.fate)}`
    }
    case 'ticks':
      return `${step.count} ticks, a minute apart`
    case 'sweep':
      return `a sweep of reconcile; what it hands over arrives ${step.delivery.replace('-', ' ')}${fate(step.fate)}`
    case 'race': {
      const runners = step.runners.map((runner) => (runner.kind === 'operator' ? wish(runner.wish, setup) : runner.kind)).join(', ')
      const pause = step.pauseSeconds > 0 ? `; ${step.pauseSeconds} s pass before port call ${step.pauseAt}` : ''
      return `at once: ${runners}${pause}`
    }
    case 'resume':
      return `a run that had stopped goes on${fate(step.fate)}`
    case 'wait':
      return `${step.seconds} s pass`
    case 'fail': {
      const how = {
        dead: 'dies',
        'dead-and-silent': 'dies and says nothing',
        'false-alarm': 'is called red and is well',
        empty: 'loses all capacity behind a green check',
      }
      return `${cloud(step.cloud)} ${how[step.how]}`
    }
    case 'recover':
      return `${cloud(step.cloud)} recovers${step.isSilent ? ' and is as silent as before' : ''}`
    case 'brownout':
      return `${cloud(step.cloud)} serves ${percent(step.part)} of its rating and does not say so`
    case 'faulty':
      return `${cloud(step.cloud)} fails ${percent(step.ratio)} of its requests`
    case 'drift':
      return `${cloud(step.cloud)} has ${percent(step.part)} of its rating and says so`
    case 'demand':
      return `clients ask for ${percent(step.fullness)} of all ratings`
    case 'silence':
      return `${step.cloud < 0 ? 'everybody' : cloud(step.cloud)} stops publishing ${step.signals.join(', ') || 'nothing'}`
    case 'speak':
      return 'everybody publishes again'
    case 'nonsense':
      return `${cloud(step.cloud)} publishes a ${step.value} ${step.signal}`
    case 'operator':
      return `an operator: ${wish(step.wish, setup)}${fate(step.fate)}`
    case 'hand':
      return `a hand at ${hostname(step.hostname)}: ${step.edit.replaceAll('-', ' ')} (member ${step.member}, value ${step.value})`
    case 'fight':
      if (step.isDeleting)
        return `a hand at ${hostname(step.hostname)} deletes all, and the sweeps restore it, ${step.weights.length} times`
      return `a hand at ${hostname(step.hostname)} and the sweeps write over each other: member ${step.member} gets ${step.weights.join(', ')}`
    case 'route53':
      return `Route 53: ${step.fault.replaceAll('-', ' ')}, ${step.times} times`
    case 'lose':
      return step.what === 'table' ? 'the table is lost' : `the table loses its ${step.what}`
    case 'redeploy':
      return `a deployment replaces the health check of ${cloud(step.cloud)}`
    case 'broken-plan':
      return `a broken caller sends apply a plan for ${hostname(step.hostname)}: ${step.how.replaceAll('-', ' ')}`
    case 'calm':
      return `everything is mended, a sweep runs, and ${step.ticks} ticks pass`
  }
}

export function tellSetup({ clouds, hostnames, families, fullness, noise }: Setup): string[] {
  const cloud = ({ name, rating, minShare, maxShare }: Setup['clouds'][number]) =>
    `${name} ${rating} requests/s${minShare > 0 || maxShare < 1 ? ` (share ${minShare}–${maxShare})` : ''}`
  const names = hostnames.map(
    ({ hostname, ttlSeconds, mode }) => `${hostname} (TTL ${ttlSeconds}${mode === 'observe' ? ', observed only' : ''})`,
  )
  return [
    `clouds: ${clouds.map(cloud).join(', ')}; clients ask for ${percent(fullness)} of that, noise ±${percent(noise)}`,
    `hostnames: ${names.join(', ')}; addresses: ${families}`,
  ]
}

function fate(one: Fate): string {
  if (one.kind === 'whole') return ''
  const place = typeof one.at === 'number' ? `port call ${one.at}` : `its ${one.at}`
  if (one.kind === 'pause') return `, which stops before ${place}`
  return `, which dies ${one.isAfter ? 'after' : 'before'} ${place}`
}

function wish(one: OperatorWish, setup: Setup): string {
  const hostname = (index: number) => (index < 0 ? 'all hostnames' : at(setup.hostnames, index).hostname)
  switch (one.action) {
    case 'drain':
      return `drain ${at(setup.clouds, one.cloud).name} for ${one.forSeconds} s`
    case 'undrain':
      return `undrain ${at(setup.clouds, one.cloud).name}`
    case 'pin':
      return `pin ${hostname(one.hostname)} ${setup.clouds.map(({ name }, index) => `${name}:${one.parts[index % one.parts.length] ?? 0}`).join(' ')} for ${one.forSeconds} s`
    case 'unpin':
      return `unpin ${hostname(one.hostname)}`
    case 'rollback':
      return `roll ${hostname(one.hostname)} back for ${one.forSeconds} s`
    case 'pause':
      return `pause ${hostname(one.hostname)} for ${one.forSeconds} s`
    case 'resume':
      return `resume ${hostname(one.hostname)}`
  }
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`
}
