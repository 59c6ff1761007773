// Actions reach what they are about: the cloud, its agent, or the product.
import { expect, it } from 'vitest'
import type { CloudCommand } from '#local/clouds/cloud-spec.ts'
import type { Cloud } from '#local/clouds/start-cloud.ts'
import { Action } from '#local/world/action.ts'
import { perform } from '#local/world/perform.ts'
import type { OperatorAction } from '#model/tick-event.ts'
import { aCanaryConfiguration } from '#test/builders/canary-world.ts'

const NEXT = { service: 'media', version: '1.0.9' }

function hands() {
  const done: unknown[] = []
  return {
    done,
    cloudOf: (provider: string) =>
      ({ provider, command: (command: CloudCommand) => Promise.resolve(void done.push([provider, command])) }) as unknown as Cloud,
    agents: {
      silence: (provider: string) => void done.push(['silence', provider]),
      unsilence: (provider: string) => void done.push(['unsilence', provider]),
      silenceVersion: (of: unknown, isSilent: boolean) => void done.push(['silenceVersion', of, isSilent]),
    },
    operator: { request: (request: OperatorAction) => Promise.resolve(String(done.push(request))) },
    nowSeconds: () => 1000.4,
    configuration: aCanaryConfiguration(),
    canaries: {
      start: (start: unknown) => Promise.resolve(`started ${done.push(['start', start])}`),
      order: (order: unknown) => Promise.resolve(`ordered ${done.push(['order', order])}`),
      stopExecution: (hostname: string) => Promise.resolve(void done.push(['stopExecution', hostname])),
    },
  }
}

it.each([
  [{ action: 'brownOut', provider: 'aws', to: 0.3 }, [['aws', { kind: 'brownOut', to: 0.3 }]], '30 %'],
  [{ action: 'fail', provider: 'aws' }, [['aws', { kind: 'fail' }]], '503'],
  [{ action: 'stop', provider: 'aws' }, [['aws', { kind: 'stop' }]], 'gone'],
  [{ action: 'scale', provider: 'aws', tasks: 3 }, [['aws', { kind: 'scale', tasks: 3 }]], '3 tasks'],
  [{ action: 'silence', provider: 'aws' }, [['silence', 'aws']], 'silent'],
  [
    { action: 'recover', provider: 'aws', warmUp: { fromFraction: 0.1, seconds: 600 } },
    [
      ['aws', { kind: 'recover', warmUp: { fromFraction: 0.1, seconds: 600 } }],
      ['unsilence', 'aws'],
    ],
    'cold: 10 %',
  ],
  [
    { action: 'drain', provider: 'aws', reason: 'upgrade' },
    [{ action: 'drain', provider: 'aws', reason: 'upgrade', expiresAt: 4600 }],
    'drains aws',
  ],
  [{ action: 'undrain', provider: 'aws', reason: 'done' }, [{ action: 'undrain', provider: 'aws', reason: 'done' }], 'ends the drain'],
  [
    { action: 'breakVersion', version: '1.0.9', failing: 0.04 },
    ['aws', 'hetzner'].map((name) => [name, { kind: 'version', of: NEXT, behaviour: { failing: 0.04 } }]),
    'media 1.0.9 at aws and hetzner: 4 % of its requests fail',
  ],
  [
    { action: 'breakVersion', version: '1.0.9', provider: 'aws', slower: 1.25, slowTail: { share: 0.05, seconds: 0.5 } },
    [['aws', { kind: 'version', of: NEXT, behaviour: { slower: 1.25, slowTail: { share: 0.05, seconds: 0.5 } } }]],
    'media 1.0.9 at aws: it takes 1.25 times as long, 5 % of its requests take 0.5 s longer',
  ],
  [
    { action: 'breakVersion', version: '1.0.9', provider: 'aws', isStopped: true },
    [['aws', { kind: 'version', of: NEXT, behaviour: { isStopped: true } }]],
    'media 1.0.9 at aws: it is gone',
  ],
  [{ action: 'silenceVersion', version: '1.0.9' }, [['silenceVersion', NEXT, true]], 'nothing is published'],
  [
    { action: 'canaryStart', version: '1.0.9', author: 'ops', reason: 'release' },
    [['start', { ...NEXT, author: 'ops', reason: 'release' }]],
    'started',
  ],
  [
    { action: 'canaryShift', provider: 'aws', part: 0, author: 'ops', reason: 'leaves' },
    [['start', { hostname: 'media.example.com', provider: 'aws', part: 0, author: 'ops', reason: 'leaves' }]],
    'started',
  ],
  [
    { action: 'canaryAbort', author: 'ops', reason: 'enough' },
    [['order', { action: 'abort', hostname: 'media.example.com', author: 'ops', reason: 'enough' }]],
    'ordered',
  ],
  [{ action: 'stopExecution' }, [['stopExecution', 'media.example.com']], 'stops the execution'],
])('%j', async (raw, expected, sentence) => {
  const used = hands()
  expect(await perform(Action.parse(raw), used)).toContain(sentence)
  expect(used.done).toEqual(expected)
})

it.each([
  [{ action: 'breakVersion', version: '3.0.0', failing: 0.1 }, 'no provider has a version media 3.0.0'],
  [{ action: 'breakVersion', version: '1.0.9', provider: 'gcp', failing: 0.1 }, 'gcp has no version media 1.0.9'],
])('%j is refused, and nothing is done', async (raw, sentence) => {
  const used = hands()
  await expect(perform(Action.parse(raw), used)).rejects.toThrow(sentence)
  expect(used.done).toEqual([])
})
