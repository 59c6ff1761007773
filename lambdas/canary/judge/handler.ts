// canary/judge: read-only. What both arms of a canary did, minute by minute, and what that says.
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { cloudwatchClients } from '#adapters/aws/cloudwatch-clients.ts'
import { cloudwatchMetrics } from '#adapters/aws/cloudwatch-metrics.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { parseWith } from '#handler/bad-event.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { JudgeTask } from '#model/canary-order.ts'
import { type JudgePorts, judgeCanary } from './judge-canary.ts'

const stage = environment('SLUICE_STAGE')

const ports: JudgePorts = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  metrics: cloudwatchMetrics(cloudwatchClients()),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'canary-judge',
  parse: (raw) => parseWith(JudgeTask, raw),
  run: async (task, { logger }) => {
    const answer = await judgeCanary(task, ports)
    for (const { verdict } of answer.minutes) logger.info(verdict.reason.sentence, { hostname: task.hostname, verdict: verdict.verdict })
    return answer
  },
})
