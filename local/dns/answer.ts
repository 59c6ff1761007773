// Decides which record set of one name and type Route 53 answers with: weighted, health-aware, with the rules for zero weights and for "all unhealthy".
import type { AnswerableRecordSet } from '#local/aws/route53/data-plane.ts'

/**
 * The record set that answers one query, or undefined when there is none.
 *
 * Sources, all Amazon Route 53 Developer Guide:
 * - "How Amazon Route 53 chooses records when health checking is configured": unhealthy records are left out; a record without a health check
 *   is always healthy; when no record is healthy, all of them count as healthy.
 * - "Values specific for weighted records", Weight: the chance is weight / sum of weights; weight 0 is never chosen while another is above 0;
 *   when all are 0 each has the same chance.
 * - "How health checks work in … weighted records": zero-weight records are considered only when every non-zero one is unhealthy.
 *
 * @param isHealthy Route 53's verdict for a health check id
 * @param random a number in [0, 1)
 */
export function answer(
  recordSets: readonly AnswerableRecordSet[],
  isHealthy: (healthCheckId: string) => boolean,
  random: () => number,
): AnswerableRecordSet | undefined {
  const isUp = (record: AnswerableRecordSet) => record.healthCheckId === undefined || isHealthy(record.healthCheckId)
  const candidates = considered(recordSets, isUp)
  return weightedChoice(candidates, random)
}

/** What each record set's chance is now, 0–1, by the same rules; for those who compare shares instead of drawing. */
export function answerChances(
  recordSets: readonly AnswerableRecordSet[],
  isHealthy: (healthCheckId: string) => boolean,
): Map<AnswerableRecordSet, number> {
  const candidates = considered(recordSets, (record) => record.healthCheckId === undefined || isHealthy(record.healthCheckId))
  const sum = totalWeight(candidates)
  return new Map(recordSets.map((record) => [record, chance(record, candidates, sum)]))
}

function considered(
  recordSets: readonly AnswerableRecordSet[],
  isUp: (record: AnswerableRecordSet) => boolean,
): readonly AnswerableRecordSet[] {
  const nonZero = recordSets.filter((record) => weightOf(record) > 0)
  const healthyNonZero = nonZero.filter(isUp)
  if (healthyNonZero.length > 0) return healthyNonZero
  const healthyZero = recordSets.filter((record) => weightOf(record) === 0 && isUp(record))
  if (healthyZero.length > 0) return healthyZero
  return nonZero.length > 0 ? nonZero : recordSets
}

function weightedChoice(candidates: readonly AnswerableRecordSet[], random: () => number): AnswerableRecordSet | undefined {
  const sum = totalWeight(candidates)
  if (sum === 0) return candidates[Math.floor(random() * candidates.length)]
  let point = random() * sum
  for (const record of candidates) {
    point -= weightOf(record)
    if (point < 0) return record
  }
  return candidates.at(-1)
}

function chance(record: AnswerableRecordSet, candidates: readonly AnswerableRecordSet[], sum: number): number {
  if (!candidates.includes(record)) return 0
  return sum === 0 ? 1 / candidates.length : weightOf(record) / sum
}

function totalWeight(records: readonly AnswerableRecordSet[]): number {
  return records.reduce((sum, record) => sum + weightOf(record), 0)
}

/** A simple record has no weight; it is alone at its name and type, so any positive number does. */
function weightOf(record: AnswerableRecordSet): number {
  return record.weight ?? 1
}
