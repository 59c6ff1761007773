// What a canary may be raised on, and what it may be blamed for.
import { replay } from '#canary/judge/replay.ts'
import type { Canary, ControlRow, NextState } from '#model/canary.ts'
import type { Advance, CanaryWorld } from '../world.ts'
import { type CanaryRule, stepOf } from './rule.ts'

/** After so long red the controller has to have decided that it is down. */
const KNOWN_MINUTES = 6
/** From the beginning of the newest minute that could be judged until a late task goes by it. */
const MOST_AGE_MINUTES = 8
/** Where a judgement leads that lets a canary go on, or end well. */
const FORWARD: readonly NextState[] = ['Shift', 'Promote', 'Finish']
const NOTHING_MISSING = 1e-9
const TTL_SECONDS = 60
const LAG_SECONDS = 60

export const missingData: CanaryRule = {
  name: 'missing-data',
  advanced: (advance, world) => {
    const { was, is } = stepOf(advance) ?? {}
    if (was === undefined || is === undefined || advance.by.kind !== 'machine') return undefined
    const isPromoted = (is.phase === 'promoting' && was.phase !== 'promoting') || (is.outcome === 'promoted' && was.outcome === undefined)
    const isLetGo = advance.by.event === 'judge' && was.step >= 0 && is.phase !== 'rollingBack' && (FORWARD.includes(is.next) || isPromoted)
    if (isLetGo && world.state.answeredAt < world.now()) return `${is.next} although the judge has not answered`
    const isRaised = is.step > was.step && was.step >= 0
    if (!isPromoted && !isRaised) return undefined
    // What has everything already is promoted by the tick that passes it.
    const { verdict } = advance.by.event === 'judge' ? is : was
    const ageMinutes = (world.now() - (verdict?.minute ?? 0)) / 60
    if (ageMinutes > MOST_AGE_MINUTES) return `${isPromoted ? 'promoted' : 'raised'} on a verdict of ${ageMinutes.toFixed(0)} minutes ago`
    if (minutesOfBoth(was, world) === 0) return `${isPromoted ? 'promoted' : 'raised'} without a minute of both arms since its step began`
    if (verdict?.verdict === 'pass' && !isPublished(was, verdict.minute, world))
      return 'promoted on a pass in a minute of which nothing was published'
    const isOnPass = verdict?.verdict === 'pass' || was.promoteAsked !== undefined
    return isPromoted && !isOnPass ? `promoted on ${verdict?.verdict ?? 'no verdict'}` : undefined
  },
}

export const failoverFirst: CanaryRule = {
  name: 'failover-first',
  advanced: (advance, { state, isWellFor }) => {
    const { was, is } = stepOf(advance) ?? {}
    if (was === undefined || is === undefined || advance.by.kind !== 'machine' || !isWellFor(2)) return undefined
    const down = Object.entries(state.redMinutes).find(([, minutes]) => minutes >= KNOWN_MINUTES)?.[0]
    if (down === undefined) return undefined
    if (raised(advance)) return `raised while ${down} is down`
    return is.judge.counted > was.judge.counted ? `a minute was judged while ${down} is down` : undefined
  },
}

export const propagation: CanaryRule = {
  name: 'propagation',
  advanced: (advance, world) => {
    const { base, now } = world
    const { was, is } = stepOf(advance) ?? {}
    if (was === undefined || is === undefined) return undefined
    const isSettling = was.phase === 'settling' || was.phase === 'promoting'
    if (isSettling && is.judge.counted > was.judge.counted) return 'a minute was judged before the share had settled'
    if (!isSettling || (is.phase !== 'baking' && is.phase !== 'lastBake') || is.reason.code === 'no-way-back') return undefined
    if (now() < advance.after.changedAt + 60) return 'settled before the TTL had passed'
    if (!base.zone.inSync && (was.inSyncAt ?? 0) < advance.after.changedAt) return 'settled before the change was in sync'
    const unseen = is.subject.kind === 'provider' ? unseenProvider(is.subject.provider, advance.after, was, world) : undefined
    if (unseen !== undefined) return unseen
    const wrong = Object.entries(advance.after.versionShares).find(([version, share]) => Math.abs(base.shareOf(version) - share) > 0.02)
    return wrong === undefined
      ? undefined
      : `settled although ${wrong[0]} stands at ${base.shareOf(wrong[0]).toFixed(3)}, wanted ${wrong[1]}`
  },
}

/** What was published since the step was in sync shows a share that its records have not asked for. */
function unseenProvider(
  provider: string,
  { changedAt, providerParts }: ControlRow,
  { inSyncAt = changedAt }: Canary,
  { published, now }: CanaryWorld,
) {
  const since = Math.max(inSyncAt, changedAt)
  const seenMinutes = published.filter(({ at }) => at >= since + TTL_SECONDS && at + 60 + LAG_SECONDS <= now())
  const requests = (name?: string) =>
    seenMinutes.reduce(
      (sum, { clouds }) =>
        sum + Object.entries(clouds).reduce((all, [one, its]) => all + (name === undefined || one === name ? its.requests : 0), 0),
      0,
    )
  const total = requests()
  if (total === 0) return `settled, and nobody came to ${provider} or to anybody else`
  const seen = requests(provider) / total
  const isOut = providerParts[provider] === 0
  const written = published.filter(({ at }) => at >= since - 60).map(({ clouds }) => (isOut ? 0 : clouds[provider]?.written))
  const before = published.findLast(({ at }) => at + 60 <= changedAt)?.clouds[provider]?.written
  if (before === undefined || written.some((share) => share === undefined)) return undefined
  const shares = written.filter((share) => share !== undefined)
  const nearest = Math.min(Math.max(...shares), Math.max(Math.min(...shares), seen))
  const tolerated = 0.02 + 0.25 * Math.max(nearest, Math.abs(nearest - before)) + 3 * Math.sqrt((nearest * (1 - nearest)) / total)
  return Math.abs(seen - nearest) > tolerated + NOTHING_MISSING
    ? `settled with ${seen.toFixed(3)} of the requests at ${provider}, and its records have asked for ${nearest.toFixed(3)}`
    : undefined
}

export const monotoneVerdict: CanaryRule = {
  name: 'monotone-verdict',
  advanced: (advance) => {
    const { was, is } = stepOf(advance) ?? {}
    if (was?.verdict?.verdict !== 'fail' || is === undefined) return undefined
    if (is.verdict?.verdict !== 'fail' || is.judge.failed === undefined) return 'a fail was forgotten'
    if (raised(advance)) return 'raised after a fail'
    return is.outcome === 'promoted' && was.outcome !== 'promoted' ? 'promoted after a fail' : undefined
  },
}

/** What is published is in proportion, without chance: equal arms never are evidence. */
export const commonMode: CanaryRule = {
  name: 'common-mode',
  advanced: (advance, world) => {
    const { was, is } = stepOf(advance) ?? {}
    if (was === undefined || is?.judge.failed === undefined || was.judge.failed !== undefined || is.subject.kind !== 'version')
      return undefined
    const { version, from } = is.subject
    const isEverWorse = world.published.some(({ at, requests, failures }) => {
      if (at < was.startedAt - 60) return false
      // Whole failures: one more than its part is rounding.
      const ratio = (failures[from] ?? 0) / Math.max(1, requests[from] ?? 0)
      return (failures[version] ?? 0) > 1.5 * ratio * (requests[version] ?? 0) + NOTHING_MISSING || (requests[from] ?? 0) < 20
    })
    return isEverWorse ? undefined : `${version} was blamed, and never failed more often than ${from}`
  },
}

export const replayable: CanaryRule = {
  name: 'replayable',
  judged: ({ answer, again }) =>
    JSON.stringify(answer) === JSON.stringify(again) ? undefined : 'the same question was answered in another way',
  advanced: ({ before, after, by }, world) => {
    const ended = before?.canary?.phase !== 'ended' && after.canary?.phase === 'ended' ? unlikeJournal(after.canary, world) : undefined
    if (ended !== undefined) return ended
    if (by.kind !== 'operator' || by.action === 'died' || by.action === 'revert') return undefined
    const { sentence } = after.canary?.reason ?? { sentence: '' }
    return /ops: a history/.test(sentence) || after.canary?.phase === 'rollingBack'
      ? undefined
      : `${by.action} does not say who and why: ${sentence}`
  },
}

/** What a canary has counted at its end is what its minutes in the journal give again. */
function unlikeJournal({ execution, judge }: Canary, { base }: CanaryWorld): string | undefined {
  const judged = base.stores.journal.all.filter((entry) => entry.kind === 'judged')
  const own = judged.filter((entry) => entry.execution === execution && entry.minute.minute <= (judge.minute ?? Number.NEGATIVE_INFINITY))
  const settings = own[0]?.settings
  if (own.length > 0 && settings === undefined) return 'the journal does not say by which settings it was judged'
  const again =
    settings === undefined
      ? []
      : replay(
          own.map(({ minute }) => minute),
          settings,
        )
  const other = own.find(({ verdict }, i) => JSON.stringify(verdict) !== JSON.stringify(again[i]))
  if (other !== undefined)
    return `the minute ${other.minute.minute} of the journal is judged otherwise now: ${other.verdict.reason.sentence}`
  const counted = again.at(-1)?.counted ?? 0
  return counted === judge.counted ? undefined : `the journal has ${counted} counted minutes of ${judge.counted}`
}

function raised({ before, after }: Advance): boolean {
  const { subject } = after.canary ?? {}
  if (subject?.kind === 'version') return (after.versionShares[subject.version] ?? 0) > (before?.versionShares[subject.version] ?? 0)
  if (subject?.kind === 'provider') {
    const part = (row: Advance['before']) => row?.providerParts[subject.provider] ?? subject.from
    return Math.abs(part(after) - subject.from) > Math.abs(part(before) - subject.from) + NOTHING_MISSING
  }
  return false
}

function isPublished({ subject }: Canary, minute: number, { published }: CanaryWorld): boolean {
  return published.some(({ at, requests }) => at === minute && (subject.kind === 'provider' || (requests[subject.version] ?? 0) > 0))
}

function minutesOfBoth({ subject, stepSince }: Canary, { published }: CanaryWorld): number {
  const since = published.filter(({ at }) => at >= stepSince - 60)
  if (subject.kind === 'provider') return since.length
  return since.filter(({ requests }) => (requests[subject.version] ?? 0) > 0).length
}
