// The kinds of the members that JSON requests have, so that a member of another kind is refused like AWS refuses it, before an operation reads it.
// One name has one kind in all services of the closed list. Source: Smithy, "AWS JSON protocol" (SerializationException for what does not fit the shape).
import { formatValue, problemLine } from '#config/problem.ts'
import { ServiceFault } from './service-fault.ts'

type Kind = 'text' | 'list' | 'object' | 'number' | 'boolean'

const MEMBERS: Readonly<Record<Kind, string>> = {
  text: 'Namespace MetricName AlarmName AlarmNamePrefix StateValue StateReason StateReasonData Statistic ExtendedStatistic ComparisonOperator TreatMissingData ScanBy NextToken Name Value Type Tier Path TableName IndexName KeyConditionExpression ConditionExpression UpdateExpression FilterExpression ProjectionExpression QueueName QueueNamePrefix QueueUrl MessageBody ReceiptHandle Rule NamePrefix EventBusName EventPattern ScheduleExpression State Description RoleArn ResourceArn name input error cause definition roleArn type stateMachineArn executionArn statusFilter nextToken',
  list: 'MetricData MetricDataQueries Dimensions AlarmNames OKActions AlarmActions InsufficientDataActions Names Targets Ids Entries AttributeNames KeySchema AttributeDefinitions',
  object:
    'Key Item ExpressionAttributeNames ExpressionAttributeValues RequestItems TimeToLiveSpecification PointInTimeRecoverySpecification MessageAttributes loggingConfiguration tracingConfiguration',
  number:
    'Period EvaluationPeriods DatapointsToAlarm Threshold MaxDatapoints MaxRecords MaxResults MaxNumberOfMessages WaitTimeSeconds VisibilityTimeout DelaySeconds Limit maxResults',
  boolean: 'ActionsEnabled Overwrite Recursive WithDecryption ConsistentRead ScanIndexForward reverseOrder includeExecutionData',
}

const KINDS = new Map<string, Kind>(
  Object.entries(MEMBERS).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as Kind] as const)),
)

/** The members of a request, without those that are null: null stands for absent. Members of members are for the operation, but lists have no null in them. */
export function checkedMembers(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present = Object.entries(input).filter(([, value]) => value !== null)
  for (const [name, value] of present) {
    const wanted = KINDS.get(name)
    if (wanted === undefined) continue
    if (kindOf(value) !== wanted) throw unfit(name, value, `a ${wanted}`, `Give ${name} as a ${wanted}.`)
    if (Array.isArray(value) && value.includes(null)) throw unfit(name, value, 'a list without null in it', 'Take the null out.')
  }
  return Object.fromEntries(present)
}

function unfit(name: string, value: unknown, allowed: string, mend: string): ServiceFault {
  return new ServiceFault('SerializationException', problemLine(name, { seen: formatValue(value), allowed, mend }))
}

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  return typeof value as Kind
}
