// Every suite of the contract.
import { cloudWatch } from './cases/cloudwatch.ts'
import { dynamoDb } from './cases/dynamodb.ts'
import { eventBuses } from './cases/event-buses.ts'
import { messaging } from './cases/messaging.ts'
import { route53Changes } from './cases/route53-changes.ts'
import { route53HealthChecks } from './cases/route53-health-checks.ts'
import { route53Reading } from './cases/route53-reading.ts'
import { parameterStore } from './cases/ssm.ts'
import { stepFunctions } from './cases/states.ts'
import type { ContractSuite } from './contract-case.ts'

export const suites: readonly ContractSuite[] = [
  route53Changes,
  route53Reading,
  route53HealthChecks,
  cloudWatch,
  parameterStore,
  dynamoDb,
  messaging,
  eventBuses,
  stepFunctions,
]
