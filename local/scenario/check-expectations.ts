// Decides whether what was seen is what the story expects, each with the figure that decides.
import { checkOutcome, checkVersionShare } from './check-canary.ts'
import { checkTtl } from './check-ttl.ts'
import type { Checked } from './checked.ts'
import type { Expectation } from './expectation.ts'
import { type Recording, type Sample, sampleAt } from './recording.ts'
import type { Scenario } from './scenario-file.ts'

export function checkExpectations(scenario: Pick<Scenario, 'expect' | 'lasts'>, recording: Recording): Checked[] {
  return scenario.expect.map((expectation) => ({
    ...check(expectation, recording, scenario.lasts),
    ...(expectation.bites === undefined ? {} : { bites: expectation.bites }),
  }))
}

function check(expectation: Expectation, recording: Recording, lasts: number): Checked {
  const { share, failed, writes, sentence, condition, fence, restored, ttl, versionShare, outcome } = expectation
  if (share !== undefined) return checkShare(share, recording)
  if (failed !== undefined) return checkFailed(failed, recording, lasts)
  if (writes !== undefined) return checkWrites(writes, recording, lasts)
  if (sentence !== undefined) return checkSentence(sentence, recording, lasts)
  if (condition !== undefined) return checkCondition(condition, recording, lasts)
  if (fence !== undefined) return checkFence(fence, recording)
  if (restored !== undefined) return checkRestored(restored, recording)
  if (ttl !== undefined) return checkTtl(ttl, recording)
  if (versionShare !== undefined) return checkVersionShare(versionShare, recording)
  if (outcome !== undefined) return checkOutcome(outcome, recording)
  throw new Error('an expectation without a kind passed the schema')
}

type Kind<Key extends keyof Expectation> = NonNullable<Expectation[Key]>

function checkShare({ provider, of, from, to, above, below }: Kind<'share'>, { samples }: Recording): Checked {
  const value = of === 'measured' ? measuredShare(samples, provider, from, to) : meanShare(samples, provider, of, from, to)
  const bounds = [above === undefined ? '' : `above ${percent(above)}`, below === undefined ? '' : `below ${percent(below)}`].filter(
    Boolean,
  )
  return {
    isMet: value !== undefined && (above === undefined || value > above) && (below === undefined || value < below),
    expected: `${of} share of ${provider} from ${from} to ${to} s ${bounds.join(' and ')}`,
    seen: value === undefined ? 'no requests' : percent(value),
  }
}

function checkFailed(
  { provider, from = 0, to, atMostPercent, atLeastPercent }: Kind<'failed'>,
  recording: Recording,
  lasts: number,
): Checked {
  const end = to ?? lasts
  const { sent, failed } = difference(recording.samples, from, end, provider)
  const value = sent === 0 ? 0 : (100 * failed) / sent
  const least = atLeastPercent === undefined ? '' : ` and at least ${atLeastPercent} %`
  return {
    isMet: sent > 0 && value <= atMostPercent && value >= (atLeastPercent ?? 0),
    expected: `failed requests${provider === undefined ? '' : ` of ${provider}`} from ${from} to ${end} s at most ${atMostPercent} %${least}`,
    seen: `${value.toFixed(2)} % (${failed} of ${sent})`,
  }
}

function checkWrites({ hostname, from = 0, to, atMost, atLeast = 0 }: Kind<'writes'>, recording: Recording, lasts: number): Checked {
  const end = to ?? lasts
  const inTime = recording.writes.filter((write) => write.at >= from && write.at <= end)
  const byHostname = Map.groupBy(inTime, (write) => write.hostname)
  const counts = hostname === undefined ? [...byHostname.values()].map((list) => list.length) : [byHostname.get(hostname)?.length ?? 0]
  const value = Math.max(0, ...counts)
  return {
    isMet: value <= atMost && value >= atLeast,
    expected: `writes of ${hostname ?? 'any hostname'} from ${from} to ${end} s ${atLeast > 0 ? `${atLeast} to ` : 'at most '}${atMost}`,
    seen: String(value),
  }
}

function checkSentence({ matches, from = 0, to }: Kind<'sentence'>, { stories }: Recording, lasts: number): Checked {
  const end = to ?? lasts
  const pattern = new RegExp(matches)
  // What the story itself does is no explanation by the controller.
  const found = stories.find((story) => story.kind !== 'event' && story.at >= from && story.at <= end && pattern.test(story.sentence))
  return {
    isMet: found !== undefined,
    expected: `a sentence like /${matches}/ from ${from} to ${end} s`,
    seen: found === undefined ? 'none' : `at ${Math.round(found.at)} s: ${found.sentence}`,
  }
}

function checkCondition({ provider, is, from = 0, to }: Kind<'condition'>, { samples }: Recording, lasts: number): Checked {
  const end = to ?? lasts
  const seen = samples
    .filter((sample) => sample.at >= from && sample.at <= end)
    .map((sample) => sample.providers[provider]?.condition ?? 'none')
  return {
    isMet: seen.includes(is),
    expected: `${provider} is ${is} at some time from ${from} to ${end} s`,
    seen: [...new Set(seen)].join(', ') || 'nothing',
  }
}

function checkFence({ hostname, generation }: Kind<'fence'>, { writes }: Recording): Checked {
  const byHostname = Map.groupBy(
    writes.filter((write) => hostname === undefined || write.hostname === hostname),
    (write) => write.hostname,
  )
  const isGapless = [...byHostname.values()].every((list) =>
    list.every((write, index) => {
      const before = list[index - 1]
      return before === undefined || (write.sequence === before.sequence + 1 && write.generation >= before.generation)
    }),
  )
  const isLast = [...byHostname.values()].every((list) => generation === undefined || list.at(-1)?.generation === generation)
  const texts = [...byHostname].map(([name, list]) => `${name} ${list.map((write) => `${write.generation}/${write.sequence}`).join(' ')}`)
  return {
    isMet: byHostname.size > 0 && isGapless && isLast,
    expected: `each write raises the sequence of the fence by one${generation === undefined ? '' : `, the last is of generation ${generation}`}`,
    seen: texts.join('; ') || 'no write',
  }
}

function checkRestored({ hostname, by }: Kind<'restored'>, { samples, firstEditAt }: Recording): Checked {
  const before = firstEditAt === undefined ? undefined : samples.findLast((sample) => sample.at < firstEditAt)
  const after = sampleAt(samples, by)
  const pick = (sample: Sample | undefined) => (hostname === undefined ? sample?.weights : sample?.weights[hostname])
  const isMet = before !== undefined && after !== undefined && JSON.stringify(pick(before)) === JSON.stringify(pick(after))
  return {
    isMet,
    expected: `the records at ${by} s are as before the edit`,
    seen: isMet ? 'the same' : JSON.stringify(pick(after) ?? 'no record'),
  }
}

function difference(samples: readonly Sample[], from: number, to: number, provider?: string): { sent: number; failed: number } {
  const [first, last] = [sampleAt(samples, from), sampleAt(samples, to)]
  const of = (sample: Sample | undefined) => (provider === undefined ? sample : sample?.providers[provider])
  return { sent: (of(last)?.sent ?? 0) - (of(first)?.sent ?? 0), failed: (of(last)?.failed ?? 0) - (of(first)?.failed ?? 0) }
}

function measuredShare(samples: readonly Sample[], provider: string, from: number, to: number): number | undefined {
  const all = difference(samples, from, to).sent
  return all === 0 ? undefined : difference(samples, from, to, provider).sent / all
}

function meanShare(samples: readonly Sample[], provider: string, of: 'wanted' | 'answered', from: number, to: number): number | undefined {
  const values = samples
    .filter((sample) => sample.at >= from && sample.at <= to)
    .flatMap((sample) => sample.providers[provider]?.[of] ?? [])
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
