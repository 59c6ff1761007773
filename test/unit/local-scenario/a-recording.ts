// Builds recordings for the tests of expectations: one sample each 10 s, two providers.
import type { Recording, Sample, Write } from '#local/scenario/recording.ts'

export type Moment = {
  awsShare: number
  failedOfHetzner: number
  hetznerCondition?: string
  ttlSeconds?: number
  weights?: Record<string, number>
}

/** 10 requests/s in all; `moment` says how they are spread at each time. */
export function aRecording(lasts: number, moment: (at: number) => Moment, over: Partial<Recording> = {}): Recording {
  const samples: Sample[] = []
  const aws = { sent: 0, failed: 0 }
  const hetzner = { sent: 0, failed: 0 }
  for (let at = 0; at <= lasts; at += 10) {
    const {
      awsShare,
      failedOfHetzner,
      hetznerCondition = 'serving',
      ttlSeconds = 60,
      weights = { 'aws A': 100, 'hetzner A': 100 },
    } = moment(at)
    if (at > 0) {
      aws.sent += 100 * awsShare
      hetzner.sent += 100 * (1 - awsShare)
      hetzner.failed += 100 * (1 - awsShare) * failedOfHetzner
    }
    samples.push({
      at,
      sent: aws.sent + hetzner.sent,
      failed: hetzner.failed,
      providers: {
        aws: { ...aws, wanted: awsShare, answered: awsShare, condition: 'serving' },
        hetzner: { ...hetzner, wanted: 1 - awsShare, answered: 1 - awsShare, condition: hetznerCondition },
      },
      versions: {},
      outcomes: {},
      weights: { 'media.example.com': weights },
      ttls: { 'media.example.com': ttlSeconds },
    })
  }
  return { samples, stories: [], writes: [], firstEditAt: undefined, ...over }
}

export function aWrite(at: number, sequence: number, generation = 1, hostname = 'media.example.com'): Write {
  return { at, hostname, generation, sequence }
}
