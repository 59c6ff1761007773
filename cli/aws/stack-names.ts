// Finds an installation: the names of its table and functions, from the parameter that the deployment wrote.
import { GetParameterCommand, GetParametersByPathCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm'
import * as z from 'zod'
import { EXIT } from '#cli/exit-codes.ts'
import { CommandFailure } from '#cli/failure.ts'
import type { StackNames } from '#config/configuration-parameters.ts'
import { nearestWord } from '#config/nearest-word.ts'
import { stageParameter } from '#config/parameter-names.ts'

const Stack: z.ZodType<StackNames> = z.object({
  table: z.string().min(1),
  functions: z.object({ rebalance: z.string().min(1), apply: z.string().min(1), reconcile: z.string().min(1) }),
  canary: z.object({ machine: z.string().min(1), step: z.string().min(1), judge: z.string().min(1), bus: z.string().min(1) }),
})

/** @throws CommandFailure for a stage that is not deployed: it names those that are */
export async function stackNames(ssm: SSMClient, stage: string, region: string): Promise<StackNames> {
  const name = stageParameter(stage, 'stack')
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }))
    return Stack.parse(JSON.parse(Parameter?.Value ?? ''))
  } catch (error) {
    if (error instanceof ParameterNotFound) throw await unknownStage(ssm, stage, region, error)
    if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error
    const mend = 'Deploy again: the parameter is written by the deployment and not edited by hand.'
    throw new CommandFailure(
      EXIT.aws,
      { code: 'stack', place: name, seen: error.message, allowed: 'the names of the table, the functions and the state machine', mend },
      { cause: error },
    )
  }
}

async function unknownStage(ssm: SSMClient, stage: string, region: string, cause: Error): Promise<CommandFailure> {
  // Whoever may not list still learns that the stage is not there.
  const stages = await deployedStages(ssm).catch(() => undefined)
  const meant = nearestWord(stage, stages ?? [])
  return new CommandFailure(
    EXIT.aws,
    {
      code: 'unknown-stage',
      place: '--stage',
      seen: `${JSON.stringify(stage)}, which is not deployed in ${region}`,
      allowed: stages === undefined || stages.length === 0 ? 'a stage that is deployed there' : stages.join(', '),
      mend: meant === undefined ? 'Deploy it (npm run deploy), or say --stage and --region of one that is.' : `Did you mean ${meant}?`,
    },
    { cause },
  )
}

async function deployedStages(ssm: SSMClient): Promise<string[]> {
  const found: string[] = []
  let NextToken: string | undefined
  do {
    const page = await ssm.send(new GetParametersByPathCommand({ Path: '/sluice', Recursive: true, NextToken }))
    for (const { Name = '' } of page.Parameters ?? []) {
      const stage = /^\/sluice\/([^/]+)\/stack$/.exec(Name)?.[1]
      if (stage !== undefined) found.push(stage)
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}
