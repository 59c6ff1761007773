// What a call takes: the SDK's own HTTP handler, with the latency that is assumed of each service, on the virtual clock.
import { Readable } from 'node:stream'
import { Route53Client } from '@aws-sdk/client-route-53'
import type { VirtualClock } from './virtual-clock.ts'

/**
 * Assumed seconds from request to answer, in the region. Route 53's control plane is the slow one; 0.1 s is what people measure, and what makes a
 * sequential writer about as fast as its quota.
 */
export const LATENCY_SECONDS: Readonly<Record<string, number>> = {
  route53: 0.1,
  monitoring: 0.05,
  ssm: 0.02,
  dynamodb: 0.005,
  lambda: 0.02,
}

type Answer = { readonly response: { body: unknown; readonly headers: Record<string, string> } }
type Handler = { handle(this: unknown, request: { readonly headers: Record<string, string> }, options?: unknown): Promise<Answer> }

/** All clients of one SDK version share the class of their HTTP handler, so that patching it once meets every client, without touching the functions. */
export function installLatency(clock: VirtualClock): void {
  const { prototype } = new Route53Client({ region: 'us-east-1' }).config.requestHandler.constructor as unknown as { prototype: Handler }
  const { handle } = prototype
  prototype.handle = async function (request, options) {
    const half = (LATENCY_SECONDS[serviceOf(request.headers)] ?? 0.01) / 2
    await clock.sleep(half)
    clock.busy++
    try {
      const answer = await handle.call(this, request, options)
      answer.response.body = await whole(answer.response.body)
      return answer
    } finally {
      clock.busy--
      await clock.sleep(half)
    }
  }
}

/** The scope of the signature: `Credential=…/20260101/us-east-1/route53/aws4_request`. */
function serviceOf(headers: Record<string, string>): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? ''
}

/** Read to the end while the clock stands. */
async function whole(body: unknown): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk)
  return Readable.from(chunks)
}
