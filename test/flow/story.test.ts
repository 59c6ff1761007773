// A story as a person tells it: npm start -- --scenario NAME --once --json runs the whole system and prints its timeline, its figures and the verdict as data.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import type { Report } from '#local/scenario/report.ts'

const START = fileURLToPath(new URL('../../local/start.js', import.meta.url))

it('a story is told as data, and its exit code says that it went as expected', async () => {
  const child = spawn(process.execPath, [START, '--scenario', 'late-writer', '--once', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const read = { text: '', narration: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    read.text += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    read.narration += chunk
  })
  const [code] = await once(child, 'close')
  const report = JSON.parse(read.text) as Report
  expect(report.expectations.filter(({ isMet }) => !isMet)).toEqual([])
  expect([code, report.scenario, report.isControlled, report.isMet]).toEqual([0, 'late-writer', true, true])
  expect(report.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['event', 'refused']))
  expect(report.sent).toBeGreaterThan(5000)
  expect(read.narration).toContain('Ready in')
}, 240_000)
