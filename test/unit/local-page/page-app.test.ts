// The page's door: files, the stream, actions with the errors a person can act on, and nobody but loopback.
import { describe, expect, it } from 'vitest'
import { pageApp } from '#local/page/page-app.ts'
import { loadPageAssets } from '#local/page/page-assets.ts'
import { aPageSource, aSnapshot, type FakeSource } from './a-page-source.ts'

const assets = await loadPageAssets()
const ask = (source: FakeSource, path: string, init?: RequestInit, host = 'http://127.0.0.1') =>
  pageApp(source, assets, 5).request(`${host}${path}`, init)
const post = (source: FakeSource, body: string, type = 'application/json') =>
  ask(source, '/actions', { method: 'POST', headers: { 'content-type': type }, body })

describe('the page', () => {
  it.each([
    '/',
    '/page.css',
    '/page.js',
    '/elements.js',
    '/actions.js',
    '/providers.js',
    '/records.js',
    '/stories.js',
    '/charts.js',
    '/uplot.js',
    '/uplot.css',
  ])('serves %s', async (path) => {
    const response = await ask(aPageSource(), path)
    expect([response.status, (await response.text()).length > 100]).toEqual([200, true])
  })

  it('is served to loopback only', async () => {
    const response = await ask(aPageSource(), '/', {}, 'http://evil.example')
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('127.0.0.1')])
  })

  it('streams what it kept, then only what is new', async () => {
    const source = aPageSource()
    source.tell({ at: 1, kind: 'event', sentence: 'before' })
    const response = await ask(source, '/events')
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? ''
    }
    await readUntil('event: beat')
    expect(text).toContain('before')
    text = ''
    source.set(aSnapshot({ at: 1_800_000_020 }))
    source.tell({ at: 2, kind: 'event', sentence: 'after' })
    await readUntil('after')
    expect(text).not.toContain('before')
    await reader?.cancel()
  })
})

describe('an action', () => {
  it('is carried out, with what was left out filled in', async () => {
    const source = aPageSource()
    const response = await post(source, '{"action":"brownOut","provider":"hetzner"}')
    expect([response.status, source.acted]).toEqual([200, [{ action: 'brownOut', provider: 'hetzner', to: 0.4 }]])
  })

  it.each([
    ['an unknown action', '{"action":"explode","provider":"aws"}', 400, 'action: seen "explode"; allowed: one of "brownOut", "fail"'],
    ['an unknown provider', '{"action":"fail","provider":"gcp"}', 400, 'allowed: aws, hetzner'],
    ['a brownout to nothing', '{"action":"brownOut","provider":"aws","to":0}', 400, 'to: seen 0; allowed: a number above 0 and below 1'],
    [
      'an unknown key',
      '{"action":"fail","provider":"aws","hard":true}',
      400,
      'hard: seen the key "hard"; allowed: the keys action, provider; mend: Remove hard.',
    ],
    [
      'no JSON',
      'x',
      400,
      'body: seen "x", which is not JSON; allowed: an action as JSON; mend: Send for instance {"action":"fail","provider":"aws"}',
    ],
    ['no body', '', 400, 'body: seen nothing'],
    ['another value', '7', 400, 'body: seen 7; allowed: a map with the keys action'],
  ])('is refused with its reason: %s', async (_what, body, status, sentence) => {
    const source = aPageSource()
    const response = await post(source, body)
    expect([response.status, source.acted]).toEqual([status, []])
    expect(((await response.json()) as { sentence: string }).sentence).toContain(sentence)
  })

  it('is refused from a foreign form', async () => {
    const source = aPageSource()
    const response = await post(source, '{"action":"fail","provider":"aws"}', 'text/plain')
    expect([response.status, source.acted]).toEqual([415, []])
  })
})
