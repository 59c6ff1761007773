// Parameter Store behind the ConfigurationSource port. One cheap read a tick; everything is read again only when something changed.
import { GetParametersByPathCommand, GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm'
import type { Configuration } from '#model/configuration.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'

/** Parses the parameters of a stage, keyed by their full names. Throws when they are not one complete configuration. */
export type ParseParameters = (parameters: ReadonlyMap<string, string>) => Configuration

/** GetParameters: at most 10 names; GetParametersByPath: at most 10 results (SSM API reference). */
const PARAMETERS_PER_CALL = 10

/**
 * The policy carries the digest of the whole configuration but for the ids of the health checks, which are known only once they are made; those stand
 * in the parameters of the providers. While both read as before, nothing has changed.
 */
export function ssmConfiguration(client: SSMClient, stage: string, parse: ParseParameters): ConfigurationSource {
  const root = `/sluice/${stage}/`
  const isTelling = (name: string) => name === `${root}policy` || name.startsWith(`${root}providers/`)
  let cached: { readonly telling: ReadonlyMap<string, string>; readonly configuration: Configuration } | undefined
  return {
    load: async () => {
      if (cached !== undefined && (await isAsBefore(client, cached.telling))) return cached.configuration
      const parameters = await everything(client, root)
      try {
        const telling = new Map([...parameters].filter(([name]) => isTelling(name)))
        cached = { telling, configuration: parse(parameters) }
      } catch (error) {
        // A deployment writes the parameters one by one: until they agree, what was last complete goes on.
        if (cached === undefined) throw error
      }
      return cached.configuration
    },
  }
}

async function isAsBefore(client: SSMClient, before: ReadonlyMap<string, string>): Promise<boolean> {
  const names = [...before.keys()]
  for (let start = 0; start < names.length; start += PARAMETERS_PER_CALL) {
    const Names = names.slice(start, start + PARAMETERS_PER_CALL)
    // One that is gone is not among the answers.
    const { Parameters = [] } = await client.send(new GetParametersCommand({ Names }))
    const now = new Map(Parameters.map(({ Name = '', Value = '' }) => [Name, Value]))
    if (Names.some((name) => now.get(name) !== before.get(name))) return false
  }
  return true
}

async function everything(client: SSMClient, root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let NextToken: string | undefined
  do {
    const page = await client.send(
      new GetParametersByPathCommand({ Path: root, Recursive: true, MaxResults: PARAMETERS_PER_CALL, NextToken }),
    )
    for (const { Name = '', Value = '' } of page.Parameters ?? []) found.set(Name, Value)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}
