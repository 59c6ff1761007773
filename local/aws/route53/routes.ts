// Which method and path is which operation.
// Source: API reference, the request syntax of each operation.

export type Route = { readonly operation: string; readonly path: readonly string[] }

const ROUTES: readonly (readonly [method: string, pattern: RegExp, operation: string])[] = [
  ['POST', /^hostedzone$/, 'CreateHostedZone'],
  ['GET', /^hostedzone$/, 'ListHostedZones'],
  ['GET', /^hostedzonesbyname$/, 'ListHostedZonesByName'],
  ['GET', /^hostedzone\/([^/]+)$/, 'GetHostedZone'],
  ['DELETE', /^hostedzone\/([^/]+)$/, 'DeleteHostedZone'],
  ['POST', /^hostedzone\/([^/]+)\/rrset$/, 'ChangeResourceRecordSets'],
  ['GET', /^hostedzone\/([^/]+)\/rrset$/, 'ListResourceRecordSets'],
  ['GET', /^change\/([^/]+)$/, 'GetChange'],
  ['POST', /^healthcheck$/, 'CreateHealthCheck'],
  ['GET', /^healthcheck$/, 'ListHealthChecks'],
  ['GET', /^healthcheck\/([^/]+)$/, 'GetHealthCheck'],
  ['POST', /^healthcheck\/([^/]+)$/, 'UpdateHealthCheck'],
  ['DELETE', /^healthcheck\/([^/]+)$/, 'DeleteHealthCheck'],
  ['GET', /^healthcheck\/([^/]+)\/status$/, 'GetHealthCheckStatus'],
  ['POST', /^tags\/([^/]+)\/([^/]+)$/, 'ChangeTagsForResource'],
  ['GET', /^tags\/([^/]+)\/([^/]+)$/, 'ListTagsForResource'],
  ['POST', /^tags\/([^/]+)$/, 'ListTagsForResources'],
]

/** Undefined outside the closed list. The AWS CLI ends its paths with a slash. */
export function findRoute(method: string, path: string): Route | undefined {
  const inner = /^\/2013-04-01\/(.*?)\/?$/.exec(path)?.[1]
  if (inner === undefined) return undefined
  for (const [wanted, pattern, operation] of ROUTES) {
    const match = wanted === method ? pattern.exec(inner) : null
    if (match !== null) return { operation, path: match.slice(1).map(decoded) }
  }
  return undefined
}

/** A segment that is not valid percent-encoding stands for itself: nothing has such an id. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
