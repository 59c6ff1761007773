// The flags of every script are read in one way: what is not known is refused with place, value, what is allowed and the mend.
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Command, Flag } from '#flags/flag.ts'
import { usageOf } from '#flags/flag.ts'
import { readFlags } from '#flags/read-flags.ts'
import { AWS_COMMAND } from '#local/aws/aws-command.ts'

const COMMAND = {
  name: 'npm run something',
  words: { value: 'NAME', about: 'what to do it with', choices: ['fence', 'ttl'] },
  flags: {
    steps: { kind: 'number', about: 'how many', from: 1, to: 9, isWhole: true, allowed: 'a whole number from 1 to 9', default: 3 },
    factor: { kind: 'number', about: 'how much', from: 0, to: 1, allowed: 'a number from 0 to 1' },
    rule: { kind: 'text', isMany: true, value: 'RULE', about: 'which', allowed: 'red, blue', choices: ['red', 'blue'] },
    file: { kind: 'text', value: 'FILE', about: 'where', allowed: 'a path' },
    json: { kind: 'switch', about: 'as JSON' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>

describe('flags', () => {
  test('that are not given have their defaults', () => {
    const { values, words, isHelp, problems } = readFlags(COMMAND, [])
    expect([values, words, isHelp, problems]).toEqual([
      { steps: 3, factor: undefined, rule: [], file: undefined, json: false },
      [],
      false,
      [],
    ])
    expectTypeOf(values.steps).toEqualTypeOf<number>()
    expectTypeOf(values.factor).toEqualTypeOf<number | undefined>()
    expectTypeOf(values.rule).toEqualTypeOf<readonly string[]>()
  })

  test('are read, words among them', () => {
    const { values, words, problems } = readFlags(COMMAND, [
      'fence',
      '--steps',
      '4',
      '--rule=red',
      '--rule',
      'blue',
      '--json',
      '--file',
      'x y',
      'ttl',
    ])
    expect(problems).toEqual([])
    expect(values).toEqual({ steps: 4, factor: undefined, rule: ['red', 'blue'], file: 'x y', json: true })
    expect(words).toEqual(['fence', 'ttl'])
  })

  test('are explained, each with its default', () => {
    expect(usageOf(COMMAND)).toBe(`npm run something -- [flags] [NAME …]
  NAME         what to do it with
  --steps N    how many (3)
  --factor N   how much
  --rule RULE  which
  --file FILE  where
  --json       as JSON
  --help       this text`)
  })

  test.each(['--help', '-h'])('ask for help by %s', (flag) => {
    expect(readFlags(COMMAND, [flag])).toMatchObject({ isHelp: true, problems: [] })
  })

  test.each([
    [
      ['--step', '4'],
      '--step: seen a flag that does not exist; allowed: --steps, --factor, --rule, --file, --json, --help; mend: Did you mean --steps?',
    ],
    [['--xyzzy'], '--xyzzy: seen a flag that does not exist; allowed: --steps, --factor, --rule, --file, --json, --help; mend: Remove it.'],
    [['--steps', '10'], '--steps: seen "10"; allowed: a whole number from 1 to 9; mend: Write a whole number from 1 to 9.'],
    [['--steps', '1.5'], '--steps: seen "1.5"; allowed: a whole number from 1 to 9; mend: Write a whole number from 1 to 9.'],
    [['--steps', ' '], '--steps: seen " "; allowed: a whole number from 1 to 9; mend: Write --steps and the value.'],
    [['--steps'], '--steps: seen no value; allowed: a whole number from 1 to 9; mend: Write --steps and the value.'],
    [['--file='], '--file: seen ""; allowed: a path; mend: Write --file and the value.'],
    [['--file', '--json'], '--file: seen no value; allowed: a path; mend: Write --file and the value.'],
    [['--file', 'a', '--file', 'b'], '--file: seen 2 of them; allowed: one; mend: Remove all but one.'],
    [['--rule', 'rde'], '--rule: seen "rde"; allowed: red, blue; mend: Did you mean red?'],
    [['--json=yes'], '--json: seen "yes"; allowed: no value; mend: Write --json alone.'],
    [['fense'], 'NAME: seen "fense"; allowed: fence, ttl; mend: Did you mean fence?'],
  ])('%j is refused', (args, sentence) => {
    expect(readFlags(COMMAND, args).problems).toContain(sentence)
  })

  test('are all refused at once', () => {
    expect(readFlags(COMMAND, ['--steps', 'x', '--factor', 'y', 'z']).problems).toHaveLength(3)
  })

  test('of npm run aws take a port and a speed, and no word', () => {
    expect(readFlags(AWS_COMMAND, ['--port', '0', '--speed=20']).values).toEqual({ port: 0, speed: 20, json: false })
    expect(readFlags(AWS_COMMAND, ['extra']).problems).toEqual([
      '"extra": seen a word without a flag; allowed: --port, --speed, --json, --help; mend: Remove it, or put the flag before it.',
    ])
  })
})
