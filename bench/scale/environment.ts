// The environment of a function, as the deployment sets it, with an account of this process.
import { functionName } from '#cdk/handlers.ts'
import { STAGE, TABLE } from './subject.ts'

export function functionEnvironment(endpoint?: string): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'function',
    AWS_SECRET_ACCESS_KEY: 'function',
    // The endpoint answers with the clock's own Date, which is not the computer's.
    AWS_DISABLE_CLOCK_SKEW_CORRECTION: 'true',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    SLUICE_STAGE: STAGE,
    SLUICE_TABLE: TABLE,
    SLUICE_APPLY_FUNCTION: functionName(STAGE, 'apply'),
    SLUICE_REBALANCE_FUNCTION: functionName(STAGE, 'rebalance'),
    SLUICE_STEP_FUNCTION: functionName(STAGE, 'canary-step'),
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
  }
}
