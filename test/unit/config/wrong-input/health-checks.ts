// Health checks that Route 53 does not have, or that would guard nothing.
import type { WrongInput } from './wrong-input.ts'

const media = 'media.example.com'

export const healthChecks: readonly WrongInput[] = [
  {
    wrong: 'a check interval that Route 53 does not have',
    change: (file) => (file.providers.aws.healthCheck = { intervalSeconds: 20 }),
    path: 'providers.aws.healthCheck.intervalSeconds',
    seen: /20/,
    allowed: /one of 10, 30/,
    mend: /10, 30/,
  },
  {
    wrong: 'a TCP check without port',
    change: (file) => (file.providers.aws.healthCheck = { protocol: 'TCP' }),
    path: 'providers.aws.healthCheck.port',
    seen: /nothing/,
    allowed: /a port/,
    mend: /which port/,
  },
  {
    wrong: 'a TCP check with a path',
    change: (file) => (file.providers.aws.healthCheck = { protocol: 'TCP', port: 443, path: '/healthz' }),
    path: 'providers.aws.healthCheck.path',
    seen: /healthz/,
    allowed: /only connects/,
    mend: /Remove path/,
  },
  {
    wrong: 'a check that would follow the weights it guards',
    change: (file) => {
      file.providers.aws.endpoints = [{ name: 'ingress-1', cname: 'ingress.aws.example.net' }]
      file.providers.hetzner.endpoints = [{ name: 'ingress-1', cname: 'ingress.hetzner.example.net' }]
      file.providers.aws.healthCheck = { host: media }
    },
    path: 'providers.aws.healthCheck.host',
    seen: /media\.example\.com/,
    allowed: /steered by the weights/,
    mend: /Remove host/,
  },
]
