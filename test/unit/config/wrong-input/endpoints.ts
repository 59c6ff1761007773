// Endpoints and their addresses: twins, types that exclude each other, and what is no address.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const endpoints: readonly WrongInput[] = [
  {
    wrong: 'two endpoints with one set identifier',
    change: (file) => file.providers.aws.endpoints.push({ name: 'ingress-1', ipv4: '192.0.2.11', ipv6: '2001:db8:1::11' }),
    path: 'providers.aws.endpoints[1].name',
    seen: /second endpoint "ingress-1".*set identifier/,
    allowed: /one endpoint per name/,
    mend: /ingress-1-2/,
  },
  {
    wrong: 'a set identifier above 128 characters',
    change: (file) => {
      const long = `${'a'.repeat(60)}.${'b'.repeat(30)}.example.com`
      file.hostnames[long] = null
      file.providers.aws.endpoints[0].name = 'i'.repeat(32)
    },
    path: `hostnames["${'a'.repeat(60)}.${'b'.repeat(30)}.example.com"]`,
    seen: /\(\d{3} characters\)/,
    allowed: /at most 128 characters/,
    mend: /Shorten/,
  },
  {
    wrong: 'one address at two endpoints',
    change: (file) => (file.providers.hetzner.endpoints[0].ipv4 = '192.0.2.10'),
    path: 'providers.hetzner.endpoints[0].ipv4',
    seen: /192\.0\.2\.10, which is also the address of aws\/ingress-1/,
    allowed: /each address at one endpoint/,
    mend: /Correct the address/,
  },
  {
    wrong: 'a CNAME beside A',
    change: (file) => (file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]),
    path: 'providers.hetzner.endpoints[0].cname',
    seen: /CNAME at hetzner\/ingress-1, beside addresses at aws\/ingress-1/,
    allowed: /CNAME at every endpoint of a hostname, or at none/,
    mend: /ipv4\/ipv6 addresses/,
  },
  {
    wrong: 'a CNAME at the apex',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: 'ingress.aws.example.net' }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
      file.hostnames = { 'example.com': null }
    },
    path: 'providers.aws.endpoints[0].cname',
    seen: /apex of its zone/,
    allowed: /addresses or an alias/,
    mend: /below the apex/,
  },
  {
    wrong: 'a missing AAAA at one provider',
    change: (file) => delete file.providers.hetzner.endpoints[0].ipv6,
    path: 'providers.hetzner.endpoints[0]',
    seen: /no AAAA at hetzner\/ingress-1, but at aws\/ingress-1/,
    allowed: /AAAA at every endpoint/,
    mend: /Add ipv6 here/,
  },
  {
    wrong: 'an endpoint reached in two ways',
    change: (file) => (file.providers.aws.endpoints[0].cname = 'ingress.aws.example.net'),
    path: 'providers.aws.endpoints[0]',
    seen: /ipv4\/ipv6 and cname/,
    allowed: /exactly one of/,
    mend: /Keep one/,
  },
  {
    wrong: 'an endpoint without an address',
    change: (file) => (file.providers.aws.endpoints = [{ name: 'ingress-1' }]),
    path: 'providers.aws.endpoints[0]',
    seen: /without an address/,
    allowed: /exactly one of/,
    mend: /Add ipv4/,
  },
  {
    wrong: 'a private address',
    change: (file) => (file.providers.aws.endpoints[0].ipv4 = '10.0.0.5'),
    path: 'providers.aws.endpoints[0].ipv4',
    seen: /10\.0\.0\.5 \(private\)/,
    allowed: /over the internet/,
    mend: /public address/,
  },
  {
    wrong: 'something that is no address',
    change: (file) => (file.providers.aws.endpoints[0].ipv4 = '192.0.2.256'),
    path: 'providers.aws.endpoints[0].ipv4',
    seen: /192\.0\.2\.256/,
    allowed: /an IPv4 address/,
    mend: /IPv4 address/,
  },
  {
    wrong: 'one address in two spellings',
    change: (file) => (file.providers.hetzner.endpoints[0].ipv6 = '2001:0DB8:0001::10'),
    path: 'providers.hetzner.endpoints[0].ipv6',
    seen: /also the address of aws\/ingress-1/,
    allowed: /each address at one endpoint/,
    mend: /Correct the address/,
  },
  {
    wrong: 'an endpoint that points to the name it serves',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: media }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
    },
    path: 'providers.aws.endpoints[0].cname',
    seen: /which it serves/,
    allowed: /own name/,
    mend: /ingress of the provider/,
  },
]
