// Resolvers keep answers for the TTL, or longer, and ask once for many clients.
import { describe, expect, it } from 'vitest'
import { createResolverPool } from '#local/load/resolver-pool.ts'

const spec = (keepsAtLeastSeconds: number) => ({ resolvers: 1, ipv6Share: 0, mix: [{ share: 1, keepsAtLeastSeconds }] })

function anAuthority(answers: string[][], ttlSeconds = 60) {
  let asked = 0
  return {
    asked: () => asked,
    ask: () => {
      const values = answers[Math.min(asked, answers.length - 1)] ?? []
      asked += 1
      return Promise.resolve({ values, ttlSeconds })
    },
  }
}

describe('a resolver', () => {
  it.each([
    [0, 59, '192.0.2.1'],
    [0, 60, '192.0.2.2'],
    [300, 299, '192.0.2.1'],
    [300, 300, '192.0.2.2'],
  ])('that keeps answers at least %i s says after %i s: %s', async (keeps, later, expected) => {
    const authority = anAuthority([['192.0.2.1'], ['192.0.2.2']])
    const pool = createResolverPool(spec(keeps), authority.ask, () => 0)
    await pool.resolve('a.test', 1000, 0)
    expect(await pool.resolve('a.test', 1000 + later, 0)).toBe(expected)
  })

  it('asks once while a question is under way', async () => {
    const authority = anAuthority([['192.0.2.1']])
    const pool = createResolverPool(spec(0), authority.ask, () => 0)
    const both = await Promise.all([pool.resolve('a.test', 1, 0), pool.resolve('a.test', 1, 0)])
    expect([both, authority.asked(), pool.queries()]).toEqual([['192.0.2.1', '192.0.2.1'], 1, 1])
  })

  it('goes on with what it had when nobody answers', async () => {
    let isDead = false
    const ask = () => (isDead ? Promise.reject(new Error('no answer')) : Promise.resolve({ values: ['192.0.2.1'], ttlSeconds: 60 }))
    const pool = createResolverPool(spec(0), ask, () => 0)
    await pool.resolve('a.test', 0, 0)
    isDead = true
    expect(await pool.resolve('a.test', 100, 0)).toBe('192.0.2.1')
  })

  it('asks again soon for a name that had no records', async () => {
    const authority = anAuthority([[], ['192.0.2.1']])
    const pool = createResolverPool(spec(1800), authority.ask, () => 0)
    expect(await pool.resolve('a.test', 0, 0)).toBeUndefined()
    expect(await pool.resolve('a.test', 6, 0)).toBe('192.0.2.1')
  })
})
