// Reads the product's own journal and decisions, and turns what is new into sentences with their times.
import type { Decision } from '#model/decision.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import type { Journal } from '#ports/journal.ts'
import type { Story } from './snapshot.ts'

export type StoryFeedOptions = {
  readonly journal: Pick<Journal, 'entries' | 'decisions'>
  readonly hostnames: readonly string[]
  readonly sets: readonly string[]
  readonly onStory: (story: Story) => void
  readonly onApplied: (entry: Extract<JournalEntry, { kind: 'applied' }>) => void
}

export interface StoryFeed {
  /** Reads what is new. One call at a time. */
  read(): Promise<void>
  /** The newest decision of each set. */
  decisions(): readonly Decision[]
}

/** Overrides concern all hostnames; their journal's hostname. */
const ALL_HOSTNAMES = '*'
/** More than one tick can write. */
const READ_AT_ONCE = 20

export function createStoryFeed({ journal, hostnames, sets, onStory, onApplied }: StoryFeedOptions): StoryFeed {
  const newest = new Map<string, Decision>()
  const told = new Set<string>()

  async function readDecisions(set: string): Promise<void> {
    const before = newest.get(set)
    const found = await journal.decisions(set, before === undefined ? 1 : READ_AT_ONCE)
    for (const decision of found.toReversed()) {
      const last = newest.get(set)
      if (last !== undefined && decision.at <= last.at) continue
      for (const story of storiesOf(decision, last)) onStory(story)
      newest.set(set, decision)
    }
  }

  async function readEntries(hostname: string): Promise<void> {
    for (const entry of (await journal.entries(hostname, READ_AT_ONCE)).toReversed()) {
      const key = JSON.stringify([hostname, entry.kind, entry.at])
      if (told.has(key)) continue
      told.add(key)
      if (entry.kind === 'applied') onApplied(entry)
      const story = storyOf(entry)
      if (story !== undefined) onStory(story)
    }
  }

  return {
    async read() {
      for (const set of sets) await readDecisions(set)
      for (const hostname of [...hostnames, ALL_HOSTNAMES]) await readEntries(hostname)
    },
    decisions: () => [...newest.values()],
  }
}

function storiesOf(decision: Decision, before: Decision | undefined): Story[] {
  const { at, reason, isChange } = decision
  const moved = decision.providers.filter(({ share, shareBefore }) => Math.abs(share - shareBefore) > 1e-9)
  const sentences = new Set([reason.sentence, ...moved.map((provider) => provider.reason.sentence)])
  const decided: Story[] = isChange ? [...sentences].map((sentence) => ({ at, kind: 'decision', sentence, code: reason.code })) : []
  const turned = decision.providers.flatMap(({ provider, condition }): Story[] => {
    const was = before?.providers.find((other) => other.provider === provider)?.condition.kind
    if (was === undefined || was === condition.kind) return []
    return [{ at, kind: 'notice', sentence: `${provider} is ${condition.kind}: ${condition.reason.sentence}`, code: condition.reason.code }]
  })
  const noticed = decision.notices
    .filter(({ code }) => !before?.notices.some((other) => other.code === code))
    .map(({ sentence, code }): Story => ({ at, kind: 'notice', sentence, code }))
  return [...turned, ...noticed, ...decided]
}

function storyOf(entry: JournalEntry): Story | undefined {
  const { at, hostname } = entry
  switch (entry.kind) {
    case 'applied': {
      const weights = entry.changes.flatMap(({ before, after }) => {
        const record = after ?? before
        if (record === undefined || record.type === 'AAAA') return []
        return [`${record.setIdentifier.split(':')[2]} ${before?.weight ?? 'none'} → ${after?.weight ?? 'none'}`]
      })
      const { reason, fence } = entry.receipt
      const sentence = `${hostname} (${fence.generation}/${fence.sequence}): ${weights.join(', ') || 'no weight'}; ${reason.sentence}`
      return { at, kind: 'applied', sentence, code: reason.code }
    }
    case 'refused':
      return { at, kind: 'refused', sentence: `${hostname}: ${entry.refusals.map(({ reason }) => reason.sentence).join('; ')}` }
    case 'conflict':
      return { at, kind: 'conflict', sentence: `${hostname}: ${entry.reason.sentence}`, code: entry.reason.code }
    case 'override': {
      const { kind, provider, author, reason } = entry.override
      return { at, kind: 'override', sentence: `${kind} of ${provider} ${entry.action} by ${author}: ${reason}` }
    }
    case 'inSync':
      return undefined
    default:
      return undefined
  }
}
