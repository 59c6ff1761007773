// `npm start`: the whole system on one computer, until Ctrl-C or until its story ends.
import { usageOf } from '#flags/flag.ts'
import { createLocalClock, type LocalClock } from '#local/clock/local-clock.ts'
import { type RunningStack, startStack } from '#local/deploy/start-stack.ts'
import { startPage } from '#local/page/start-page.ts'
import { checkExpectations } from '#local/scenario/check-expectations.ts'
import type { Checked } from '#local/scenario/checked.ts'
import type { StoryAccount } from '#local/scenario/events/story-account.ts'
import { scenarioNames } from '#local/scenario/find-scenario.ts'
import { permissionsOf } from '#local/scenario/permissions-used.ts'
import { makeReport, reportText } from '#local/scenario/report.ts'
import { runScenario } from '#local/scenario/run-scenario.ts'
import type { Scenario } from '#local/scenario/scenario-file.ts'
import type { StoryEnding } from '#local/scenario/story-ending.ts'
import { startTerminal, type Terminal } from '#local/terminal/start-terminal.ts'
import { controllerOf } from '#local/world/controller.ts'
import { functionStory } from '#local/world/function-story.ts'
import { createLogStories } from '#local/world/log-story.ts'
import { recordsByHand } from '#local/world/records-by-hand.ts'
import { startWorld, type World } from '#local/world/start-world.ts'
import { choosePort } from './choose-port.ts'
import { errorText, watchEnding } from './ending.ts'
import { loadSetup, type Setup } from './load-setup.ts'
import { type Flags, parseFlags } from './parse-flags.ts'
import { PORTS, startCommand } from './start-command.ts'

const PAGE_BEAT_MILLIS = 1000
/** A story is looked at more often: at 20 times the speed this is every 10 s of the clock. */
const STORY_BEAT_MILLIS = 500
/** What a person wrote wrongly: the command line, or a file it names. Exit code 2. */
const INPUT_ERRORS = new Set(['BadConfiguration', 'UnknownScenario', 'BadScenario'])
const ending = watchEnding()

async function run(flags: Flags): Promise<number> {
  const startedAt = performance.now()
  const setup = await loadSetup(flags)
  const { configuration, scenario } = setup
  // With --json only the report goes to standard output.
  const say = (text: string) => (flags.isJson ? process.stderr : process.stdout).write(`${text}\n`)
  say(`Starting: ${configuration.providers.map(({ name }) => name).join(' and ')} from ${setup.configurationFile}`)
  const clock = createLocalClock({ speed: setup.speed })
  ending.add(() => clock.stop())
  const logStory = createLogStories()
  const stack = await startStack({
    clock,
    configuration,
    port: flags.isOnce ? (flags.awsPort ?? 0) : await choosePort(flags.awsPort, PORTS['aws-port']),
    without: flags.isControlled ? [] : ['rebalance'],
    onLog: (line) => {
      const story = flags.isControlled ? logStory(line) : undefined
      if (story !== undefined) opened?.tell(story)
    },
    onReport: (report) => {
      const story = flags.isControlled ? functionStory(report) : undefined
      if (story !== undefined) opened?.tell(story)
    },
  })
  ending.add(() => stack.stop())
  const world = await openWorld(flags, setup, clock, stack)
  opened = world
  // Functions that Ctrl-C cuts short did not fail: nothing of them is told from here on.
  ending.add(() => {
    opened = undefined
  })
  const page = flags.isOnce && flags.port === undefined ? undefined : await startPage(world, await choosePort(flags.port, PORTS.port))
  if (page !== undefined) ending.add(() => page.close())
  pageUrl = page?.url

  say(
    [
      ...(page === undefined ? [] : [`Page          ${page.url}`]),
      `AWS endpoint  AWS_ENDPOINT_URL=${stack.aws.url} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=${configuration.homeRegion} aws route53 list-hosted-zones`,
      `Operator      AWS_ENDPOINT_URL=${stack.aws.url} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any SLUICE_STAGE=${configuration.stage} npm run -s sluice -- status --region ${configuration.homeRegion}`,
      `DNS           dig +norec +short @127.0.0.1 -p ${world.dnsPort} ${configuration.hostnames[0]?.hostname.replace('*', 'any')}`,
      `Ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, the clock runs ${clock.speed} times as fast as yours${flags.isControlled ? '' : ', without the controller'}. Ctrl-C ends it.`,
    ].join('\n'),
  )
  const terminal = startTerminal(flags.isJson ? { write: (text: string) => process.stderr.write(text) } : process.stdout)
  ending.add(() => terminal.end())
  watch(world, terminal)
  if (!flags.isControlled) await recordsByHand(configuration, configuration.hostnames, stack.aws.route53, world)
  const observed = configuration.hostnames.filter(({ mode }) => mode === 'observe')
  if (flags.isControlled && observed.length > 0) {
    say(`Not written by the controller (mode: observe), so set by hand: ${observed.map(({ hostname }) => hostname).join(', ')}`)
    await recordsByHand(configuration, observed, stack.aws.route53, world)
  }
  if (scenario === undefined) return endless(world, clock, setup)
  const expectations = await tellStory(flags, scenario, world, { stack, clock, configuration }, setup, terminal)
  // `npm run scenarios` judges it, and adds up what the roles of the stack were used for.
  const told: StoryEnding = { expectations, permissions: permissionsOf(stack.aws.iam) }
  process.send?.(told)
  // Without --once the system stays up, so that its end can be looked at.
  if (!flags.isOnce) return new Promise<number>(() => undefined)
  return expectations.every(({ isMet }) => isMet) ? 0 : 1
}

let pageUrl: string | undefined
let opened: World | undefined

async function openWorld(flags: Flags, setup: Setup, clock: LocalClock, stack: RunningStack): Promise<World> {
  const { configuration, scenario } = setup
  const world = await startWorld({
    configuration,
    clock,
    aws: stack.aws,
    controller: flags.isControlled ? await controllerOf(stack.clients.ssm, configuration.stage) : undefined,
    dnsPort: flags.isOnce ? (flags.dnsPort ?? 0) : await choosePort(flags.dnsPort, PORTS['dns-port'], true),
    highestDemand: setup.highestDemand,
    sizes: scenario?.clouds ?? {},
    scenario: scenario?.name,
    beatMillis: scenario === undefined ? PAGE_BEAT_MILLIS : STORY_BEAT_MILLIS,
    pageUrl: () => pageUrl,
  })
  ending.add(() => world.close())
  return world
}

function watch(world: World, terminal: Terminal): void {
  world.onStory((story) => terminal.tell(story))
  world.onBeat((snapshot) => terminal.show(snapshot, world.stories()))
}

/** The clients begin when there are records to ask for. */
async function endless(world: World, clock: LocalClock, setup: Setup): Promise<number> {
  while (!world.snapshot().hostnames.every(({ members }) => members.length > 0)) await clock.sleep(1)
  world.begin()
  world.setDemand([{ atSeconds: 0, requestsPerSecond: setup.demand }])
  return new Promise(() => undefined)
}

async function tellStory(
  flags: Flags,
  scenario: Scenario,
  world: World,
  account: StoryAccount,
  setup: Setup,
  terminal: Terminal,
): Promise<readonly Checked[]> {
  const startedAt = performance.now()
  const mainHostname = setup.configuration.hostnames[0]?.hostname ?? ''
  const recording = await runScenario({ scenario, world, account, mainHostname, isControlled: flags.isControlled })
  const expectations = checkExpectations(scenario, recording)
  const realSeconds = (performance.now() - startedAt) / 1000
  const report = makeReport({ scenario, recording, expectations, isControlled: flags.isControlled, realSeconds })
  terminal.end()
  process.stdout.write(flags.isJson ? `${JSON.stringify(report, undefined, 2)}\n` : `\n${reportText(report)}\n`)
  return expectations
}

async function main(): Promise<void> {
  const scenarios = await scenarioNames()
  const parsed = parseFlags(process.argv.slice(2), scenarios)
  if (!parsed.ok) {
    process.stderr.write(`${parsed.problems.join('\n')}\n\n${usageOf(startCommand(scenarios))}\n`)
    process.exit(2)
  }
  if (parsed.flags.isHelp) {
    process.stdout.write(`${usageOf(startCommand(scenarios))}\n`)
    return
  }
  try {
    await ending.end(await run(parsed.flags))
  } catch (error) {
    const isInput = error instanceof Error && INPUT_ERRORS.has(error.name)
    process.stderr.write(`${isInput ? error.message : errorText(error)}\n`)
    await ending.end(isInput ? 2 : 1)
  }
}

await main()
