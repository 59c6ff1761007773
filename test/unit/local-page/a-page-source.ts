// A page source whose content a test sets; the real one watches the running system.
import type { PageSource } from '#local/page/page-source.ts'
import type { Action } from '#local/world/action.ts'
import { type ProviderView, pointOf, type Snapshot, type Story } from '#local/world/snapshot.ts'

export function aProviderView(over: Partial<ProviderView> = {}): ProviderView {
  return {
    name: 'aws',
    mode: 'running',
    isSilent: false,
    condition: 'serving',
    sentence: 'aws 0.57 → 0.57: all of 23 requests/s served, estimate 40',
    wantedShare: 0.57,
    answeredShare: 0.57,
    measuredShare: 0.58,
    weight: 145,
    requestsPerSecond: 23,
    sent: 600,
    failed: 0,
    failedRatio: 0,
    reportedCapacity: 40,
    effectiveCapacity: 40,
    capacityEstimate: 40,
    checkersHealthy: 1,
    isDrained: false,
    ...over,
  }
}

export function aSnapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    stage: 'prod',
    scenario: undefined,
    isControlled: true,
    at: 1_800_000_000,
    startedAt: 1_800_000_000,
    speed: 20,
    demand: 40,
    failedRatio: 0,
    sent: 1000,
    failed: 0,
    writes: 1,
    providers: [aProviderView(), aProviderView({ name: 'hetzner', wantedShare: 0.43, measuredShare: 0.42, weight: 109 })],
    hostnames: [
      {
        hostname: 'media.example.com',
        fence: 'gen=1 seq=3',
        members: [
          { setIdentifier: 'sluice:media.example.com:aws:ingress-1', provider: 'aws', type: 'A', weight: 145, isHealthy: true },
          { setIdentifier: 'sluice:media.example.com:hetzner:ingress-1', provider: 'hetzner', type: 'A', weight: 109, isHealthy: true },
        ],
      },
    ],
    versions: [],
    canaries: [],
    endpoints: { page: 'http://127.0.0.1:4600/', aws: 'http://127.0.0.1:4566', dnsPort: 5353 },
    ...over,
  }
}

export type FakeSource = PageSource & { readonly acted: Action[]; set(snapshot: Snapshot): void; tell(story: Story): void }

export function aPageSource(first: Snapshot = aSnapshot()): FakeSource {
  let snapshot = first
  const points = [pointOf(first)]
  const stories: Story[] = []
  const acted: Action[] = []
  return {
    acted,
    snapshot: () => snapshot,
    points: () => points,
    stories: () => stories,
    act: (action) => {
      acted.push(action)
      return Promise.resolve({ isDone: true, sentence: 'provider' in action ? `${action.action} ${action.provider}` : action.action })
    },
    set(next) {
      snapshot = next
      points.push(pointOf(next))
    },
    tell: (story) => void stories.push(story),
  }
}
