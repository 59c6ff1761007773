// The flags of `npm run aws`.
import type { Command, Flag } from '#flags/flag.ts'

const MOST_SPEED = 1000

export const AWS_COMMAND = {
  name: 'npm run aws',
  flags: {
    port: {
      kind: 'number',
      about: 'port of the endpoint on loopback; 0: a free one',
      from: 0,
      to: 65_535,
      isWhole: true,
      allowed: 'a whole number from 0 to 65535, 0 for a free one',
      default: 4566,
    },
    speed: {
      kind: 'number',
      about: "seconds of the account's clock per second; 1: real time",
      from: 0.001,
      to: MOST_SPEED,
      allowed: `a number from 0.001 to ${MOST_SPEED}`,
      default: 1,
    },
    json: { kind: 'switch', about: 'print the endpoint and the environment as one line of JSON' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>
