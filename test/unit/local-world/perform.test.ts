// Actions reach what they are about: the cloud, its agent, or the product.
import { expect, it } from 'vitest'
import type { CloudCommand } from '#local/clouds/cloud-spec.ts'
import type { Cloud } from '#local/clouds/start-cloud.ts'
import { Action } from '#local/world/action.ts'
import { perform } from '#local/world/perform.ts'
import type { OperatorAction } from '#model/tick-event.ts'

function hands() {
  const done: unknown[] = []
  return {
    done,
    cloudOf: (provider: string) =>
      ({ provider, command: (command: CloudCommand) => Promise.resolve(void done.push([provider, command])) }) as unknown as Cloud,
    agents: {
      silence: (provider: string) => void done.push(['silence', provider]),
      unsilence: (provider: string) => void done.push(['unsilence', provider]),
    },
    operator: { request: (request: OperatorAction) => Promise.resolve(String(done.push(request))) },
    nowSeconds: () => 1000.4,
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
])('%j', async (raw, expected, sentence) => {
  const used = hands()
  expect(await perform(Action.parse(raw), used)).toContain(sentence)
  expect(used.done).toEqual(expected)
})
