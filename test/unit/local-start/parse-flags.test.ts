// Flags of npm start: what is not known is refused with the value and what is allowed.
import { describe, expect, it } from 'vitest'
import { parseFlags } from '#local/parse-flags.ts'

const problems = (...args: string[]) => {
  const parsed = parseFlags(args, ['steady', 'brownout'])
  return parsed.ok ? [] : parsed.problems
}

describe('the flags', () => {
  it('have defaults', () => {
    expect(parseFlags([], [])).toMatchObject({
      ok: true,
      flags: { port: undefined, speed: undefined, isOnce: false, isJson: false, isControlled: true },
    })
  })

  it('are read', () => {
    const parsed = parseFlags(
      ['--port', '0', '--speed=1.5', '--scenario', 'steady', '--once', '--json', '--without', 'rebalance', '--dns-port', '5300'],
      ['steady'],
    )
    expect(parsed).toMatchObject({
      ok: true,
      flags: { port: 0, speed: 1.5, scenario: 'steady', isOnce: true, isJson: true, isControlled: false, dnsPort: 5300 },
    })
  })

  it.each([
    [['--sped', '3'], '--sped: seen a flag that does not exist; allowed: --port, --dns-port', 'mend: Did you mean --speed?'],
    [['--speed', 'fast'], '--speed: seen "fast"', 'allowed: a number from 1 to 60'],
    [['--speed', '0'], '--speed: seen "0"', 'a number from 1 to 60'],
    [['--port', '70000'], '--port: seen "70000"', 'a whole number from 0 to 65535'],
    [['--port', '1.5'], '--port: seen "1.5"', 'a whole number'],
    [['--port', ' '], '--port: seen " "', 'a whole number'],
    [['--port'], '--port: seen no value', 'a whole number'],
    [['--config', '--once'], '--config: seen no value', 'the path of a sluice.yaml'],
    [['--speed', '2', '--speed', '3'], '--speed: seen 2 of them', 'allowed: one'],
    [['--without', 'apply'], '--without: seen "apply"', 'rebalance'],
    [['--scenario', 'stedy'], '--scenario: seen "stedy"; allowed: steady, brownout', 'mend: Did you mean steady?'],
    [['--once'], '--once: seen no --scenario', 'mend: Add --scenario NAME.'],
    [['--json'], '--json: seen no --once', 'Add --scenario NAME --once'],
    [['--config', 'a.yaml', '--scenario', 'steady'], '--config', 'Leave out'],
    [['steady'], '"steady": seen a word without a flag', '--scenario'],
  ])('%j is refused', (args, place, allowed) => {
    const text = problems(...args).join('\n')
    expect(text).toContain(place)
    expect(text).toContain(allowed)
  })

  it('are all refused at once', () => {
    expect(problems('--speed', 'x', '--port', 'y')).toHaveLength(2)
  })
})
