// dig, an implementation of DNS that is not ours, sees the shares of `npm start` converge when a cloud browns out.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const QUERIES = 300
let system: ChildProcess
let page = ''
let dnsPort = ''

beforeAll(async () => {
  system = spawn('node', ['local/start.js', '--port', '0', '--dns-port', '0', '--aws-port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (system.stdout === null) throw new Error('no output')
  for await (const line of createInterface({ input: system.stdout })) {
    page = /^Page\s+(\S+)/.exec(line)?.[1] ?? page
    dnsPort = /-p (\d+)/.exec(line)?.[1] ?? dnsPort
    if (/weights aws none →/.test(line)) break
  }
  system.stdout.resume()
}, 60_000)

afterAll(async () => {
  const ended = new Promise((resolve) => system.once('exit', resolve))
  system.kill('SIGINT')
  await ended
})

/** Part of the answers that name the cloud of 192.0.2.0/24 (aws). One dig sends all the questions, each a fresh draw. */
async function shareOfAws(): Promise<number> {
  const questions = Array.from({ length: QUERIES }, () => ['media.example.com', 'A']).flat()
  const { stdout } = await run('dig', ['@127.0.0.1', '-p', dnsPort, '+norec', '+short', ...questions])
  const answers = stdout.split('\n').filter(Boolean)
  // Until the first change is in sync the name servers do not know the name.
  if (answers.length < QUERIES) return Number.NaN
  return answers.filter((address) => address.startsWith('192.0.2.')).length / answers.length
}

async function until(what: string, seconds: number, holds: (share: number) => boolean): Promise<number> {
  let share = Number.NaN
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    share = await shareOfAws()
    if (holds(share)) return share
  }
  throw new Error(`dig never saw ${what}; last ${share}`)
}

test('dig sees the shares as rated, then the browned-out cloud lose its share', async () => {
  expect(page).toMatch(/^http:/)
  // Rated 40 and 30: 4/7. Three standard deviations of 300 draws are .086.
  await until('a share near 0.57', 60, (share) => Math.abs(share - 4 / 7) < 0.086)
  const answer = await fetch(new URL('actions', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'brownOut', provider: 'aws', to: 0.3 }),
  })
  expect(await answer.json()).toMatchObject({ isDone: true })
  await until('the share of aws below 0.4', 120, (share) => share < 0.4)
})
