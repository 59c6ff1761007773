// How rebalance reaches the only function that may write DNS.
import type { ApplyAnswer, ApplyRequest } from '#model/receipt.ts'

export interface Applier {
  apply(request: ApplyRequest): Promise<ApplyAnswer>
}
