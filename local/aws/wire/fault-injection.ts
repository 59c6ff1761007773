// Errors on order: an operation, or a whole service, answers with a fault for a while. Scenarios and tests use it; nothing else does.
import type { WireRequest } from './message.ts'
import { ServiceFault } from './service-fault.ts'

export type FaultRule = {
  /** Scope of the signature: route53, monitoring, ssm, … */
  readonly service: string
  /** @default every operation of the service */
  readonly operation?: string
  /** Access key of the callers concerned. @default all */
  readonly accessKeyId?: string
  readonly code: string
  readonly message?: string
  readonly status?: number
  /** How many requests it meets. @default until removed */
  readonly times?: number
}

export interface FaultInjection {
  /** The answer takes the rule back. */
  inject(rule: FaultRule): () => void
  /** Throws the fault of the first rule that meets the request. */
  check(request: Pick<WireRequest, 'service' | 'accessKeyId'>, operation: string): void
}

export function createFaultInjection(): FaultInjection {
  const rules = new Map<symbol, { rule: FaultRule; left: number }>()
  return {
    inject(rule) {
      const id = Symbol(rule.code)
      rules.set(id, { rule, left: rule.times ?? Number.POSITIVE_INFINITY })
      return () => rules.delete(id)
    },
    check(request, operation) {
      for (const [id, entry] of rules) {
        const { rule } = entry
        const isMet =
          rule.service === request.service &&
          (rule.operation === undefined || rule.operation === operation) &&
          (rule.accessKeyId === undefined || rule.accessKeyId === request.accessKeyId)
        if (!isMet) continue
        entry.left -= 1
        if (entry.left <= 0) rules.delete(id)
        throw new ServiceFault(rule.code, rule.message ?? 'Rate exceeded', rule.status ?? 400)
      }
    },
  }
}
