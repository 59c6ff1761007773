// sluice check: problems, warnings, and metrics that do not exist.
import { describe, expect, test } from 'vitest'
import type { MetricCatalog } from '#cli/session.ts'
import { aConfiguration } from '#test/builders/configuration.ts'
import { aFile, type FileUnderTest } from '../config/a-file.ts'
import { aWorld } from './a-world.ts'

type Metric = Parameters<MetricCatalog['dimensionSets']>[0]

/** A computer with this file, and a CloudWatch that knows these metrics. */
function aComputer(change: (file: FileUnderTest) => void = () => {}, metrics: readonly Metric[] = []) {
  const asked: Metric[] = []
  const files: Record<string, string> = { 'sluice.yaml': aFile(change), 'broken.yaml': 'stage: [' }
  const catalog: MetricCatalog = {
    dimensionSets: async (wanted) => {
      asked.push(wanted)
      return metrics
        .filter(
          ({ region, namespace, metric, dimensions }) =>
            region === wanted.region &&
            namespace === wanted.namespace &&
            metric === wanted.metric &&
            Object.entries(wanted.dimensions).every(([name, value]) => dimensions[name] === value),
        )
        .map(({ dimensions }) => dimensions)
    },
  }
  const world = aWorld(aConfiguration(), { readText: async (path) => files[path], openCatalog: async () => catalog })
  return { ...world, asked }
}

const PUBLISHED = ['aws', 'hetzner'].flatMap((Provider) =>
  ['Capacity', 'Requests', 'Failures', 'Utilisation', 'LatencyP99'].map((metric) => ({
    region: 'us-east-1',
    namespace: 'Sluice',
    metric,
    dimensions: { Stage: 'test', Provider } as Record<string, string>,
  })),
)

describe('check', () => {
  test('of a sound file ends with 0; warnings alone do not change that', async () => {
    const { exitCode, out } = await aComputer().sluice('check')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^4 warnings:\n\nsluice\.yaml:\d+: providers\.aws\.endpoints\[0\]\.ipv4\n/)
    expect(out).toMatch(/\nsluice\.yaml can be deployed: stage test, 2 providers, 1 hostname\.\n$/)
  })

  test('prints every problem with place, value, allowed values and mend, and ends with 4', async () => {
    const computer = aComputer((file) => {
      file.providers.aws.rating = 'forty'
      file.policy.mode = 'enfoce'
    })
    const { exitCode, out } = await computer.sluice('check', 'sluice.yaml')
    expect(exitCode).toBe(4)
    expect(out).toMatch(/sluice\.yaml:\d+: providers\.aws\.rating\n {2}seen: {4}"forty"\n {2}allowed: a number above 0\n {2}mend: /)
    expect(out).toContain('sluice.yaml: 2 problems.')
    expect((await computer.json('check')).value).toMatchObject({ file: 'sluice.yaml', ok: false, problems: [{}, {}], warnings: [] })
  })

  test('of a file that is no YAML is a problem of the file, not of the command', async () => {
    expect((await aComputer().sluice('check', 'broken.yaml')).exitCode).toBe(4)
  })

  test('of a file that is not there is bad usage', async () => {
    const { exitCode, err } = await aComputer().sluice('check', 'nowhere.yaml')
    expect(exitCode).toBe(2)
    expect(err).toContain('seen:    nowhere.yaml, which is not there')
  })

  test('of what cannot be read says what the system says', async () => {
    const readText = () => Promise.reject(new Error('EISDIR: illegal operation on a directory, read'))
    const { exitCode, err } = await aWorld(aConfiguration(), { readText }).sluice('check', '/tmp')
    expect(exitCode).toBe(2)
    expect(err).toContain('seen:    /tmp, which cannot be read (EISDIR: illegal operation on a directory, read)')
  })

  test('does not ask CloudWatch unless told', async () => {
    const computer = aComputer()
    await computer.sluice('check')
    expect(computer.asked).toEqual([])
  })
})

describe('check --live', () => {
  test('is content when every metric exists', async () => {
    const { exitCode, out } = await aComputer(() => {}, PUBLISHED).sluice('check', '--live')
    expect([exitCode, out.includes('1 hostname, 10 metrics.')]).toEqual([0, true])
  })

  test('calls a metric that never existed a problem, at its place in the file', async () => {
    const without = PUBLISHED.filter(({ metric, dimensions }) => metric !== 'Capacity' || dimensions.Provider !== 'hetzner')
    const { exitCode, value } = await aComputer(() => {}, without).json('check', '--live')
    expect(exitCode).toBe(4)
    expect(value.problems).toEqual([
      {
        code: 'no-such-metric',
        file: 'sluice.yaml',
        path: 'providers.hetzner.signals.capacity',
        seen: 'Sluice Capacity with Stage=test, Provider=hetzner in us-east-1, which had no data in the last two weeks',
        allowed: 'the sets under which it exists: Stage=test, Provider=aws',
        mend: expect.stringContaining('Name the dimensions exactly'),
      },
    ])
  })

  test('takes a metric with one dimension more for another, and names it', async () => {
    const wider = PUBLISHED.map((metric) => ({ ...metric, dimensions: { ...metric.dimensions, Host: 'a' } }))
    const { value } = await aComputer(() => {}, wider).json('check', '--live')
    expect(value.problems).toHaveLength(10)
    expect(value.problems[0].allowed).toBe('the sets under which it exists: Stage=test, Provider=aws, Host=a')
  })

  test('says that nothing of the name exists', async () => {
    const { value } = await aComputer(() => {}, []).json('check', '--live')
    expect(value.problems[0].allowed).toContain('there is none of this name')
  })

  test('asks for no signal that a provider does not report', async () => {
    const computer = aComputer((file) => {
      file.providers.hetzner.signals = { latency: null, utilisation: null }
    }, PUBLISHED)
    expect((await computer.sluice('check', '--live')).out).toContain('8 metrics')
    expect(computer.asked).toHaveLength(8)
  })
})
