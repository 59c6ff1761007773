// Hostnames and zones.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const hostnames: readonly WrongInput[] = [
  {
    wrong: 'an unknown provider at a hostname',
    change: (file) => (file.hostnames[media].providers = { aws: {}, hetzer: {} }),
    path: `hostnames["${media}"].providers.hetzer`,
    seen: /"hetzer"/,
    allowed: /one of aws, hetzner/,
    mend: /mean hetzner\?/,
  },
  {
    wrong: 'a hostname outside every zone',
    change: (file) => (file.hostnames['media.example.org'] = null),
    path: 'hostnames["media.example.org"]',
    seen: /media\.example\.org/,
    allowed: /inside example\.com/,
    mend: /Add the zone/,
  },
  {
    wrong: 'a hostname whose end only looks like the zone',
    change: (file) => (file.hostnames['media.badexample.com'] = null),
    path: 'hostnames["media.badexample.com"]',
    seen: /badexample/,
    allowed: /inside example\.com/,
    mend: /Add the zone/,
  },
  {
    wrong: 'a hostname in capitals',
    change: (file) => (file.hostnames['Media.example.com'] = null),
    path: 'hostnames["Media.example.com"]',
    seen: /Media/,
    allowed: /in lower case/,
    mend: /Rename/,
  },
  {
    wrong: 'a zone id that is none',
    change: (file) => (file.zones['example.com'] = '/hostedzone/Z012'),
    path: 'zones["example.com"]',
    seen: /hostedzone/,
    allowed: /a hosted zone id such as/,
    mend: /hosted zone id/,
  },
  {
    wrong: 'a hostname without providers',
    change: (file) => (file.hostnames[media].providers = {}),
    path: `hostnames["${media}"].providers`,
    seen: /an empty map/,
    allowed: /at least one entry/,
    mend: /Add a provider/,
  },
  {
    wrong: 'no hostnames',
    change: (file) => (file.hostnames = {}),
    path: 'hostnames',
    seen: /an empty map/,
    allowed: /at least one entry under hostnames/,
    mend: /Add a hostname/,
  },
  {
    wrong: 'a hostname with its final dot',
    change: (file) => (file.hostnames['Files.example.com.'] = null),
    path: 'hostnames["Files.example.com."]',
    seen: /Files/,
    allowed: /a DNS name in lower case/,
    mend: /to files\.example\.com\.$/,
  },
  {
    wrong: 'a hostname where a fence stands',
    change: (file) => (file.hostnames['_sluice.media.example.com'] = null),
    path: 'hostnames["_sluice.media.example.com"]',
    seen: /_sluice/,
    allowed: /fences/,
    mend: /another name/,
  },
]
