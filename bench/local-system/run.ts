// What the local system costs: time until it is ready, memory and page over hours of its own time. `npm run bench:local`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { growthPerHour } from './growth-per-hour.ts'
import { percentile } from './percentile.ts'
import { treeMegabytes } from './tree-megabytes.ts'

const START = fileURLToPath(new URL('../../local/start.js', import.meta.url))
/** The fastest the clients can keep up with on two cores; a clock hour is a minute and what the functions take. */
const SPEED = 60
const SAMPLE_MILLIS = 5000
/** The page is sent a beat a second; the last ones may be this much longer than the first. */
const LIMITS = { readySeconds: 60, megabytes: 1024, beatSeconds: 1.6, beatGrowth: 1.1 }

const { hours } = flagsOrExit({
  name: 'npm run bench:local',
  flags: {
    hours: {
      kind: 'number',
      about: 'how long it runs, by its own clock',
      from: 0.01,
      to: 48,
      allowed: 'a number from 0.01 to 48',
      default: 2,
    },
  },
}).values

const startedAt = performance.now()
const child = spawn(process.execPath, [START, '--port', '0', '--dns-port', '0', '--aws-port', '0', '--speed', String(SPEED)], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
// From the start on: the synthesis, which has a process of its own, belongs to it.
let peakMegabytes = 0
const watch = setInterval(() => (peakMegabytes = Math.max(peakMegabytes, treeMegabytes(child.pid))), 1000)
const page = await pageUrl()
const readySeconds = (performance.now() - startedAt) / 1000
process.stdout.write(`ready in ${readySeconds.toFixed(1)} s; ${hours} h of the clock at ${SPEED} times the speed\n`)

const gaps: number[] = []
const beatBytes: number[] = []
void listen()
const samples: { atHours: number; megabytes: number }[] = []
const first = (await snapshot()).at
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, SAMPLE_MILLIS))
  const atHours = ((await snapshot()).at - first) / 3600
  samples.push({ atHours, megabytes: treeMegabytes(child.pid) })
  if (atHours >= hours) break
}
clearInterval(watch)
child.kill('SIGINT')
const [code] = await once(child, 'exit')

const result = {
  readySeconds,
  peakMegabytes,
  growthMegabytesPerHour: growthPerHour(samples),
  p99BeatSeconds: percentile(gaps, 0.99),
  firstBeatBytes: percentile(beatBytes.slice(0, 30), 0.5),
  lastBeatBytes: percentile(beatBytes.slice(-30), 0.5),
  exitCode: code,
}
for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(24)} ${Number(value).toFixed(2)}\n`)
const isWithin =
  readySeconds <= LIMITS.readySeconds &&
  result.peakMegabytes < LIMITS.megabytes &&
  result.p99BeatSeconds <= LIMITS.beatSeconds &&
  result.lastBeatBytes <= result.firstBeatBytes * LIMITS.beatGrowth &&
  code === 0
process.stdout.write(isWithin ? 'within the limits\n' : `outside the limits ${JSON.stringify(LIMITS)}\n`)
process.exit(isWithin ? 0 : 1)

async function pageUrl(): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    const found = /Page +(http:\S+)/.exec(text)?.[1]
    if (found !== undefined) {
      child.stdout.resume()
      return found
    }
  }
  throw new Error(`the local system ended before it was ready:\n${text}`)
}

async function snapshot(): Promise<{ readonly at: number }> {
  return (await (await fetch(`${page}snapshot`, { headers: { connection: 'close' } })).json()) as { at: number }
}

/** Reads the page's stream as a browser does. */
async function listen(): Promise<void> {
  const response = await fetch(`${page}events`)
  let last: number | undefined
  let rest = ''
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts.filter((text) => text.startsWith('event: beat'))) {
        const now = performance.now()
        if (last !== undefined) gaps.push((now - last) / 1000)
        last = now
        beatBytes.push(part.length)
      }
    }
  } catch {
    // The stream ends with the system.
  }
}
