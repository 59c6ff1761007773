// CreateHealthCheck, GetHealthCheck, ListHealthChecks, UpdateHealthCheck, DeleteHealthCheck, GetHealthCheckStatus.
import { ServiceFault } from '../../wire/service-fault.ts'
import { readHealthCheckConfig, updatedConfig } from '../health-check-config.ts'
import type { HealthCheck } from '../health-checks.ts'
import { arnOf, bareId, pageSize, type RestInput, type RestOperation } from '../rest-operation.ts'
import type { Route53State } from '../state.ts'

/** At most 100 a page (API reference, MaxItems). */
const PAGE = 100
/** Route 53 checks from these regions when none are chosen (API reference, HealthCheckConfig: Regions). */
const REGIONS = ['us-east-1', 'us-west-1', 'us-west-2', 'eu-west-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'sa-east-1']

export function healthCheckOperations(state: Route53State): Readonly<Record<string, RestOperation>> {
  const checks = state.healthChecks
  const one =
    (action: string) =>
    ({ path }: RestInput) => [{ action: `route53:${action}`, resource: arnOf('healthcheck', bareId(path[0])) }]
  const all = (action: string) => () => [{ action: `route53:${action}`, resource: '*' }]
  return {
    CreateHealthCheck: {
      permissions: all('CreateHealthCheck'),
      run: ({ body }) => {
        const reference = String(body.CallerReference ?? '')
        if (reference.length < 1 || reference.length > 64) throw new ServiceFault('InvalidInput', 'CallerReference: 1 to 64 characters')
        const { check } = checks.create(reference, readHealthCheckConfig((body.HealthCheckConfig ?? {}) as Record<string, unknown>))
        const location = `https://route53.amazonaws.com/2013-04-01/healthcheck/${check.id}`
        return { status: 201, headers: { location }, content: { HealthCheck: describeCheck(check) } }
      },
    },
    GetHealthCheck: {
      permissions: one('GetHealthCheck'),
      run: ({ path }) => ({ content: { HealthCheck: describeCheck(checks.get(bareId(path[0]))) } }),
    },
    ListHealthChecks: {
      permissions: all('ListHealthChecks'),
      run: ({ query }) => {
        const marker = query.get('marker') ?? ''
        const size = pageSize(query, PAGE)
        const from = checks.all().filter(({ id }) => id >= marker)
        const next = from[size]
        return {
          content: {
            HealthChecks: { HealthCheck: from.slice(0, size).map(describeCheck) },
            Marker: marker,
            IsTruncated: next !== undefined,
            NextMarker: next?.id,
            MaxItems: size,
          },
        }
      },
    },
    UpdateHealthCheck: {
      permissions: one('UpdateHealthCheck'),
      run: ({ path, body }) => {
        const check = checks.get(bareId(path[0]))
        // "If the value of HealthCheckVersion in the health check is greater … Route 53 does not update the health check" (status 409).
        if (body.HealthCheckVersion !== undefined && Number(body.HealthCheckVersion) !== check.version) {
          throw new ServiceFault('HealthCheckVersionMismatch', `The version is ${check.version}, not ${body.HealthCheckVersion}.`, 409)
        }
        check.config = updatedConfig(check.config, body)
        check.version += 1
        return { content: { HealthCheck: describeCheck(check) } }
      },
    },
    DeleteHealthCheck: {
      permissions: one('DeleteHealthCheck'),
      run: ({ path }) => {
        const { id } = checks.get(bareId(path[0]))
        checks.remove(id)
        state.tags.forget(`healthcheck/${id}`)
        return { content: {} }
      },
    },
    GetHealthCheckStatus: {
      permissions: one('GetHealthCheckStatus'),
      run: ({ path }) => ({
        content: { HealthCheckObservations: { HealthCheckObservation: observations(state, checks.get(bareId(path[0]))) } },
      }),
    },
  }
}

/** One observation per region; as many of them failed as the probers said. */
function observations(state: Route53State, { config, report }: HealthCheck): unknown[] {
  const regions = config.Regions ?? REGIONS
  const healthy = Math.round((report?.fractionHealthy ?? 1) * regions.length)
  return regions.map((Region, index) => ({
    Region,
    IPAddress: `203.0.113.${index + 1}`,
    StatusReport: {
      Status: index < healthy ? 'Success: HTTP Status Code 200, OK' : 'Failure: The endpoint did not answer as configured.',
      CheckedTime: new Date(state.clock.nowSeconds() * 1000),
    },
  }))
}

function describeCheck({ id, callerReference, config, version }: HealthCheck): Record<string, unknown> {
  const { Regions, ...rest } = config
  return {
    Id: id,
    CallerReference: callerReference,
    HealthCheckConfig: { ...rest, Regions: Regions && { Region: [...Regions] } },
    HealthCheckVersion: version,
  }
}
