// Flags of npm start: what is not known is refused with the value and what is allowed.
import { describe, expect, it } from 'vitest'
import { parseFlags } from '#local/parse-flags.ts'

const problems = (...args: string[]) => {
  const parsed = parseFlags(args)
  return parsed.ok ? [] : parsed.problems
}

describe('the flags', () => {
  it('have defaults', () => {
    expect(parseFlags([])).toMatchObject({
      ok: true,
      flags: { port: undefined, speed: undefined, isOnce: false, isJson: false, isControlled: true },
    })
  })

  it('are read', () => {
    const parsed = parseFlags([
      '--port',
      '0',
      '--speed=1.5',
      '--scenario',
      'steady',
      '--once',
      '--json',
      '--without',
      'rebalance',
      '--dns-port',
      '5300',
    ])
    expect(parsed).toMatchObject({
      ok: true,
      flags: { port: 0, speed: 1.5, scenario: 'steady', isOnce: true, isJson: true, isControlled: false, dnsPort: 5300 },
    })
  })

  it.each([
    [['--sped', '3'], '--sped: not a flag; allowed: --port, --dns-port', 'did you mean --speed?'],
    [['--speed', 'fast'], '--speed: "fast"', 'a number from 1 to 60'],
    [['--speed', '0'], '--speed: "0"', 'a number from 1 to 60'],
    [['--port', '70000'], '--port: "70000"', 'a whole number from 0 to 65535'],
    [['--port', '1.5'], '--port: "1.5"', 'a whole number'],
    [['--port'], '--port: no value', 'a whole number'],
    [['--config', '--once'], '--config: no value', 'the path of a sluice.yaml'],
    [['--speed', '2', '--speed', '3'], '--speed: given 2 times', 'once'],
    [['--without', 'apply'], '--without: "apply"', 'rebalance'],
    [['--once'], '--once: needs a story', '--scenario NAME'],
    [['--json'], '--json', '--once'],
    [['--config', 'a.yaml', '--scenario', 'steady'], '--config', 'leave out'],
    [['steady'], '"steady": no flag', '--scenario'],
  ])('%j is refused', (args, place, allowed) => {
    const text = problems(...args).join('\n')
    expect(text).toContain(place)
    expect(text).toContain(allowed)
  })

  it('are all refused at once', () => {
    expect(problems('--speed', 'x', '--port', 'y')).toHaveLength(2)
  })
})
