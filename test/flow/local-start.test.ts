// npm start as a person uses it: the page comes up, a cloud browned out from the page loses its share by itself with the reason, Ctrl-C ends it cleanly.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import type { Snapshot } from '#local/world/snapshot.ts'

const START = fileURLToPath(new URL('../../local/start.js', import.meta.url))
const SPEED = '30'
const WAIT = { timeout: 90_000, interval: 250 }
let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
  child = undefined
})

function start(...args: string[]): { text: () => string; process: ChildProcess } {
  const started = spawn(process.execPath, [START, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  child = started
  let text = ''
  for (const stream of [started.stdout, started.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  return { text: () => text, process: started }
}

it('a cloud browned out from the page loses its share by itself, with the sentence that says why', async () => {
  const local = start('--port', '0', '--dns-port', '0', '--aws-port', '0', '--speed', SPEED)
  const page = await vi.waitFor(() => /Page +(http:\S+)/.exec(local.text())?.[1] ?? Promise.reject(new Error(local.text())), WAIT)
  const snapshot = async () => (await (await fetch(`${page}snapshot`)).json()) as Snapshot
  const aws = async () => (await snapshot()).providers.find(({ name }) => name === 'aws')
  await vi.waitFor(async () => expect(await aws()).toMatchObject({ condition: 'serving', mode: 'running' }), WAIT)
  await vi.waitFor(async () => expect((await aws())?.requestsPerSecond).toBeGreaterThan(15), WAIT)
  const before = (await aws())?.wantedShare ?? 0

  const brownOut = { action: 'brownOut', provider: 'aws', to: 0.3 }
  const asked = await fetch(`${page}actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(brownOut),
  })
  expect(asked.status).toBe(200)
  await vi.waitFor(async () => expect((await aws())?.wantedShare).toBeLessThan(before - 0.1), WAIT)
  await vi.waitFor(async () => expect((await aws())?.measuredShare).toBeLessThan(before - 0.1), WAIT)
  expect(local.text()).toMatch(/decision +aws 0\.\d+ → 0\.\d+: .*failed/)

  local.process.kill('SIGINT')
  const [code] = await once(local.process, 'exit')
  expect([code, local.text().includes('Ending.'), /Error/.test(local.text())]).toEqual([0, true, false])
}, 240_000)

it('a flag that is not known ends it at once, with what is allowed', async () => {
  const local = start('--speeed', '3')
  const [code] = await once(local.process, 'exit')
  expect(code).toBe(2)
  await vi.waitFor(() => expect(local.text()).toContain('Did you mean --speed?'))
})
