// The two tables of the CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data"; the oldest datapoint stands left, as there.
import { describe, expect, it } from 'vitest'
import type { MissingDataTreatment } from '#local/aws/cloudwatch/alarm.ts'
import { alarmVerdict, type Datapoint } from '#local/aws/cloudwatch/alarm-verdict.ts'

const POINTS: Readonly<Record<string, Datapoint>> = { '0': 'ok', X: 'breaching', '-': 'missing' }
const TREATMENTS: readonly MissingDataTreatment[] = ['missing', 'ignore', 'breaching', 'notBreaching']

function verdicts(drawn: string, datapointsToAlarm: number): string[] {
  const range = [...drawn].reverse().map((character) => POINTS[character] ?? 'missing')
  return TREATMENTS.map((missingData) => alarmVerdict({ range, evaluationPeriods: 3, datapointsToAlarm, missingData }) ?? 'retain')
}

describe('three of three', () => {
  it.each([
    ['0-X-X', ['OK', 'OK', 'OK', 'OK']],
    ['----0', ['OK', 'OK', 'OK', 'OK']],
    ['-----', ['INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK']],
    ['0XX-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (drawn, expected) => {
    expect(verdicts(drawn, 3)).toEqual(expected)
  })
})

describe('two of three', () => {
  it.each([
    ['0-X-X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', ['ALARM', 'retain', 'ALARM', 'OK']],
  ])('%s', (drawn, expected) => {
    expect(verdicts(drawn, 2)).toEqual(expected)
  })
})

it('a breach that is younger than the datapoints to alarm does not alarm before its time', () => {
  expect(verdicts('----X', 3)[0]).toBe('retain')
})
