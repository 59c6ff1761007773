// docs/commands.md: what the commands say of themselves, and what holds for all of them.
import type { Command } from 'commander'
import { newContext } from './context.ts'
import { EXIT_MEANINGS } from './exit-codes.ts'
import { allCommands, buildProgram, fullName } from './program.ts'
import type { World } from './world.ts'

/** What a command needs of AWS, beside `sts:GetCallerIdentity`, which needs no permission. */
const READING = [
  ['ssm:GetParameter, ssm:GetParametersByPath', '/sluice/<stage>', 'what is configured, and the names of the table and the functions'],
  [
    'dynamodb:Query, dynamodb:GetItem',
    "the stage's table",
    'what was decided, written and overridden; GetItem for canary plan and canary start',
  ],
] as const
const FURTHER = [
  ['lambda:InvokeFunction', 'sluice-<stage>-rebalance', 'plan, and every command that changes something'],
  ['states:StartExecution, states:DescribeExecution', 'the state machine sluice-<stage>-canary and its executions', 'canary start'],
  ['lambda:InvokeFunction', 'sluice-<stage>-canary-step', 'canary approve, hold, resume, promote, abort, revert'],
  ['lambda:InvokeFunction', 'sluice-<stage>-canary-judge', 'canary plan: asks the read-only judge what a start asks'],
  [
    'lambda:GetFunctionConfiguration',
    'the functions that gates ask',
    'canary plan, where a strategy has checks at gates: whether they exist',
  ],
  ['ssm:GetParametersByPath', '/sluice', 'optional: names the stages that are deployed when a stage is not found'],
  ['cloudwatch:ListMetrics', '*', 'check --live'],
] as const

/** The whole page. */
export function commandsPage(): string {
  const { text, commands } = helpTexts()
  return [
    '# sluice, the command line',
    '',
    'This page is generated from the help of the commands (`npm run docs`); a test fails when it is not up to date.',
    '',
    'In the repository a command is `npm run -s sluice -- status`; `npm link` puts `sluice` on the path, and the package that `npm pack` makes',
    'brings it as its bin; both need Node 24. It works on whatever the AWS settings of the shell lead to: an account (`AWS_PROFILE`, …), or the system that',
    '`npm start` runs on this computer, with the variables that it prints.',
    '',
    '* The stage is `--stage`, else `SLUICE_STAGE`, else the one of `./sluice.yaml` (`SLUICE_CONFIG` names another file).',
    '* What changes something asks the rebalance function, which checks, writes and keeps the journal. The command line itself writes nothing.',
    '* The author is the ARN of your credentials as STS tells it; CloudTrail is the proof. The time is that of AWS, not of your computer.',
    '* Whatever an operator sets has a reason and ends by itself after `--for`. What must last belongs in `sluice.yaml`.',
    '* Times are shown on the local clock (`TZ`) and by their distance from now. Shares are fractions of the traffic from 0 to 1.',
    '* With `--json` standard output is one JSON document (of `judge --replay`: one a line for each minute), also when a command fails: then it is `{"error": {exitCode, code, place, seen, allowed, mend}}`.',
    '',
    '## Exit status',
    '',
    '| status | meaning |',
    '|---|---|',
    ...Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${meaning} |`),
    '',
    '## Permissions',
    '',
    '| actions | on | for |',
    '|---|---|---|',
    ...[...READING, ...FURTHER].map(
      ([actions, on, what]) => `| \`${actions}\` | ${on.replace(/[<>]/g, (one) => (one === '<' ? '&lt;' : '&gt;'))} | ${what} |`,
    ),
    '',
    'Somebody who may read but invoke no function can use status, explain, journal, check and canary status; and canary plan, which then says what was not asked and',
    'ends with 3: for all of it let him invoke canary-judge, too, which only reads. The command judge needs no permission at all.',
    '',
    '## sluice',
    '',
    ...fenced(text),
    ...commands.flatMap(({ name, text }) => ['', `## sluice ${name}`, '', ...fenced(text)]),
    '',
  ].join('\n')
}

function helpTexts(): { text: string; commands: { name: string; text: string }[] } {
  let written = ''
  const nothing = () => Promise.reject(new Error('the help asks nobody'))
  const world: World = {
    version: '',
    timeZone: 'UTC',
    env: {},
    readText: nothing,
    openSession: nothing,
    openCatalog: nothing,
    pause: nothing,
    isTerminal: false,
    write: (_, text) => {
      written += text
    },
  }
  const program = buildProgram(newContext(world))
  const help = (command: Command): string => {
    written = ''
    command.outputHelp()
    return written
  }
  return {
    text: help(program),
    commands: allCommands(program)
      .slice(1)
      .map((command) => ({ name: fullName(command).replace('sluice ', ''), text: help(command) })),
  }
}

function fenced(text: string): string[] {
  return ['```text', ...text.trimEnd().split('\n'), '```']
}
