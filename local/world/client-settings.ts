// How SDK clients of the main thread reach the in-process AWS.

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string }

/** Keys the in-process AWS does not know belong to the account's root. */
export const ROOT: Credentials = { accessKeyId: 'AKIAROOT', secretAccessKey: 'local' }

/** The endpoint answers with the time of the clock; this thread lives in real time, and must not take the difference for an error. */
export function clientSettings(endpoint: string, region: string, credentials: Credentials = ROOT) {
  return { endpoint, region, credentials, disableClockSkewCorrection: true }
}
