// The event that tells the default bus that an execution began or ended.
// Source: Step Functions developer guide, "Automating Step Functions event delivery with EventBridge" (its examples).
import type { BusEvent } from '../events/bus.ts'
import type { Execution } from './machine.ts'

/** "If the combined escaped input and escaped output exceeds 248 KiB, then the input will be excluded"; the output, when it alone does. */
const LARGEST_DATA_BYTES = 248 * 1024

export function statusChange(execution: Execution): BusEvent {
  const { arn, machineArn, name, status, input, output, startSeconds, stopSeconds, error, cause, region } = execution
  const outputBytes = output === undefined ? 0 : escapedBytes(output)
  const hasOutput = output !== undefined && outputBytes <= LARGEST_DATA_BYTES
  const hasInput = escapedBytes(input) + (hasOutput ? outputBytes : 0) <= LARGEST_DATA_BYTES
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    region,
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: machineArn,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      name,
      status,
      // Epoch milliseconds, unlike everywhere else.
      startDate: Math.round(startSeconds * 1000),
      stopDate: stopSeconds === undefined ? null : Math.round(stopSeconds * 1000),
      input: hasInput ? input : null,
      inputDetails: { included: hasInput },
      output: hasOutput ? output : null,
      outputDetails: output === undefined ? null : { included: hasOutput },
      error: error ?? null,
      cause: cause ?? null,
    },
  }
}

const escapedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text))
