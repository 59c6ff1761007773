// `npm run aws`: the in-process AWS alone, with an empty account, until Ctrl-C.
import { problemLine } from '#config/problem.ts'
import { flagsOrExit } from '#flags/flags-or-exit.ts'
import { createLocalClock } from '#local/clock/local-clock.ts'
import { HOME_REGION } from './account.ts'
import { AWS_COMMAND } from './aws-command.ts'
import { createInProcessAws, type InProcessAws } from './in-process-aws.ts'

const { port, speed, json: isJson } = flagsOrExit(AWS_COMMAND).values
const clock = createLocalClock({ speed })
const aws = await createInProcessAws({ clock, port }).catch((error: NodeJS.ErrnoException) =>
  fail(error.code === 'EADDRINUSE' ? problemLine('--port', taken(port)) : error.message),
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

function taken(seen: number) {
  return { seen: `${seen}, which is taken`, allowed: 'a port that is free', mend: 'Name another one; 0 lets the system choose.' }
}

function fail(problem: string): never {
  console.error(problem)
  process.exit(2)
}
