// CloudWatch on the wire: JSON 1.0, spoken by the SDK clients and by the AWS CLI of today.

import { jsonService } from '../wire/json-protocol.ts'
import type { WireService } from '../wire/message.ts'
import type { Gate } from '../wire/operation.ts'
import type { AlarmListeners } from './alarm-evaluation.ts'
import { alarmOperations } from './operations/alarms.ts'
import { getMetricData } from './operations/get-metric-data.ts'
import { listMetrics } from './operations/list-metrics.ts'
import { putMetricData } from './operations/put-metric-data.ts'
import type { CloudWatchState } from './state.ts'

/** The codes that the older Query protocol had for the same errors. */
const QUERY_CODES = {
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
  AccessDeniedException: 'AccessDenied',
}

export function cloudWatchService(state: CloudWatchState, listeners: AlarmListeners, gate: Gate): WireService {
  return jsonService({
    scope: 'monitoring',
    targetPrefix: 'GraniteServiceVersion20100801',
    version: '1.0',
    gate,
    queryCodes: QUERY_CODES,
    operations: {
      PutMetricData: putMetricData(state),
      GetMetricData: getMetricData(state),
      ListMetrics: listMetrics(state),
      ...alarmOperations(state, listeners),
    },
  })
}
