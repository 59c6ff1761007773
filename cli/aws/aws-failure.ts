// An error of an SDK client → a failure that says what to do about it.

import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure, type Objection } from '#cli/failure.ts'

type SdkError = Error & { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } }
type Rule = { readonly code: string; readonly names: RegExp; readonly allowed: string; readonly mend: string }

/** By the names that the services and the SDK give their errors; the first that fits. */
const RULES: readonly Rule[] = [
  {
    code: 'credentials',
    names:
      /Credentials|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|MissingAuthentication|TokenRefresh|SSO/,
    allowed: 'credentials of the account in which Sluice runs',
    mend: 'Sign in (aws sso login), or set AWS_PROFILE or the access key. `aws sts get-caller-identity` tells who you are.',
  },
  {
    code: 'permission',
    names: /AccessDenied|NotAuthorized|Forbidden/,
    allowed: 'a role with the permissions of an operator',
    mend: 'docs/commands.md lists what each command has to be allowed.',
  },
  {
    code: 'not-found',
    names: /ResourceNotFound|ParameterNotFound|NotFoundException/,
    allowed: 'an installation as the deployment made it',
    mend: 'Deploy the stage again: what its parameters name does not exist.',
  },
  {
    code: 'throttled',
    names: /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughput/,
    allowed: 'fewer calls',
    mend: 'Wait a moment and try again.',
  },
  {
    code: 'unreachable',
    names: /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|TimeoutError|AggregateError|NetworkingError/,
    allowed: 'an endpoint that answers',
    mend: 'Look at the network and at AWS_ENDPOINT_URL; on one computer `npm start` must be running and prints it.',
  },
]

/** What is thrown in place of `error`: a `CommandFailure`, or the error itself where it is none of AWS's. */
export function awsFailure(error: unknown): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error)) return error
  const { name, code = '', message, $metadata } = error as SdkError
  const rule = RULES.find(({ names }) => names.test(name) || names.test(code))
  if (rule === undefined && $metadata === undefined) return error
  const seen = `${code !== '' && name === 'Error' ? code : name}${message === '' ? '' : `: ${message}`}`
  const objection: Objection = {
    place: rule?.code === 'credentials' ? 'credentials' : 'AWS',
    code: rule?.code ?? 'aws',
    seen,
    allowed: rule?.allowed ?? 'an answer',
    mend: rule?.mend ?? 'Try again; if it stays so, AWS Health tells whether the service is disturbed.',
  }
  return new CommandFailure(EXIT.aws, objection, { cause: error })
}
