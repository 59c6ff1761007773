// What can be made of a version's behaviour, by the page and in a story. What is not named stays as it was.
import * as z from 'zod'

const share = z.number().min(0).max(1)

export const behaviourChange = {
  failing: share.optional(),
  slower: z.number().min(1).max(100).optional(),
  slowTail: z.strictObject({ share, seconds: z.number().min(0).max(60) }).optional(),
  isStopped: z.boolean().optional(),
}
