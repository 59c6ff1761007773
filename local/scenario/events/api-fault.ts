// Lets an AWS API answer with an error for a time.
import type { StoryAccount } from './story-account.ts'

export type ApiFault = {
  readonly service: string
  readonly operation?: string | undefined
  readonly code: string
  readonly status: number
  readonly seconds: number
}

/** The fault ends by itself. @returns the sentence for the timeline */
export function apiFault({ service, operation, code, status, seconds }: ApiFault, { stack, clock }: Pick<StoryAccount, 'stack' | 'clock'>) {
  const end = stack.aws.faults.inject({ service, code, status, ...(operation === undefined ? {} : { operation }) })
  clock.setTimeout(end, seconds)
  return `${service} answers ${operation ?? 'everything'} with ${code} for ${seconds} s`
}
