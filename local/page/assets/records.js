// The records of every hostname as Route 53 holds them, each with its weight and its check, and the commands that ask for them.
import { byId, element } from '/elements.js'

/** `sluice:<hostname>:<provider>:<endpoint>`: the last part tells the endpoints of a provider apart. */
const endpointOf = ({ setIdentifier }) => setIdentifier.split(':').at(-1)

function recordRow(member) {
  const { provider, type, weight, isHealthy } = member
  return element(
    'tr',
    {},
    element('td', {}, `${provider} `, element('small', {}, endpointOf(member))),
    element('td', {}, type),
    element('td', { class: 'number' }, String(weight)),
    element('td', {}, isHealthy ? 'healthy' : 'withheld'),
  )
}

export function showRecords(snapshot) {
  const rows = snapshot.hostnames.flatMap(({ hostname, fence, members }) => [
    element('tr', { class: 'name' }, element('th', { colspan: '4' }, `${hostname} `, element('small', {}, fence ?? ''))),
    ...(members.length > 0 ? members.map(recordRow) : [noRecords()]),
  ])
  const head = element(
    'tr',
    {},
    element('th', {}, 'provider, endpoint'),
    element('th', {}, 'type'),
    element('th', { class: 'number' }, 'weight'),
    element('th', {}, 'check'),
  )
  byId('records').replaceChildren(element('table', {}, head, ...rows))
  const [first] = snapshot.hostnames
  const { aws, dnsPort } = snapshot.endpoints
  byId('commands').replaceChildren(
    'Ask it yourself',
    element('code', {}, `dig +norec +short @127.0.0.1 -p ${dnsPort} ${first?.hostname.replace('*', 'any') ?? ''}`),
    element(
      'code',
      {},
      `AWS_ENDPOINT_URL=${aws} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 aws route53 list-hosted-zones`,
    ),
  )
}

const noRecords = () => element('tr', {}, element('td', { colspan: '4', class: 'soft' }, 'not written yet'))
