// The report of a story: figures by minute, the timeline, and the verdict on each expectation.
import { describe, expect, it } from 'vitest'
import { makeReport, reportText } from '#local/scenario/report.ts'
import type { Scenario } from '#local/scenario/scenario-file.ts'
import { aRecording, aWrite } from './a-recording.ts'

const recording = aRecording(120, (at) => ({ awsShare: at <= 60 ? 0.5 : 0.75, failedOfHetzner: at > 60 ? 0.2 : 0 }), {
  stories: [{ at: 61.4, kind: 'event', sentence: 'hetzner browns out' }],
  writes: [aWrite(70, 2)],
})
const scenario = { name: 'test', tells: 'A test.' } as Scenario
const report = (isMet: boolean) =>
  makeReport({ scenario, recording, isControlled: true, realSeconds: 6.2, expectations: [{ isMet, expected: 'something', seen: 'that' }] })

describe('a report', () => {
  it('has the shares and failures of each minute', () => {
    expect(report(true).minutes).toEqual([
      {
        at: 60,
        failedPercent: 0,
        providers: { aws: { wanted: 0.5, measured: 0.5, failedPercent: 0 }, hetzner: { wanted: 0.5, measured: 0.5, failedPercent: 0 } },
      },
      {
        at: 120,
        failedPercent: 5,
        providers: {
          aws: { wanted: 0.75, measured: 0.75, failedPercent: 0 },
          hetzner: { wanted: 0.25, measured: 0.25, failedPercent: 20 },
        },
      },
    ])
  })

  it('says in its last line whether all was as expected', () => {
    expect([true, false].map((isMet) => reportText(report(isMet)).split('\n').at(-1))).toEqual([
      'test: as expected',
      'test: NOT as expected',
    ])
    expect(report(false).isMet).toBe(false)
  })

  it('prints the timeline and the totals', () => {
    const text = reportText(report(true))
    expect(text).toContain('61 s  event      hetzner browns out')
    expect(text).toContain('1200 requests, 30 failed (2.50 %), 1 writes, 120 s of the clock in 6 s')
  })
})
