// What every function has in common: parse, log, count, and one place where an exception becomes an answer.
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { CONTROLLER_NAMESPACE, type MetricName } from '#telemetry/metric-names.ts'
import { environment } from './environment.ts'

export type Tools = {
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>
  /** Adds to a counter of this invocation. */
  readonly count: (metric: MetricName, value?: number) => void
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number
}

export type HandlerParts<Event, Answer> = {
  readonly service: string
  /** @throws BadEvent */
  readonly parse: (raw: unknown) => Event
  readonly run: (event: Event, tools: Tools) => Promise<Answer>
}

/** A middy handler. An error is logged once, here, with its cause, and goes on to Lambda under its own name. */
export function makeHandler<Event, Answer>({ service, parse, run }: HandlerParts<Event, Answer>) {
  const logger = new Logger({ serviceName: service })
  const metrics = new Metrics({
    namespace: CONTROLLER_NAMESPACE,
    serviceName: service,
    defaultDimensions: { Stage: environment('SLUICE_STAGE') },
  })

  return (
    middy<unknown, Answer>()
      .before(({ context }) => logger.addContext(context))
      // Returns nothing: middy would answer what a middleware returns, and publishStoredMetrics returns the metrics.
      .after(() => publish(metrics))
      .onError(({ error }) => {
        logger.error(error instanceof Error ? error.message : 'failed', { error })
        publish(metrics)
      })
      .handler((raw: unknown, context: Context) => {
        const count = (metric: MetricName, value = 1) => metrics.addMetric(metric, MetricUnit.Count, value)
        return run(parse(raw), { logger, count, remainingMs: () => context.getRemainingTimeInMillis() })
      })
  )
}

/** Nothing counted is nothing said: Powertools would warn of it in every invocation. */
function publish(metrics: Metrics): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
}
