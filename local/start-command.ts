// The flags of `npm start`.
import type { Command, Flag } from '#flags/flag.ts'

export const DEFAULT_SPEED = 20
const MOST_SPEED = 60
export const PORTS = { port: 4600, 'dns-port': 5353, 'aws-port': 4566 } as const

const port = (about: string) =>
  ({
    kind: 'number',
    about,
    from: 0,
    to: 65_535,
    isWhole: true,
    allowed: 'a whole number from 0 to 65535, 0 for a free one',
  }) as const

/** A port that is not given is the usual one, or a free one when that is taken. */
export const startCommand = (scenarios: readonly string[]) =>
  ({
    name: 'npm start',
    flags: {
      port: port(`port of the page (${PORTS.port}; 0: a free one)`),
      'dns-port': port(`port of the name server, UDP and TCP (${PORTS['dns-port']}; 0: a free one)`),
      'aws-port': port(`port of the AWS endpoint (${PORTS['aws-port']}; 0: a free one)`),
      speed: {
        kind: 'number',
        about: `seconds of the clock per second (${DEFAULT_SPEED}, or what the scenario says)`,
        from: 1,
        to: MOST_SPEED,
        allowed: `a number from 1 to ${MOST_SPEED}`,
      },
      config: {
        kind: 'text',
        value: 'FILE',
        about: 'your own sluice.yaml: its providers are simulated',
        allowed: 'the path of a sluice.yaml',
      },
      scenario: {
        kind: 'text',
        value: 'NAME',
        about: 'tell a story from scenarios/',
        allowed: scenarios.join(', '),
        choices: scenarios,
      },
      once: { kind: 'switch', about: 'end when the story ends; exit 0 if it went as expected, 1 if not' },
      json: { kind: 'switch', about: 'with --once: print the report as JSON' },
      without: {
        kind: 'text',
        value: 'rebalance',
        about: 'static weights and health checks only, without the controller',
        allowed: 'rebalance',
        choices: ['rebalance'],
      },
    },
  }) as const satisfies Command<Readonly<Record<string, Flag>>>
