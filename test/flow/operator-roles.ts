// The roles of people, taken from the table of permissions in docs/commands.md, so that a command that needs more than it says fails.
import { readFileSync } from 'node:fs'

const REGION = 'us-east-1'
const ACCOUNT = '123456789012'

/** What the table of permissions in docs/commands.md stands for in the account, by its second column. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  // Of prod, which is there, and of prd, which is asked for by mistake.
  '/sluice/<stage>': ['prod', 'prod/*', 'prd', 'prd/*'].map((path) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/sluice/${path}`),
  "the stage's table": [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/*`],
  'sluice-<stage>-rebalance': [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:sluice-prod-rebalance`],
  'sluice-<stage>-canary-step': [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:sluice-prod-canary-step`],
  'sluice-<stage>-canary-judge': [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:sluice-prod-canary-judge`],
  'the functions that gates ask': [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:media-*`],
  'the state machine sluice-<stage>-canary and its executions': [
    `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:sluice-prod-canary`,
    `arn:aws:states:${REGION}:${ACCOUNT}:execution:sluice-prod-canary:*`,
  ],
  '/sluice': [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/sluice`],
  '*': ['*'],
}
/** The statements of somebody who has all that the page lists. */
export const OPERATOR = [...readFileSync('docs/commands.md', 'utf8').matchAll(/^\| `([\w:, ]+)` \| (.+?) \| .+ \|$/gm)].map(
  ([, actions = '', on = '']) => {
    const Resource = RESOURCES[on.replaceAll('&lt;', '<').replaceAll('&gt;', '>')]
    if (Resource === undefined) throw new Error(`docs/commands.md: what is ${on}?`)
    return { Effect: 'Allow' as const, Action: actions.split(', '), Resource: [...Resource] }
  },
)
/** Who may read, but neither invoke a function nor start an execution. */
export const VIEWER = OPERATOR.filter(({ Action }) => Action.every((action) => !/^(lambda|states):/.test(action)))
