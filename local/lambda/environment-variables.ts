// The environment a function's code sees: what Lambda sets, what the template sets, and where this system's AWS is.
import type { FunctionDefinition } from './function-definition.ts'

export interface EndpointSettings {
  readonly endpointUrl: string
  readonly region: string
}

/** Source of the names: Lambda developer guide, "Defined runtime environment variables". The template cannot override the reserved ones. */
export function environmentVariables(
  definition: FunctionDefinition,
  { endpointUrl, region }: EndpointSettings,
  logStream: string,
): Record<string, string> {
  const { role } = definition
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
    // A home without files: nobody's own ~/.aws may decide what a function does.
    HOME: '/home/sbx_user1051',
    ...definition.environment,
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.taskRoot,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
    ...(definition.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: definition.logLevel }),
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
    AWS_SESSION_TOKEN: `session-of-${definition.functionName}`,
    AWS_ENDPOINT_URL: endpointUrl,
    // Sockets tell real time, Date tells the clock's: above 240 s between them the SDK would repeat every failed call.
    AWS_DISABLE_CLOCK_SKEW_CORRECTION: 'true',
  }
}
