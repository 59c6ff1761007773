// The flags of `npm run aws`.
import { expect, it } from 'vitest'
import { parseAwsFlags } from '#local/aws/parse-flags.ts'

it('without flags the usual port, in real time, as text', () => {
  expect(parseAwsFlags([])).toEqual({ ok: true, flags: { port: 4566, speed: 1, isJson: false, isHelp: false } })
})

it('takes what is given', () => {
  expect(parseAwsFlags(['--port', '0', '--speed=20', '--json'])).toEqual({
    ok: true,
    flags: { port: 0, speed: 20, isJson: true, isHelp: false },
  })
})

it.each([
  [['--port', '70000'], '--port: "70000"; allowed: a whole number from 0 to 65535'],
  [['--port'], '--port: no value; allowed'],
  [['--port='], '--port: ""; allowed'],
  [['--speed', '0'], '--speed: "0"; allowed: a number above 0'],
  [['--speed', 'fast'], '--speed: "fast"; allowed'],
  [['--prot', '1'], '--prot: not a flag; allowed: --port, --speed, --json, --help'],
  [['extra'], '"extra": not a flag'],
  [['--json=yes'], '--json: "yes"; allowed: no value'],
])('%j is refused', (args, sentence) => {
  const parsed = parseAwsFlags(args)
  expect(parsed.ok ? [] : parsed.problems).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]))
})
