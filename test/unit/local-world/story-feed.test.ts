// The product's journal as sentences: each told once, a write after its reason, hostnames that say the same together.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Story } from '#local/world/snapshot.ts'
import { createStoryFeed } from '#local/world/story-feed.ts'
import type { ConditionKind } from '#model/condition.ts'
import type { Decision } from '#model/decision.ts'
import type { JournalEntry } from '#model/journal-entry.ts'
import { providerSets } from '#model/provider-set.ts'
import { aHostname } from '#test/builders/configuration.ts'

let entries: Record<string, JournalEntry[]>
let decisions: Decision[]
let stories: Story[]
let applied: number
const aSet = (id: string, ...hostnames: string[]) =>
  providerSets(hostnames.map((hostname) => aHostname({ hostname }))).map((set) => ({ ...set, id }))
const feed = (sets = aSet('aws+hetzner', 'a.example.com', 'b.example.com')) => {
  stories = []
  applied = 0
  return createStoryFeed({
    journal: {
      entries: (hostname) => Promise.resolve((entries[hostname] ?? []).toReversed()),
      decisions: (id) => Promise.resolve(decisions.filter(({ set }) => set === id).toReversed()),
    },
    hostnames: ['a.example.com', 'b.example.com'],
    sets,
    onStory: (story) => void stories.push(story),
    onApplied: () => {
      applied += 1
    },
  })
}

beforeEach(() => {
  entries = {}
  decisions = []
})

function aDecision(at: number, over: { isChange?: boolean; kind?: ConditionKind; notice?: string } = {}): Decision {
  const { isChange = false, kind = 'serving', notice } = over
  const reason = { code: 'failures', sentence: 'aws 0.57 → 0.29: 10 % failed' }
  return {
    set: 'aws+hetzner',
    at,
    isChange,
    cause: 'signal',
    providers: [
      {
        provider: 'aws',
        condition: { kind, isRed: false, reason: { code: 'c', sentence: 'aws fails 10 %' } },
        capacityEstimate: 40,
        role: 'serving',
        shareBefore: 0.57,
        share: isChange ? 0.29 : 0.57,
        reason,
      },
    ],
    reason,
    notices: notice === undefined ? [] : [{ code: notice, sentence: `notice ${notice}` }],
    inputs: [],
    signalsRequired: 0,
    signalsMissing: 0,
  }
}

function aWrite(hostname: string, at: number, sentence = 'aws 0.57 → 0.29: 10 % failed'): Extract<JournalEntry, { kind: 'applied' }> {
  const record = (weight: number, type: 'A' | 'AAAA') => ({
    name: hostname,
    type,
    setIdentifier: `sluice:${hostname}:aws:main`,
    weight,
    target: { kind: 'values' as const, values: ['192.0.2.1'], ttlSeconds: 60 },
  })
  const reason = { code: 'x', sentence }
  return {
    kind: 'applied',
    at,
    hostname,
    undo: '{}',
    receipt: { hostname, changeId: 'C1', fence: { generation: 1, sequence: 2 }, submittedAt: at, reason },
    changes: (['A', 'AAAA'] as const).map((type) => ({ before: record(4, type), after: record(2, type), reason })),
  }
}

const sentences = () => stories.map(({ kind, sentence }) => `${kind}: ${sentence}`)

describe('the feed', () => {
  it('names the hostnames a decision is about when there are others', async () => {
    decisions = [aDecision(100, { isChange: true })]
    await feed([...aSet('aws+hetzner', 'a.example.com', 'b.example.com'), ...aSet('aws[0-0.3]+hetzner', 'c.example.com')]).read()
    expect(stories[0]?.sentence).toBe('a.example.com, b.example.com: aws 0.57 → 0.29: 10 % failed')
  })

  it('names three of many hostnames', async () => {
    decisions = [aDecision(100, { isChange: true })]
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.example.com`)
    await feed([...aSet('aws+hetzner', ...many), ...aSet('aws', 'f.example.com')]).read()
    expect(stories[0]?.sentence).toMatch(/^a\.example\.com, b\.example\.com, c\.example\.com and 2 more: aws 0\.57/)
  })

  it('tells once what all sets say', async () => {
    const sets = [...aSet('aws+hetzner', 'a.example.com'), ...aSet('aws[0-0.3]+hetzner', 'c.example.com')]
    const { read } = feed(sets)
    const both = (at: number, kind: ConditionKind) => sets.map(({ id }) => ({ ...aDecision(at, { kind }), set: id }))
    decisions = both(100, 'serving')
    await read()
    decisions = [...decisions, ...both(160, 'degraded')]
    await read()
    expect(sentences()).toEqual(['condition: aws is degraded: fails 10 %'])
  })

  it('tells a change and its writes in this order, once, hostnames together', async () => {
    const { read } = feed()
    entries = { 'a.example.com': [aWrite('a.example.com', 102)], 'b.example.com': [aWrite('b.example.com', 102)] }
    await read()
    expect([sentences(), applied]).toEqual([[], 2])
    decisions = [aDecision(100, { isChange: true })]
    await read()
    await read()
    expect(sentences()).toEqual([
      'decision: aws 0.57 → 0.29: 10 % failed',
      'applied: a.example.com, b.example.com: weights aws 4 → 2, fence 1/2',
    ])
  })

  it('keeps the reason with a write that no decision explains', async () => {
    const { read } = feed()
    decisions = [aDecision(100)]
    entries = { 'a.example.com': [aWrite('a.example.com', 102, 'restored')] }
    for (let i = 0; i < 5; i += 1) await read()
    expect(sentences()).toEqual(['applied: a.example.com: weights aws 4 → 2, fence 1/2; restored'])
  })

  it('does not hold a write for ever when its decision does not come', async () => {
    const { read } = feed()
    entries = { 'a.example.com': [aWrite('a.example.com', 102)] }
    for (let i = 0; i < 10; i += 1) await read()
    expect(sentences()).toHaveLength(1)
  })

  it('tells when a condition turns and when a notice begins, not while they last', async () => {
    const { read } = feed()
    decisions = [aDecision(100)]
    await read()
    decisions = [
      aDecision(100),
      aDecision(160, { kind: 'degraded', notice: 'overload' }),
      aDecision(220, { kind: 'degraded', notice: 'overload' }),
    ]
    await read()
    expect(sentences()).toEqual(['condition: aws is degraded: fails 10 %', 'notice: notice overload'])
  })

  it('tells of overrides, refusals and conflicts', async () => {
    const { read } = feed()
    const override = { kind: 'drain' as const, provider: 'aws', author: 'somebody', reason: 'upgrade', createdAt: 1, expiresAt: 2 }
    entries = {
      '*': [{ kind: 'override', at: 1, hostname: '*', override, action: 'set' }],
      'a.example.com': [
        { kind: 'refused', at: 2, hostname: 'a.example.com', refusals: [{ guard: 'fence', reason: { code: 'f', sentence: 'too old' } }] },
        { kind: 'conflict', at: 3, hostname: 'a.example.com', reason: { code: 'c', sentence: 'somebody wrote' } },
      ],
    }
    decisions = [aDecision(1)]
    for (let i = 0; i < 5; i += 1) await read()
    expect(sentences()).toEqual([
      'override: drain of aws set by somebody: upgrade',
      'refused: a.example.com: too old',
      'conflict: a.example.com: somebody wrote',
    ])
  })
})
