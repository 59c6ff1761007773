// `npm run aws`: the in-process AWS alone, with an empty account, until Ctrl-C.
import { createLocalClock } from '#local/clock/local-clock.ts'
import { HOME_REGION } from './account.ts'
import { createInProcessAws, type InProcessAws } from './in-process-aws.ts'
import { AWS_USAGE, parseAwsFlags } from './parse-flags.ts'

const parsed = parseAwsFlags(process.argv.slice(2))
if (!parsed.ok) fail(parsed.problems)
if (parsed.flags.isHelp) {
  console.log(AWS_USAGE)
  process.exit(0)
}

const { port, speed, isJson } = parsed.flags
const clock = createLocalClock({ speed })
const aws = await createInProcessAws({ clock, port }).catch((error: NodeJS.ErrnoException) =>
  fail([error.code === 'EADDRINUSE' ? `--port: ${port} is taken; allowed: a free one, 0 lets the system choose` : error.message]),
)
announce(aws)

// Signals can come twice (npm sends one too): the second finds the endpoint closing already.
let isClosing = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (isClosing) return
    isClosing = true
    await aws.close()
    clock.stop()
    process.exit(0)
  })
}

function announce({ url }: InProcessAws): void {
  const environment = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: HOME_REGION }
  if (isJson) {
    console.log(JSON.stringify({ endpoint: url, speed, environment }))
    return
  }
  const exports = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  console.log(`An empty AWS account listens at ${url}. What it can do stands in local/aws/README.md. Ctrl-C ends it.

  export ${exports.join(' ')}
  aws route53 create-hosted-zone --name example.test --caller-reference 1
  aws route53 list-hosted-zones`)
}

function fail(problems: readonly string[]): never {
  console.error(`${problems.join('\n')}\n\n${AWS_USAGE}`)
  process.exit(2)
}
