// A wrong story is refused with place, value, what is allowed and how to mend it; the stories of the repository are right.
import { describe, expect, it } from 'vitest'
import { formatProblems } from '#config/problem.ts'
import { checkProviders, findScenario, scenarioNames } from '#local/scenario/find-scenario.ts'
import { parseScenario } from '#local/scenario/parse-scenario.ts'

const GOOD = `tells: A test.
lasts: 600
demand: 40
events:
  - at: 60
    brownOut: { provider: aws, to: 0.4 }
expect:
  - failed: { atMostPercent: 1 }
`

const parse = (text: string) => parseScenario(text, 'scenarios/test.yaml', 'test')
const problemText = (text: string) => {
  const parsed = parse(text)
  return parsed.ok ? 'no problem' : formatProblems(parsed.problems)
}

describe('a story', () => {
  it('is read with its defaults', () => {
    expect(parse(GOOD)).toMatchObject({
      ok: true,
      scenario: { name: 'test', speed: 20, clouds: {}, events: [{ at: 60, brownOut: { to: 0.4 } }] },
    })
  })

  it.each([
    ['an unknown key', GOOD.replace('lasts', 'last'), 'the key "last"', 'Did you mean lasts?'],
    ['an unknown event', GOOD.replace('brownOut', 'brownout'), 'the key "brownout"', 'Did you mean brownOut?'],
    ['a number out of range', GOOD.replace('0.4', '1.4'), 'events[0].brownOut.to', '1.4'],
    ['two events in one', GOOD.replace('to: 0.4 }', 'to: 0.4 }\n    demand: 3'), 'events[0]', 'exactly one of brownOut, fail'],
    ['no event in one', GOOD.replace('    brownOut: { provider: aws, to: 0.4 }\n', ''), 'events[0]', 'exactly one of'],
    [
      'a pattern that is none',
      GOOD.replace('failed: { atMostPercent: 1 }', 'sentence: { matches: "(" }'),
      'sentence.matches',
      'a regular expression',
    ],
    [
      'biting with what nobody measures',
      GOOD.replace('failed: { atMostPercent: 1 }', 'writes: { atMost: 1 }\n    bites: true'),
      'expect[0].bites',
      'beside a measured share',
    ],
    ['no expectation', GOOD.replace(/expect:[\s\S]*/, 'expect: []\n'), 'expect', 'a list of at least 1'],
    ['a missing key', GOOD.replace('demand: 40\n', ''), 'demand', 'Add demand'],
    ['no YAML', 'tells: [', 'scenarios/test.yaml', 'YAML'],
  ])('is refused for %s', (_what, text, place, allowed) => {
    const problem = problemText(text)
    expect(problem).toContain(place)
    expect(problem).toContain(allowed)
    expect(problem).toContain('mend:')
  })

  it('cannot speak of a provider that the configuration does not have', () => {
    const parsed = parse(GOOD)
    if (!parsed.ok) throw new Error('the story is right')
    expect(() => checkProviders(parsed.scenario, ['hetzner'])).toThrow(
      'brownOut.provider: seen "aws", which is no provider of the configuration; allowed: hetzner; mend: ',
    )
  })

  it('that does not exist is answered with those that do', async () => {
    await expect(findScenario('stead')).rejects.toMatchObject({
      name: 'UnknownScenario',
      message: expect.stringContaining('mend: Did you mean steady?'),
    })
  })

  it('of the repository is right, whichever it is', async () => {
    const scenarios = await Promise.all((await scenarioNames()).map(findScenario))
    expect(scenarios.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['steady', 'hard-failure', 'brownout', 'cold-return', 'hand-edit', 'metrics-blackout']),
    )
    // Under 90 s each, start included; a canary takes its steps.
    for (const { name, lasts, speed } of scenarios) {
      const mostSeconds = name.startsWith('canary-') ? 170 : 70
      expect([name, lasts / speed < mostSeconds]).toEqual([name, true])
    }
  })
})
