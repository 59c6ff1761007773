// What is tolerated of a provider is learned from how it failed beside the others with the same version; without a history it is the strategy's.
import { describe, expect, test } from 'vitest'
import { withStandingRatio } from '#canary/standing-history.ts'
import { learnSettings } from '#lambdas/canary/judge/learn-settings.ts'
import type { JudgeSettings } from '#model/judge-settings.ts'
import { Strategy } from '#model/strategy.ts'
import { aCanaryConfiguration, aSteadyWorld, QUICK } from '#test/builders/canary-world.ts'
import { aHostname, HOSTNAME } from '#test/builders/configuration.ts'
import { aMinute, judgeSettings, minutes } from '#test/builders/judge.ts'

const LEAVES = { hostname: HOSTNAME, provider: 'hetzner', part: 0 }
const twiceAsOften = { failing: { aws: 0.01, hetzner: 0.02 } }

describe('the start of a provider canary', () => {
  test('puts the upper end of the standing ratio into what is tolerated, and says from what', async () => {
    const world = await aSteadyWorld(undefined, twiceAsOften)
    await world.pass(120)
    await world.start(LEAVES)
    const { toleratedRatio = 0 } = (await world.canary())?.strategy.judge ?? {}
    expect(toleratedRatio).toBeGreaterThan(2)
    expect(toleratedRatio).toBeLessThan(2.3)
    expect(
      (await world.stores.journal.entries(HOSTNAME, 100)).map((entry) => (entry.kind === 'canary' ? entry.reason.sentence : '')),
    ).toContainEqual(
      expect.stringMatching(
        new RegExp(`tolerated ratio ${toleratedRatio}, learned from 12\\d minutes of both arms \\(2 % failed beside 1 %\\)`),
      ),
    )
  })

  test('which has always failed so is not blamed for it; one that gets worse is', async () => {
    const strategy = { ...QUICK, judge: { toleratedRatio: 1 } }
    const world = await aSteadyWorld(aCanaryConfiguration(strategy), twiceAsOften)
    await world.pass(120)
    await world.start(LEAVES)
    await world.pass(10)
    expect((await world.canary())?.verdict?.counted).toBeGreaterThan(2)
    expect((await world.canary())?.verdict?.verdict).not.toBe('fail')
    world.flow.failing.hetzner = 0.08
    await world.pass(30)
    expect((await world.canary())?.outcome).toBe('rolledBack')
  })
})

describe('history that cannot be read', () => {
  const version = { kind: 'version', service: 'media', version: '1.0.9', from: '1.0.8' } as const
  const dead = { read: () => Promise.reject(new Error('CloudWatch is not to be reached')) }
  const learn = (judge: JudgeSettings) => learnSettings(version, aHostname(), judge, aCanaryConfiguration(), dead, 1_800_000_000)

  test('is a reason against the start of what is to be judged by it', async () => {
    expect(await learn(judgeSettings({ metrics: [{ kind: 'failures' }, { kind: 'latency' }] }))).toEqual({
      refused: {
        code: 'no-history',
        sentence: 'media 1.0.9: its history cannot be read: CloudWatch is not to be reached; start it again when CloudWatch answers',
      },
    })
  })

  test('is not asked for where a version is judged by failures alone', async () => {
    expect(await learn(judgeSettings())).toEqual({ settings: judgeSettings(), sentences: [] })
  })
})

describe('what a strategy tolerates', () => {
  test.each<[object]>([[{}], [{ judge: {} }], [{ judge: { maxFailureRatio: 0.01 } }], [{ judge: { metrics: [{ kind: 'failures' }] } }]])(
    'is 1.5 unless told, whatever else it says: %j',
    (strategy) => {
      const settings = Strategy.parse(strategy).judge
      expect(settings.toleratedRatio).toBe(1.5)
      expect(withStandingRatio(settings, []).settings.toleratedRatio).toBe(1.5)
    },
  )

  test('is what it says', () => {
    expect(Strategy.parse({ judge: { toleratedRatio: 1 } }).judge.toleratedRatio).toBe(1)
    expect(Strategy.safeParse({ judge: { maxRatio: 1.4 } }).success).toBe(false)
  })
})

describe('the standing ratio', () => {
  test('of a new cloud is the strategy’s', () => {
    const settings = judgeSettings({ toleratedRatio: 1.5 })
    const alone = Array.from({ length: 60 }, (_, minute) => aMinute(minute, { requests: 0 }))
    expect(withStandingRatio(settings, alone)).toEqual({
      settings,
      sentence: "tolerated ratio 1.5, the strategy's: 0 minutes of both arms teach no other",
    })
  })

  test('is never rounded below what was learned, and what must not pass keeps its distance', () => {
    const settings = judgeSettings({ toleratedRatio: 1.5, maxRatio: 3 })
    const { settings: learned } = withStandingRatio(settings, minutes(1440, { failures: 1 }, { failures: 4 }))
    expect(learned.toleratedRatio).toBeGreaterThanOrEqual(2.25)
    expect(learned.maxRatio).toBeCloseTo(2 * learned.toleratedRatio, 10)
    expect(judgeSettings(learned)).toEqual(learned)
  })
})
