// The numbers that steer everything, with the documented defaults. Times in seconds, ratios 0–1, shares 0–1.
import * as z from 'zod'
import { FreezeWindow } from './freeze-window.ts'

const ratio = z.number().min(0).max(1)
const seconds = z.number().min(0)

/** Constants of the capacity estimator; the letters of `docs/control.md` stand behind each. */
export const EstimatorPolicy = z.strictObject({
  failureBudget: ratio.default(0.01).describe('budget: failure ratio that counts as normal'),
  noiseSigmas: z.number().positive().default(3).describe('z: standard deviations of counting noise a failure count must exceed'),
  firstUndershoot: z.number().min(1).default(10).describe('k1: undershoot of the first cut of a brownout'),
  laterUndershoot: z.number().min(1).default(3).describe('k2: undershoot of later cuts'),
  fill: ratio.default(0.95).describe('fill: how full the others may become when they take over'),
  floor: ratio.default(0.1).describe('floor: smallest part of its capacity an estimate falls to'),
  waitSeconds: seconds.default(300).describe('wait: clean time before a limit is raised'),
  growPerMinute: z.number().min(0).default(0.01).describe('grow: how fast a limit is raised'),
  rampStart: ratio.default(0.02).describe('ramp0: where a return begins, of nominal capacity'),
  rampSeconds: seconds.default(900).describe('ramp: how long a return takes'),
  settleSeconds: seconds.default(120).describe('settle: how long a check must be green before the ramp grows'),
  returnWindows: z.int().min(1).default(2).describe('k: good windows, all newer than the recovery, before a return grows'),
  strainWindows: z.int().min(1).default(2).describe('m: windows of failures or high utilisation before a provider is called degraded'),
  downAfterSeconds: seconds.default(180).describe('downAfter: how long a check must be red when the others have no room'),
  panicBelow: ratio.default(0.5).describe('panic: part of nominal capacity below which red checks are doubted'),
  retryDeadTimes: z.number().positive().default(1.5).describe('retry: dead times to wait before offering more load'),
  cut: ratio.default(0.03).describe('cut: smallest relative fall of a failing provider that is written'),
  band: ratio.default(0.15).describe('band: relative change that is written at once'),
  tidy: ratio.default(0.08).describe('tidy: relative change that is written after tidySeconds'),
  tidySeconds: seconds.default(600).describe('how long a change beyond tidy must last'),
  tauSeconds: z.number().positive().default(180).describe('tau: time constant of the capacity filter'),
  tauLoadSeconds: z.number().positive().default(60).describe('tauLoad: time constant of the load filter'),
  tauBiasSeconds: z.number().positive().default(600).describe('tauBias: time constant of the bias between intended and measured share'),
  jump: ratio.default(0.25).describe('jump: smallest relative deviation that resets a filter'),
})
export type EstimatorPolicy = z.infer<typeof EstimatorPolicy>

/** What a reaction has to wait for. Their sum with the TTL is the dead time. */
export const TimingPolicy = z.strictObject({
  tickSeconds: z.int().min(10).max(300).default(60).describe('how old an event may be; the schedule runs every minute'),
  metricLagSeconds: seconds.default(60).describe('from the end of a window until CloudWatch answers it'),
  windowSeconds: z
    .union([z.literal(10), z.literal(30), z.literal(60)])
    .default(60)
    .describe('the period the metrics are read with'),
  propagationSeconds: seconds.default(10).describe('from a change until all of Route 53 answers it'),
  freshnessSeconds: z.number().positive().default(180).describe('older than this, a signal is missing'),
})
export type TimingPolicy = z.infer<typeof TimingPolicy>

/** Bounds on what a plan may do. */
export const GuardPolicy = z.strictObject({
  ceiling: ratio.default(0.85).describe('predicted utilisation nobody is pushed above while another has room'),
  returnWeight: ratio.default(0.02).describe('share a provider keeps in its records while its own red check withholds it'),
  maxRemoval: ratio.default(0.5).describe('share of the traffic that automation may take away in one dead time'),
  maxGrowth: ratio.default(0.25).describe('share a provider may gain in one tick'),
  nMinusOne: z
    .enum(['report', 'refuse'])
    .default('report')
    .describe('a pin under which the loss of one more provider overloads another more than shares by capacity would: said, or refused'),
  minTtlSeconds: z.int().min(1).default(10).describe('lowest TTL a hostname may have'),
  maxTtlSeconds: z.int().min(1).max(3600).default(60).describe('highest TTL a hostname may have: that long a client keeps a dead address'),
})
export type GuardPolicy = z.infer<typeof GuardPolicy>

export const Policy = z.strictObject({
  mode: z
    .enum(['observe', 'enforce'])
    .default('observe')
    .describe('observe decides, explains and writes nothing; a hostname may say otherwise'),
  ttlSeconds: z.int().min(1).default(60).describe('TTL of the weighted records; inside the bounds of policy.guards'),
  timing: TimingPolicy.prefault({}).describe('how often is looked, and how late things are known'),
  estimator: EstimatorPolicy.prefault({}).describe('how capacity and health are read out of the signals'),
  guards: GuardPolicy.prefault({}).describe('what no change may go beyond'),
  freezeWindows: z.array(FreezeWindow).default([]).describe('times in which no canary goes forward'),
})
export type Policy = z.infer<typeof Policy>

/** Seconds from a cause until its effect can be seen in a signal: nothing is concluded sooner. */
export function deadTimeSeconds(timing: TimingPolicy, ttlSeconds: number): number {
  return timing.metricLagSeconds + timing.windowSeconds + timing.propagationSeconds + ttlSeconds
}
