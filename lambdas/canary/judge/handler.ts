// canary/judge: read-only. What speaks against a start and what history teaches it; then what both arms did, minute by minute, and what that says.
import { SSMClient } from '@aws-sdk/client-ssm'
import { clientDefaults } from '#adapters/aws/clients.ts'
import { cloudwatchAlarms } from '#adapters/aws/cloudwatch-alarms.ts'
import { cloudwatchClients } from '#adapters/aws/cloudwatch-clients.ts'
import { cloudwatchMetrics } from '#adapters/aws/cloudwatch-metrics.ts'
import { ssmConfiguration } from '#adapters/aws/ssm-configuration.ts'
import { systemClock } from '#adapters/aws/system-clock.ts'
import { environment } from '#handler/environment.ts'
import { makeHandler } from '#handler/make-handler.ts'
import { parseByEventName } from '#handler/parse-by-event-name.ts'
import { stageParameters } from '#handler/stage-parameters.ts'
import { JudgeTask, PreflightTask } from '#model/canary-order.ts'
import { type JudgePorts, judgeCanary } from './judge-canary.ts'
import { preflight } from './preflight.ts'

const stage = environment('SLUICE_STAGE')

const clientFor = cloudwatchClients()
const ports: JudgePorts = {
  configuration: ssmConfiguration(new SSMClient(clientDefaults), stage, stageParameters(stage)),
  metrics: cloudwatchMetrics(clientFor),
  alarms: cloudwatchAlarms(clientFor),
  clock: systemClock,
}

export const handler = makeHandler({
  service: 'canary-judge',
  // begin and operators name what they ask for; a task of step does not.
  parse: (raw) => parseByEventName({ named: PreflightTask, unnamed: JudgeTask }, raw),
  run: async (task, { logger }) => {
    if ('event' in task) {
      const found = await preflight(task, ports)
      for (const { sentence } of found.reasons) logger.info(sentence, { hostname: task.hostname })
      return found
    }
    const answer = await judgeCanary(task, ports)
    for (const { verdict } of answer.minutes) logger.info(verdict.reason.sentence, { hostname: task.hostname, verdict: verdict.verdict })
    return answer
  },
})
