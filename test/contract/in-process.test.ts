// The contract at the in-process AWS, or at the endpoint that SLUICE_CONTRACT_ENDPOINT names.
import { afterAll, beforeAll } from 'vitest'
import { realTimeClock } from '#local/aws/clock.ts'
import { createInProcessAws, type InProcessAws } from '#local/aws/in-process-aws.ts'
import { runContract } from './run-contract.ts'
import { suites } from './suites.ts'

let aws: InProcessAws | undefined
let url = process.env.SLUICE_CONTRACT_ENDPOINT ?? ''

beforeAll(async () => {
  if (url !== '') return
  aws = await createInProcessAws({ clock: realTimeClock() })
  aws.route53.settings.propagationSeconds = 0.5
  aws.route53.settings.processingSeconds = 0
  url = aws.url
})
afterAll(() => aws?.close())

runContract('in-process', suites, () => url)
