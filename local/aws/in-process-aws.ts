// An AWS account in this process: one HTTP endpoint that speaks the services' own protocols for a closed list of operations.
import { HOME_REGION } from './account.ts'
import type { AwsClock } from './clock.ts'
import type { CloudWatchAccess } from './cloudwatch/access.ts'
import { type AlarmListeners, startAlarmEvaluation } from './cloudwatch/alarm-evaluation.ts'
import { ingestEmbeddedMetrics } from './cloudwatch/embedded-metrics.ts'
import { cloudWatchService } from './cloudwatch/service.ts'
import { createCloudWatchState } from './cloudwatch/state.ts'
import { createEngine } from './dynamodb/engine.ts'
import { startExpirySweep } from './dynamodb/expiry-sweep.ts'
import { dynamoDbService } from './dynamodb/service.ts'
import { createTables } from './dynamodb/tables.ts'
import { createEventBus, type EventBus } from './events/bus.ts'
import type { Deliver } from './events/deliver.ts'
import { eventsService } from './events/service.ts'
import { createIam, type Iam } from './iam/iam.ts'
import type { FunctionRegistry } from './lambda/function-host.ts'
import { createFunctions } from './lambda/registry.ts'
import { lambdaService } from './lambda/service.ts'
import type { Route53Access } from './route53/access.ts'
import { publishHealthMetrics, route53Access } from './route53/route53.ts'
import { route53Service } from './route53/service.ts'
import { createRoute53State } from './route53/state.ts'
import { snsService } from './sns/service.ts'
import { createTopics, type Topics } from './sns/topics.ts'
import { publishQueueMetrics } from './sqs/queue-metrics.ts'
import { createQueues } from './sqs/queues.ts'
import { sqsService } from './sqs/service.ts'
import { createParameterStore } from './ssm/parameter-store.ts'
import { ssmService } from './ssm/service.ts'
import { statesService } from './states/service.ts'
import { stsService } from './sts/service.ts'
import { createFaultInjection, type FaultInjection } from './wire/fault-injection.ts'
import type { Gate } from './wire/operation.ts'
import { openEndpoint } from './wire/server.ts'

export type InProcessAwsOptions = {
  readonly clock: AwsClock
  /** TCP port on loopback. @default 0, a free one */
  readonly port?: number
  /** Called for every request that names an operation of the closed list, whatever becomes of it. */
  readonly onRequest?: (request: SeenRequest) => void
}

export type SeenRequest = {
  /** Scope of the signature: route53, monitoring, ssm, … */
  readonly service: string
  readonly operation: string
  readonly accessKeyId: string
  readonly atSeconds: number
}

export type InProcessAws = {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  readonly port: number
  readonly iam: Iam
  readonly route53: Route53Access
  readonly cloudwatch: CloudWatchAccess
  readonly lambda: FunctionRegistry
  readonly events: {
    /** Until it is called, deliveries to anything but SQS and SNS go to the dead-letter queue of the target, or are lost with a warning. */
    setDeliver(deliver: Deliver): void
  }
  readonly sqs: {
    /** Puts a message into a queue by its ARN; false when there is no such queue. */
    send(queueArn: string, body: string, attributes?: Readonly<Record<string, string>>): boolean
  }
  /** Answers chosen operations with errors. */
  readonly faults: FaultInjection
  close(): Promise<void>
}

/** Starts with an empty account. Rejects when the port is taken. */
export async function createInProcessAws({ clock, port = 0, onRequest = () => {} }: InProcessAwsOptions): Promise<InProcessAws> {
  const iam = createIam()
  const faults = createFaultInjection()
  const gate: Gate = {
    check(call, operation) {
      onRequest({ service: call.service, operation, accessKeyId: call.accessKeyId, atSeconds: clock.nowSeconds() })
      faults.check(call, operation)
    },
    authorise: iam.authorise,
  }
  const queues = createQueues(clock)
  const topics = createTopics(queues, clock)
  const bus = createEventBus(clock, queues, topics)
  const functions = createFunctions()
  const cloudwatch = createCloudWatchState(clock)
  const route53 = createRoute53State(clock)
  const engine = createEngine()
  const tables = createTables(engine)
  const listeners = alarmListeners(bus, topics)
  const states = statesService({ clock, iam, functions, bus, gate })
  const endpoint = await openEndpoint({
    clock,
    port,
    services: [
      route53Service(route53, gate),
      cloudWatchService(cloudwatch, listeners, gate),
      ssmService(createParameterStore(clock), gate),
      dynamoDbService(engine, tables, clock, gate),
      lambdaService(functions, gate),
      eventsService(bus, clock, gate),
      sqsService(queues, () => endpoint.url, gate),
      snsService(topics, gate),
      stsService(iam, clock, gate),
      states,
    ],
  })
  const timers = [
    publishHealthMetrics(clock, route53, cloudwatch.metrics.publish),
    publishQueueMetrics(clock, queues, cloudwatch.metrics.publish),
    startAlarmEvaluation(clock, cloudwatch, listeners),
    startExpirySweep(clock, engine, tables),
  ]
  return {
    url: endpoint.url,
    port: endpoint.port,
    iam,
    faults,
    route53: route53Access(route53),
    cloudwatch: {
      settings: cloudwatch.settings,
      publish: cloudwatch.metrics.publish,
      ingestLog(functionName, line) {
        const region = functions
          .list()
          .find((one) => one.functionName === functionName)
          ?.arn.split(':')[3]
        ingestEmbeddedMetrics(cloudwatch.metrics, region ?? HOME_REGION, line)
      },
    },
    lambda: functions,
    events: { setDeliver: bus.setDeliver },
    sqs: { send: (queueArn, body, attributes) => queues.send(queueArn, body, attributes) !== undefined },
    async close() {
      for (const cancel of timers) cancel()
      bus.stop()
      await states.close()
      await endpoint.close()
    },
  }
}

/** Every change of an alarm becomes an event; of the alarm's own actions, topics are notified. */
function alarmListeners(bus: EventBus, topics: Topics): AlarmListeners {
  return {
    onChange: (change) => void bus.put({ source: 'aws.cloudwatch', detailType: 'CloudWatch Alarm State Change', ...change }),
    onAction(arn, { definition, state }) {
      if (!arn.startsWith('arn:aws:sns:'))
        return console.warn(`in-process CloudWatch: alarm ${definition.name} has the action ${arn}, which is not carried out here`)
      topics.publish(
        arn,
        JSON.stringify({ AlarmName: definition.name, NewStateValue: state.value, NewStateReason: state.reason }),
        `${state.value}: "${definition.name}"`,
      )
    },
  }
}
