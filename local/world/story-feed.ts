// Reads the product's own journal and decisions, and turns what is new into sentences with their times.
import type { Decision } from '#model/decision.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import type { ProviderSet } from '#model/provider-set.ts'
import type { Journal } from '#ports/journal.ts'
import { joinStories, type SetStory, storiesOf } from './decision-stories.ts'
import type { Story } from './snapshot.ts'
import { ttlChanges } from './ttl-changes.ts'

export type StoryFeedOptions = {
  readonly journal: Pick<Journal, 'entries' | 'decisions'>
  readonly hostnames: readonly string[]
  readonly sets: readonly ProviderSet[]
  readonly onStory: (story: Story) => void
  readonly onApplied: (entry: Extract<JournalEntry, { kind: 'applied' }>) => void
}

export interface StoryFeed {
  /** Reads what is new. One call at a time. */
  read(): Promise<void>
  /** The newest decision of each set. */
  decisions(): readonly Decision[]
}

/** Overrides that concern every hostname stand in a journal of their own. */
const ALL_HOSTNAMES = '*'

/** How often a write without a decision that explains it, such as a repair, waits for one. */
const PATIENCE_READS = 3

type RecordEntry = Exclude<JournalEntry, { kind: 'override' }>

/** More than one tick can write between two reads. */
const READ_AT_ONCE = 20

export function createStoryFeed({ journal, hostnames, sets, onStory, onApplied }: StoryFeedOptions): StoryFeed {
  const newest = new Map<string, Decision>()
  const told = new Set<string>()
  let waiting: { readonly entry: RecordEntry; readonly reads: number }[] = []

  async function newDecisionStories(set: ProviderSet): Promise<SetStory[]> {
    const told: SetStory[] = []
    for (const decision of (await journal.decisions(set.id, READ_AT_ONCE)).toReversed()) {
      const last = newest.get(set.id)
      if (last !== undefined && decision.at <= last.at) continue
      told.push(...storiesOf(decision, last).map((story) => ({ set, story })))
      newest.set(set.id, decision)
    }
    return told
  }

  /** Entries not told yet, oldest first. */
  async function newEntries(hostname: string): Promise<JournalEntry[]> {
    const found = (await journal.entries(hostname, READ_AT_ONCE)).toReversed()
    return found.filter((entry) => {
      const what = entry.kind === 'canary' ? entry.reason.sentence : entry.kind === 'judged' ? entry.minute.minute : ''
      const key = JSON.stringify([hostname, entry.kind, entry.at, what])
      const isNew = !told.has(key)
      told.add(key)
      return isNew
    })
  }

  return {
    async read() {
      for (const hostname of [ALL_HOSTNAMES, ...hostnames]) {
        for (const entry of await newEntries(hostname)) {
          if (entry.kind === 'applied') onApplied(entry)
          if (entry.kind === 'override') onStory(overrideStory(entry))
          else waiting.push({ entry, reads: 0 })
        }
      }
      const decided: SetStory[] = []
      for (const set of sets) decided.push(...(await newDecisionStories(set)))
      for (const story of joinStories(decided, sets)) onStory(story)
      const reasons = [...newest.values()].flatMap(({ reason, providers }) => [reason, ...providers.map((one) => one.reason)])
      const known = new Set(reasons.map(({ sentence }) => sentence))
      // A write is journaled before the decision that made it: it waits for its reason, if there is one.
      const isExplained = (entry: RecordEntry) => entry.kind === 'applied' && known.has(entry.receipt.reason.sentence)
      const [ready, others] = split(waiting, ({ entry, reads }) => reads >= PATIENCE_READS || isExplained(entry))
      waiting = others.map(({ entry, reads }) => ({ entry, reads: reads + 1 }))
      for (const story of entryStories(
        ready.map(({ entry }) => entry),
        known,
      )) {
        onStory(story)
      }
    },
    decisions: () => [...newest.values()],
  }
}

/** Entries of several hostnames that say the same are one story. A reason that a decision has told already is left out. */
function entryStories(entries: readonly RecordEntry[], known: ReadonlySet<string>): Story[] {
  const grouped = Map.groupBy(
    entries.flatMap((entry) => {
      const text = entryText(entry, known)
      return text === undefined ? [] : [{ entry, text }]
    }),
    ({ entry, text }) => `${entry.kind} ${text}`,
  )
  return [...grouped.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || first.entry.kind === 'inSync' || first.entry.kind === 'judged') return []
    const names = [...new Set(group.map(({ entry }) => entry.hostname))].join(', ')
    return [{ at: first.entry.at, kind: first.entry.kind, sentence: `${names}: ${first.text}` }]
  })
}

function entryText(entry: RecordEntry, known: ReadonlySet<string>): string | undefined {
  switch (entry.kind) {
    case 'applied': {
      const weights = entry.changes.flatMap(({ before, after }) => {
        const record = after ?? before
        // AAAA moves with A.
        if (record === undefined || record.type === 'AAAA') return []
        const [, , provider, , version] = record.setIdentifier.split(':')
        return [`${[provider, version].filter(Boolean).join(' ')} ${before?.weight ?? 'none'} → ${after?.weight ?? 'none'}`]
      })
      const { reason, fence } = entry.receipt
      const why = known.has(reason.sentence) ? '' : `; ${reason.sentence}`
      const written = [`weights ${weights.join(', ') || 'as they were'}`, ...ttlChanges(entry.changes)]
      return `${written.join(', ')}, fence ${fence.generation}/${fence.sequence}${why}`
    }
    case 'refused':
      return entry.refusals.map(({ reason }) => reason.sentence).join('; ')
    case 'conflict':
      return entry.reason.sentence
    case 'canary':
      return entry.reason.sentence
    case 'inSync':
    case 'judged':
      return undefined
    default:
      return undefined
  }
}

function overrideStory({ at, action, override }: Extract<JournalEntry, { kind: 'override' }>): Story {
  const { kind, author, reason } = override
  return {
    at,
    kind: 'override',
    sentence: `${kind} of ${'provider' in override ? override.provider : override.hostname} ${action} by ${author}: ${reason}`,
  }
}

function split<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  const groups = Map.groupBy(values, isFirst)
  return [groups.get(true) ?? [], groups.get(false) ?? []]
}
