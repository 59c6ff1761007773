// Every command against an installation in memory: what is asked of the function, what is printed, and the exit status.
import { describe, expect, test } from 'vitest'
import { Policy } from '#model/policy.ts'
import { aConfiguration, aHostname, aProvider, HOSTNAME } from '#test/builders/configuration.ts'
import { AUTHOR, START } from '#test/builders/controller.ts'
import { aDecision } from '#test/builders/decision.ts'
import { aWorld } from './a-world.ts'

const settled = async (configuration = aConfiguration(), ticks = 3) => {
  const world = aWorld(configuration)
  await world.tick(ticks)
  return world
}

/** Long enough after the first write for signals to cause another. */
const ripe = () => settled(aConfiguration(), 6)

describe('plan', () => {
  test('shows the decision, the sentences and the changes that would be written, and stores nothing', async () => {
    const world = await ripe()
    world.clouds.hetzner = { capacity: 100 }
    const { exitCode, out } = await world.sluice('plan')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^media\.example\.com\n/)
    expect(out).toMatch(/PROVIDER +CONDITION +SHARE +MEASURED +CAPACITY\n +aws +serving +0\.63 → 0\.8\d/)
    expect(out).toMatch(/ {2}hetzner 0\.38 → 0\.1\d: serves 100 requests\/s, estimate 300 → 100/)
    expect(out).toMatch(/media\.example\.com \(enforce\): \d changes? would be written\n {2}TYPE +MEMBER +WEIGHT/)
    expect(world.events).toEqual([{ source: 'operator', time: START + 360, author: AUTHOR, dryRun: true, request: { action: 'tick' } }])
    expect(world.zone.calls.swap).toBe(1)
  })

  test('of a hostname that nobody has looked at yet says so', async () => {
    const { out } = await aWorld().sluice('plan', HOSTNAME)
    expect(out).toContain('media.example.com: not looked up in Route 53 yet; the next tick does')
  })

  test('ends with 1 and the sentence when a guard refuses a change', async () => {
    const world = await ripe()
    await world.sluice('pause', '--reason', 'migration', '--for', '1h')
    // The next window: one that was read already is not read again.
    world.sleep(60)
    world.clouds.hetzner = { capacity: 100 }
    const { exitCode, out } = await world.sluice('plan')
    expect(exitCode).toBe(1)
    expect(out).toMatch(/\(enforce\): \d changes?, refused\n/)
    expect(out).toMatch(/Refused by paused: .*migration/)
  })

  test('of one hostname with --json tells the decision it follows, its plan and its outcome, and no other', async () => {
    const other = aHostname({ hostname: 'other.example.com', providers: [{ provider: 'aws', minShare: 0, maxShare: 1 }] })
    const world = aWorld(aConfiguration({ hostnames: [aHostname(), other] }))
    const names = [HOSTNAME, 'other.example.com']
    const reason = { code: 'capacity', sentence: 'shares follow capacity' }
    const answer = {
      kind: 'dry-run' as const,
      decisions: [aDecision({ aws: 0.6, hetzner: 0.4 }), aDecision({ aws: 1 })],
      plans: names.map((hostname) => ({ hostname, cause: 'signal' as const, changes: [], reason, refusals: [] })),
      outcomes: names.map((hostname) => ({ kind: 'deferred' as const, hostname, reason })),
      confirmed: [],
    }
    Object.assign(world.session, { rebalance: async () => ({ kind: 'answered', answer }) })
    expect((await world.json('plan')).value).toEqual(answer)
    const { value } = await world.json('plan', 'other.example.com')
    expect(value).toEqual({
      ...answer,
      decisions: answer.decisions.slice(1),
      plans: answer.plans.slice(1),
      outcomes: answer.outcomes.slice(1),
    })
  })

  test('in mode observe shows the changes and says that they are shown only', async () => {
    const world = await settled(aConfiguration({ hostnames: [aHostname({ mode: 'observe' })] }))
    const { exitCode, out } = await world.sluice('plan')
    expect([exitCode, out.includes('(observe): 2 changes, shown only: the mode is observe')]).toEqual([0, true])
  })
})

describe('drain', () => {
  test('asks with author, reason, expiry and the service’s time, and shows what was written', async () => {
    const world = await settled()
    const { exitCode, out } = await world.sluice('drain', 'hetzner', '--reason', 'kernel update', '--for', '2h')
    expect(world.events).toEqual([
      {
        source: 'operator',
        time: START + 180,
        author: AUTHOR,
        dryRun: false,
        request: { action: 'drain', provider: 'hetzner', reason: 'kernel update', expiresAt: START + 180 + 7200 },
      },
    ])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^hetzner is drained until 10:03:30 \(in 2h\)\.\n/)
    expect(out).toContain(`hetzner 0.38 → 0.00: is drained by ${AUTHOR}: kernel update`)
    expect(out).toMatch(/\(enforce\): written, change C2, generation 1 sequence 2\n/)
    expect(out).toMatch(/A +hetzner:edge +\d+ → 0 /)
    expect(world.zone.standing.members.map(({ weight }) => weight > 0)).toEqual([true, false])
  })

  test('--dry-run shows the same and leaves everything as it was', async () => {
    const world = await settled()
    const { exitCode, out } = await world.sluice('drain', 'hetzner', '--reason', 'x', '--for', '2h', '--dry-run')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^Dry run: nothing was stored or written\. Without --dry-run: hetzner is drained until/)
    expect(out).toContain('would be written')
    expect(world.zone.calls.swap).toBe(1)
    expect((await world.json('status')).value.hostnames[0].overrides).toEqual([])
  })

  test.each([
    [['drain', 'hetzner', '--for', '2h'], "required option '--reason <text>' not specified"],
    [['drain', 'hetzner', '--reason', 'x'], "required option '--for <duration>' not specified"],
    [['drain', 'hetzner', '--reason', ' ', '--for', '2h'], 'sluice drain: --reason\n  seen:    " "'],
    [['drain', 'hetzer', '--reason', 'x', '--for', '2h'], 'mend:    Did you mean hetzner?'],
    [['drain', '--reason', 'x', '--for', '2h'], "missing required argument 'provider'"],
    [['drian'], "unknown command 'drian'"],
    [['status', '--sage', 'x'], 'Did you mean --stage?'],
    [['status', 'a.example.com', 'b.example.com'], 'too many arguments'],
  ])('%j is bad usage: 2, on standard error, and nobody is asked', async (words, message) => {
    const world = aWorld()
    const { exitCode, out, err } = await world.sluice(...words)
    expect({ exitCode, out, asked: world.events }).toEqual({ exitCode: 2, out: '', asked: [] })
    expect(err).toContain(message)
  })

  test('of what is not drained is refused with what is: 1', async () => {
    const world = await settled()
    await world.sluice('drain', 'aws', '--reason', 'x', '--for', '2h')
    const { exitCode, out } = await world.sluice('undrain', 'hetzner', '--reason', 'x')
    expect([exitCode, out]).toEqual([
      1,
      'Refused: provider: seen "hetzner", which has no drain; allowed: what has a drain: aws; mend: Name one of them.\n',
    ])
    expect((await world.sluice('undrain', 'aws', '--reason', 'done')).exitCode).toBe(0)
  })
})

describe('pin', () => {
  test('holds the shares under a new generation, and unpin lets go', async () => {
    const world = await settled()
    const pinned = await world.sluice('pin', HOSTNAME, 'aws=.9', 'hetzner=10%', '--reason', 'sale', '--for', '6h')
    expect(pinned.exitCode).toBe(0)
    expect(pinned.out).toMatch(/^media\.example\.com is pinned at aws 0\.90, hetzner 0\.10 until 14:03:30 \(in 6h\)\./)
    expect(pinned.out).toContain('generation 2 sequence 2')
    const status = await world.sluice('status')
    expect(status.out).toMatch(/aws +serving +0\.90 +0\.90/)
    expect(status.out).toContain(`overrides       pin of ${HOSTNAME} at aws 0.90, hetzner 0.10 until 14:03:30 (in 6h), by ${AUTHOR}: sale`)
    await world.tick()
    expect((await world.sluice('unpin', HOSTNAME, '--reason', 'over')).exitCode).toBe(0)
    expect((await world.sluice('unpin', HOSTNAME, '--reason', 'over')).exitCode).toBe(1)
  })
})

test('a pin under which nobody more may be lost is refused where policy says so: 1, with or without --dry-run', async () => {
  const names = ['aws', 'gcp', 'hetzner']
  const policy = Policy.parse({ mode: 'enforce', guards: { nMinusOne: 'refuse' } })
  const hostnames = [aHostname({ providers: names.map((provider) => ({ provider, minShare: 0, maxShare: 1 })) })]
  const world = aWorld(aConfiguration({ policy, providers: names.map((name) => aProvider({ name, rating: 100 })), hostnames }))
  for (const name of names) world.clouds[name] = { capacity: 100, load: 50 }
  await world.tick(8)
  for (const more of [['--dry-run'], []]) {
    const { exitCode, out } = await world.sluice('pin', HOSTNAME, 'aws=.5', 'gcp=.4', 'hetzner=.1', '--reason', 'x', '--for', '1h', ...more)
    expect(exitCode).toBe(1)
    expect(out).toContain(
      `Refused: shares: seen ${HOSTNAME}: without gcp, aws would get 125 % of its capacity; by capacity it would be 75 %`,
    )
  }
})

describe('pause and resume', () => {
  test('concern all hostnames unless one is named, and the refusals they bring are no failure', async () => {
    const world = await ripe()
    world.clouds.hetzner = { capacity: 100 }
    expect(await world.sluice('pause', '--reason', 'x', '--for', '1h')).toMatchObject({
      exitCode: 0,
      out: 'all hostnames are paused until 09:06:30 (in 1h).\n',
    })
    expect((await world.sluice('resume', HOSTNAME, '--reason', 'x')).exitCode).toBe(1)
    const resumed = await world.sluice('resume', '--reason', 'x')
    expect(resumed.exitCode).toBe(0)
    expect(resumed.out).toContain('written, change C2')
    expect(world.events.map(({ request }) => 'hostname' in request && request.hostname)).toEqual(['*', HOSTNAME, '*'])
  })
})

describe('rollback', () => {
  test('without an earlier good plan is refused: 1, with or without --dry-run', async () => {
    const world = await settled()
    const sentence = `${HOSTNAME} has no earlier plan that was good and differs from what stands`
    const real = await world.sluice('rollback', HOSTNAME, '--reason', 'x')
    expect([real.exitCode, real.out]).toEqual([1, `${HOSTNAME}: refused\n  ${sentence}\n`])
    const dry = await world.sluice('rollback', HOSTNAME, '--reason', 'x', '--dry-run')
    expect([dry.exitCode, dry.out]).toEqual([real.exitCode, real.out])
  })

  test('brings the last good plan back and pins it for 12 hours; --dry-run shows the changes first', async () => {
    const world = aWorld()
    await world.tick(8)
    await world.sluice('pin', HOSTNAME, 'aws=.9', 'hetzner=.1', '--reason', 'mistake', '--for', '1h')
    const preview = await world.sluice('rollback', HOSTNAME, '--reason', 'x', '--dry-run')
    expect(preview.exitCode).toBe(0)
    expect(preview.out).toMatch(
      /^Dry run: nothing .* Without --dry-run: media\.example\.com is rolled back and pinned until .*\n\nmedia\.example\.com \(enforce\): \d changes? would be written\n {2}TYPE.*\n {2}A +aws:edge/,
    )
    const { exitCode, out } = await world.sluice('rollback', HOSTNAME, '--reason', 'x')
    expect(exitCode).toBe(0)
    expect(out).toMatch(
      /^media\.example\.com is rolled back and pinned until 20:08:30 \(in 12h\)\.\n\nmedia\.example\.com: written, change C3/,
    )
    expect((await world.sluice('status')).out).toMatch(/overrides +rollback of media\.example\.com at aws 0\.63, hetzner 0\.38/)
  })
})

describe('status', () => {
  test('shows condition, wanted, records, weights, sentences, the last change and the last good plan', async () => {
    const world = aWorld()
    await world.tick(8)
    const { exitCode, out } = await world.sluice('status', HOSTNAME)
    expect(exitCode).toBe(0)
    expect(out.split('\n').slice(0, 6)).toEqual([
      `${HOSTNAME} (enforce), generation 1, sequence 1`,
      '  PROVIDER  CONDITION  WANTED  RECORDS  MEASURED  WEIGHTS',
      '  aws       serving      0.63     0.63      0.50  A 5',
      '  hetzner   serving      0.38     0.38      0.50  A 3',
      expect.stringContaining('  aws stays at 0.63'),
      expect.stringContaining('  hetzner stays at 0.38'),
    ])
    expect(out).toMatch(/ {2}decided {9}08:07:30 \(1m ago\)\n/)
    expect(out).toMatch(/ {2}last change {5}08:00:30 \(8m ago\), in sync after 1m, change C1: /)
    expect(out).toMatch(/ {2}last good plan {2}aws 0\.63, hetzner 0\.38, in sync since 08:01:30 \(7m ago\)/)
  })

  test('of an installation that has not ticked yet says so', async () => {
    const { exitCode, out } = await aWorld().sluice('status')
    expect(exitCode).toBe(0)
    expect(out).toContain('not written by Sluice yet')
    expect(out).toMatch(/aws +not decided +– +– +– +–/)
  })

  test('--json carries the numbers', async () => {
    const { value } = await (await settled()).json('status')
    expect(value).toMatchObject({
      stage: 'test',
      at: START + 180,
      hostnames: [
        { hostname: HOSTNAME, mode: 'enforce', providers: [{ provider: 'aws', wanted: 0.625, weights: [{ type: 'A', weight: 5 }] }, {}] },
      ],
    })
  })
})

describe('explain', () => {
  test('shows inputs, estimates, the rule and the sentence of the newest decision', async () => {
    const { exitCode, out } = await (await settled()).sluice('explain', HOSTNAME)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^media\.example\.com, decided 08:02:30 \(1m ago\) for aws\+hetzner\n/)
    expect(out).toMatch(/Conditions and rules\n {2}PROVIDER +RULE +ROLE +CONDITION\n {2}aws +serving +serving +aws serves 100 requests\/s/)
    expect(out).toMatch(/aws +probe edge +green for \w+, 100 % of checkers/)
    expect(out).toMatch(/hetzner +capacity +300\/s +\w+ +\d/)
    expect(out).toMatch(/hetzner +latency +missing: not-configured +– +–/)
  })

  test('--at shows the decision of that time, and the one about a held hostname while it was held', async () => {
    const world = await settled()
    await world.sluice('pin', HOSTNAME, 'aws=.9', 'hetzner=.1', '--reason', 'sale', '--for', '6h')
    await world.tick()
    await world.sluice('unpin', HOSTNAME, '--reason', 'over')
    const headline = async (at: string) => (await world.sluice('explain', HOSTNAME, '--at', at)).out.split('\n')[0]
    expect(await headline('08:01:29')).toBe(`${HOSTNAME}, decided 08:00:30 (4m ago) for aws+hetzner`)
    expect(await headline('08:03:40')).toBe(`${HOSTNAME}, decided 08:03:30 (1m ago) for hostname:${HOSTNAME}`)
    expect(await headline('0s')).toBe(`${HOSTNAME}, decided 08:04:30 (now) for aws+hetzner`)
  })

  test('of a time before the first decision is answered with 1', async () => {
    const { exitCode, out } = await (await settled()).sluice('explain', HOSTNAME, '--at', '07:00')
    expect([exitCode, out]).toEqual([1, expect.stringContaining('Nothing was decided for media.example.com up to 07:00:00 (1h3m ago)')])
  })

  test('says how long no tick was recorded after it', async () => {
    const world = await settled()
    expect((await world.sluice('explain', HOSTNAME)).out).not.toContain('No tick was recorded')
    world.sleep(600)
    expect((await world.sluice('explain', HOSTNAME)).out).toContain('No tick was recorded in the 11m after it.')
  })
})

describe('journal', () => {
  test('tells newest first what was written, refused and overridden, drains among it', async () => {
    const world = await settled()
    await world.sluice('drain', 'hetzner', '--reason', 'kernel update', '--for', '2h')
    const { exitCode, out } = await world.sluice('journal', HOSTNAME)
    expect(exitCode).toBe(0)
    const heads = out.split('\n').filter((line) => /^\d/.test(line))
    expect(heads.map((line) => line.replace(/^(\S+) \(.*?\) +(\w+( sync)?):.*/, '$1 $2')).toSorted()).toEqual([
      '08:00:30 written',
      '08:01:30 in sync',
      '08:03:30 set',
      '08:03:30 written',
    ])
    expect(out).toContain(`set: drain of hetzner until 10:03:30 (in 2h), by ${AUTHOR}: kernel update`)
    expect((await world.sluice('journal', HOSTNAME, '--limit', '1')).out.split('\n').filter((line) => /^\d/.test(line))).toHaveLength(1)
  })

  test('--json carries the batch that undoes a write', async () => {
    const { value } = await (await settled()).json('journal', HOSTNAME)
    const written = value.find(({ kind }: { kind: string }) => kind === 'applied')
    expect(JSON.parse(written.undo)).toHaveProperty('Changes')
  })

  test('leaves out drains of providers the hostname does not have', async () => {
    const alone = aHostname({ providers: [{ provider: 'aws', minShare: 0, maxShare: 1 }] })
    const world = aWorld(aConfiguration({ hostnames: [alone] }))
    await world.tick(3)
    await world.sluice('drain', 'hetzner', '--reason', 'x', '--for', '2h')
    expect((await world.sluice('journal', HOSTNAME)).out).not.toContain('drain of hetzner')
  })

  test.each([
    [[], 1, `sluice journal: ${HOSTNAME}`],
    [['--limit', '5'], 2, ''],
  ])('--judged %j without a judged minute prints none to a file, and ends with %i', async (options, status, said) => {
    const { exitCode, out, err } = await (await settled()).sluice('journal', HOSTNAME, '--judged', ...options)
    expect([exitCode, out]).toEqual([status, ''])
    expect(err).toContain(said)
  })

  test('that is empty is answered with 1', async () => {
    expect(await aWorld().sluice('journal', HOSTNAME)).toMatchObject({ exitCode: 1, out: `The journal of ${HOSTNAME} is empty.\n` })
  })
})

test('with --json a failure is one document, too', async () => {
  const { exitCode, value } = await aWorld().json('explain', 'other.test')
  expect([exitCode, value.error]).toMatchObject([2, { exitCode: 2, place: 'HOSTNAME', allowed: HOSTNAME }])
})

describe('with --json a command line that cannot be parsed is one document and nothing else', () => {
  test.each([
    {
      words: 'drain hetzner',
      place: '--reason',
      code: 'missing-mandatory-option-value',
      seen: "required option '--reason <text>' not specified",
      allowed: /^PROVIDER, --stage, .*--reason, .*--help$/,
      mend: 'sluice drain --help shows how it is used.',
    },
    {
      words: 'drian',
      place: 'COMMAND',
      code: 'unknown-command',
      seen: "unknown command 'drian'",
      allowed: /^status, plan, .*drain/,
      mend: 'Did you mean drain? sluice --help lists the commands.',
    },
    {
      words: 'status --sage x',
      place: '--sage',
      code: 'unknown-option',
      seen: "unknown option '--sage'",
      allowed: /^HOSTNAME, --stage/,
      mend: 'Did you mean --stage? sluice status --help shows how it is used.',
    },
    {
      words: 'drain --reason x --for 2h',
      place: 'PROVIDER',
      code: 'missing-argument',
      seen: "missing required argument 'provider'",
      allowed: /^PROVIDER, /,
      mend: 'sluice drain --help shows how it is used.',
    },
    {
      words: 'status a.example.com b.example.com',
      place: 'arguments',
      code: 'excess-arguments',
      seen: expect.stringMatching(/^too many arguments .*b\.example\.com$/),
      allowed: /^HOSTNAME, /,
      mend: 'sluice status --help shows how it is used.',
    },
  ])('$words', async ({ words, allowed, ...error }) => {
    const { exitCode, out, err } = await aWorld().sluice(...words.split(' '), '--json')
    expect([exitCode, err]).toEqual([2, ''])
    expect(JSON.parse(out)).toEqual({ error: { exitCode: 2, allowed: expect.stringMatching(allowed), ...error } })
  })
})

test.each(['--help', 'drain --help', 'help drain', '--version'])('%s is answered with 0 on standard output', async (words) => {
  const { exitCode, out, err } = await aWorld().sluice(...words.split(' '))
  expect({ exitCode, err, isEmpty: out === '' }).toEqual({ exitCode: 0, err: '', isEmpty: false })
})
