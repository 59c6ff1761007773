// Requests that no SDK would send: each gets an error of the service that names the place, and the endpoint lives on.
import { expect, it } from 'vitest'
import { anAccount } from './an-account.ts'

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=root/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

async function post(url: string, service: string, body: string, headers: Record<string, string> = {}, path = '/') {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization: scope(service), ...headers }, body })
  return { status: response.status, text: await response.text() }
}

const metrics = { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData', 'content-type': 'application/x-amz-json-1.0' }

it.each([
  ['JSON that is none', 'monitoring', '{', metrics, /SerializationException.*not JSON/],
  ['a list in place of an object', 'monitoring', '[]', metrics, /SerializationException.*JSON object/],
  [
    'a member of another kind',
    'monitoring',
    '{"Namespace":"a","MetricData":"x"}',
    metrics,
    /SerializationException.*MetricData: seen .+x.+; allowed: a list; mend: Give MetricData as a list/,
  ],
  [
    'null in a list',
    'monitoring',
    '{"Namespace":"a","MetricData":[null]}',
    metrics,
    /MetricData: seen \[null\]; allowed: a list without null in it; mend: /,
  ],
  [
    'null in place of a member',
    'monitoring',
    '{"Namespace":"a","MetricData":null}',
    metrics,
    /MissingRequiredParameterException.*MetricData/,
  ],
  [
    'an operation outside the closed list',
    'ssm',
    '{}',
    { 'x-amz-target': 'AmazonSSM.DescribeInstanceInformation' },
    /NotImplemented.*ssm:DescribeInstanceInformation/,
  ],
  ['an unknown service', 'ec2', 'Action=DescribeInstances', {}, /<Code>NotImplemented<\/Code>.*ec2/],
  [
    'a body that says gzip and is not',
    'monitoring',
    'plain',
    { ...metrics, 'content-encoding': 'gzip' },
    /SerializationException.*cannot be read/,
  ],
  ['a form whose field is both a value and a structure', 'sns', 'Action=Publish&A=1&A.B=2', {}, /<Code>MalformedQueryString<\/Code>/],
])('%s is refused', async (_, service, body, headers, expected) => {
  const { aws } = await anAccount()
  const { status, text } = await post(aws.url, service, body, headers)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(text.replaceAll('\n', ' ')).toMatch(expected)
})

it.each([
  ['no XML', 'nonsense'],
  ['an empty body', ''],
  ['an empty batch', '<ChangeResourceRecordSetsRequest><ChangeBatch><Changes/></ChangeBatch></ChangeResourceRecordSetsRequest>'],
  ['text where a structure belongs', '<ChangeResourceRecordSetsRequest><ChangeBatch>x</ChangeBatch></ChangeResourceRecordSetsRequest>'],
])('Route 53 refuses %s as InvalidInput and changes nothing', async (_, body) => {
  const { aws } = await anAccount()
  aws.route53.createZone({ id: 'Z1', name: 'example.test' })
  const { status, text } = await post(aws.url, 'route53', body, {}, '/2013-04-01/hostedzone/Z1/rrset/')
  expect([status, text]).toEqual([400, expect.stringContaining('<Code>InvalidInput</Code>')])
})

it('a request without a signature is refused', async () => {
  const { aws } = await anAccount()
  const response = await fetch(`${aws.url}/2013-04-01/hostedzone`)
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('MissingAuthenticationToken')])
})

it("every answer carries the Date of the account's clock", async () => {
  const { aws, clock } = await anAccount()
  const response = await fetch(`${aws.url}/2013-04-01/hostedzone`, { headers: { authorization: scope('route53') } })
  expect(response.headers.get('date')).toBe(new Date(clock.nowSeconds() * 1000).toUTCString())
})

it('a fault on order meets the operation it names, as often as it says', async () => {
  const { aws } = await anAccount()
  aws.faults.inject({ service: 'monitoring', operation: 'PutMetricData', code: 'ThrottlingException', times: 1 })
  const datum = '{"Namespace":"a","MetricData":[{"MetricName":"b","Value":1,"Timestamp":1800000000}]}'
  expect((await post(aws.url, 'monitoring', datum, metrics)).text).toContain('ThrottlingException')
  expect((await post(aws.url, 'monitoring', datum, metrics)).status).toBe(200)
})
