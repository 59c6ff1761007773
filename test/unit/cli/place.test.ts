// Which installation is meant.
import { describe, expect, test } from 'vitest'
import { placeOf } from '#cli/place.ts'

const around = (env: Record<string, string> = {}, files: Record<string, string> = {}) => ({
  env,
  readText: async (path: string) => files[path],
})
const FILE = { 'sluice.yaml': 'stage: blue\nhomeRegion: eu-central-1\n' }

describe('the stage is', () => {
  test.each([
    ['the option', { stage: 'red' }, around({ SLUICE_STAGE: 'green' }, FILE), 'red'],
    ['SLUICE_STAGE before the file', {}, around({ SLUICE_STAGE: 'green' }, FILE), 'green'],
    ['that of ./sluice.yaml', {}, around({}, FILE), 'blue'],
    [
      'that of the file SLUICE_CONFIG names',
      {},
      around({ SLUICE_CONFIG: 'other.yaml' }, { ...FILE, 'other.yaml': 'stage: other' }),
      'other',
    ],
    ['prod where the file does not say', {}, around({}, { 'sluice.yaml': 'zones: {}' }), 'prod'],
    ['taken from a file that is being edited', {}, around({}, { 'sluice.yaml': 'stage: blue\nproviders: nonsense' }), 'blue'],
  ])('%s', async (_, options, surroundings, stage) => {
    expect((await placeOf(options, surroundings)).stage).toBe(stage)
  })

  test('asked for where nothing names one, with the three ways to say it', async () => {
    await expect(placeOf({}, around())).rejects.toMatchObject({
      exitCode: 2,
      objection: { place: '--stage', mend: expect.stringMatching(/--stage NAME.*SLUICE_STAGE.*sluice\.yaml/) },
    })
  })

  test('not looked for in a file that cannot be read: in an incident it must not stand in the way', async () => {
    const readText = () => Promise.reject(new Error('EACCES'))
    expect((await placeOf({ stage: 'red' }, { env: {}, readText })).stage).toBe('red')
  })

  test('objected to when it cannot be one', async () => {
    await expect(placeOf({ stage: 'Prod!' }, around())).rejects.toMatchObject({ exitCode: 2, objection: { seen: '"Prod!"' } })
  })
})

describe('the region is', () => {
  test.each([
    ['the option', { region: 'us-west-2' }, around({}, FILE), 'us-west-2'],
    ['the home region of the file the stage comes from', {}, around({}, FILE), 'eu-central-1'],
    ['the home region of the file when the option names its stage', { stage: 'blue' }, around({}, FILE), 'eu-central-1'],
    ['us-east-1 where the file does not say', {}, around({}, { 'sluice.yaml': 'stage: blue' }), 'us-east-1'],
    ['left to the SDK for a stage of another file', { stage: 'red' }, around({}, FILE), undefined],
  ])('%s', async (_, options, surroundings, region) => {
    expect((await placeOf(options, surroundings)).region).toBe(region)
  })

  test('objected to when it is none', async () => {
    await expect(placeOf({ stage: 'prod', region: 'frankfurt' }, around())).rejects.toMatchObject({
      exitCode: 2,
      objection: { place: '--region', seen: '"frankfurt"', allowed: 'an AWS region such as us-east-1' },
    })
  })
})
