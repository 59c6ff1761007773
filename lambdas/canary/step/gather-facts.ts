// What the reducer has to know of the world for an order: whether the shares are in sync, whether failover has the hostname, what the judge says.
import type { Facts } from '#canary/facts.ts'
import { dueCheck } from '#canary/gate.ts'
import { unhealthyBecause } from '#canary/obstacles.ts'
import { roomBecause } from '#canary/room.ts'
import type { CanaryRow, CanarySubject } from '#model/canary.ts'
import type { JudgeAnswer } from '#model/canary-order.ts'
import type { Configuration } from '#model/configuration.ts'
import type { Decision } from '#model/decision.ts'
import type { HostnamePolicy } from '#model/hostname.ts'
import { providerSetId } from '#model/provider-set.ts'
import { inSyncSince, writtenShareOf } from './in-records.ts'
import type { StepPorts } from './step-ports.ts'

export type Gathered = { readonly facts: Facts; readonly minutes: JudgeAnswer['minutes'] }

/** Whose facts are wanted, and what for. */
export type Gathering = {
  readonly row: CanaryRow
  readonly hostname: HostnamePolicy
  readonly configuration: Configuration
  /** Closed minutes count as evidence; otherwise the judge only looks at the traffic and at who is up. */
  readonly isJudging: boolean
}

export async function gatherFacts({ row, hostname, configuration, isJudging }: Gathering, ports: StepPorts): Promise<Gathered> {
  const { stage, policy } = configuration
  const nowSeconds = ports.clock.nowSeconds()
  const [records, [decision]] = await Promise.all([ports.records.get(row.hostname), ports.journal.decisions(providerSetId(hostname), 1)])
  const inSyncAt = inSyncSince(row, records)
  const unhealthy = unhealthyBecause(decision, nowSeconds) ?? roomBecause(row.canary.subject, hostname, decision, policy.guards.ceiling)
  const isAsking = isJudging && unhealthy === undefined
  const [answer, check] = await Promise.all([
    askJudge(row, { isJudging, inSyncAt, frozen: unhealthy?.sentence, ttlSeconds: hostname.ttlSeconds }, ports),
    isAsking ? askCheck(row, stage, nowSeconds, ports) : undefined,
  ])
  const judged =
    answer === undefined
      ? undefined
      : {
          state: answer.state,
          exposed: answer.exposed,
          unseen: answer.unseen,
          mostRequests: answer.mostRequests,
          exposedUntil: answer.exposedUntil,
          observed: answer.observed,
          verdict: answer.minutes.at(-1)?.verdict,
        }
  return {
    facts: {
      nowSeconds,
      ttlSeconds: hostname.ttlSeconds,
      metricLagSeconds: policy.timing.metricLagSeconds,
      propagationSeconds: policy.timing.propagationSeconds,
      capacityShare: capacityShareOf(row.canary.subject, decision),
      inSyncAt,
      writtenShare: writtenShareOf(row, records, decision),
      unhealthy,
      stableDown: answer?.stableDown,
      alarm: answer?.alarm,
      check,
      judged,
    },
    minutes: answer?.minutes ?? [],
  }
}

/** The facts with what the journal keeps of the minutes, in place of what this run's judge said. */
export function withJudged(facts: Facts, { state, minutes }: Pick<JudgeAnswer, 'state' | 'minutes'>): Facts {
  if (facts.judged === undefined) return facts
  return { ...facts, judged: { ...facts.judged, state, verdict: minutes.at(-1)?.verdict } }
}

function capacityShareOf(subject: CanarySubject, decision: Decision | undefined): number | undefined {
  return subject.kind === 'version' ? undefined : decision?.providers.find(({ provider }) => provider === subject.provider)?.share
}

/** No answer is none of the canary's doing: it is asked again each minute, until the gate's deadline. */
async function askCheck(
  { hostname, generation, canary }: CanaryRow,
  stage: string,
  nowSeconds: number,
  { checks, onTrouble }: StepPorts,
): Promise<Facts['check']> {
  const due = dueCheck(canary, nowSeconds)
  if (due === undefined) return undefined
  const { execution, subject, steps, step } = canary
  const question = { stage, hostname, execution, generation, subject, percent: steps[step] ?? 0, time: nowSeconds }
  try {
    return await checks.ask(due, question)
  } catch (error) {
    onTrouble('the check could not be asked', error)
    return { trouble: error instanceof Error ? error.message : String(error) }
  }
}

type Asking = {
  readonly isJudging: boolean
  readonly inSyncAt: number | undefined
  readonly frozen: string | undefined
  readonly ttlSeconds: number
}

/** The judge is a witness, not a gate: without its answer nothing goes forward (`onJudge`), and the way back goes on. */
async function askJudge(
  { hostname, canary }: CanaryRow,
  { isJudging, inSyncAt, frozen, ttlSeconds }: Asking,
  { judge, onTrouble }: StepPorts,
) {
  try {
    return await judge.judge({
      hostname,
      subject: canary.subject,
      settings: canary.strategy.judge,
      alarms: canary.strategy.alarms,
      state: canary.judge,
      exposedFrom: canary.exposedUntil ?? canary.startedAt,
      ...(isJudging ? { judgeFrom: canary.stepSince } : {}),
      ...(inSyncAt === undefined ? {} : { observeFrom: inSyncAt + ttlSeconds }),
      ...(frozen === undefined ? {} : { frozen }),
    })
  } catch (error) {
    onTrouble('the judge could not be asked', error)
    return undefined
  }
}
