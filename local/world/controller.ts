// Finds out what the deployed stack is called by, as the operator's tools do: from its parameter.
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm'
import * as z from 'zod'
import { stageParameter } from '#config/parameter-names.ts'

const StackParameter = z.object({
  table: z.string(),
  functions: z.object({ rebalance: z.string() }),
  canary: z.object({ machine: z.string(), step: z.string() }),
})

export type Controller = {
  readonly rebalanceFunction: string
  readonly table: string
  readonly canary: { readonly machine: string; readonly step: string }
}

/** Throws when the parameter is missing or malformed: the stack was not deployed. */
export async function controllerOf(ssm: SSMClient, stage: string): Promise<Controller> {
  const name = stageParameter(stage, 'stack')
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }))
  const { table, functions, canary } = StackParameter.parse(JSON.parse(Parameter?.Value ?? 'null'))
  return { table, rebalanceFunction: functions.rebalance, canary }
}
