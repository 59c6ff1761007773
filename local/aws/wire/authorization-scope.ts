// Reads who calls which service from the signature. The signature itself and its date are not checked: every key is known, and the AWS CLI signs real time.
// Source: AWS Signature Version 4, "Authorization header": Credential=<access key>/<date>/<region>/<service>/aws4_request.

export type Scope = { readonly accessKeyId: string; readonly region: string; readonly service: string }

/** Undefined when the header is missing or is not a Signature Version 4. */
export function readScope(authorization: string | undefined): Scope | undefined {
  const match = /^AWS4-[A-Z0-9-]+ .*?Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(authorization ?? '')
  const [, accessKeyId, region, service] = match ?? []
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined
  return { accessKeyId, region, service }
}
