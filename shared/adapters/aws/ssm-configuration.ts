// Parameter Store behind the ConfigurationSource port. One cheap read a tick; everything is read again only when its digest changed.
import { GetParameterCommand, GetParametersByPathCommand, type SSMClient } from '@aws-sdk/client-ssm'
import type { Configuration } from '#model/configuration.ts'
import type { ConfigurationSource } from '#ports/configuration-source.ts'

/** Parses the parameters of a stage, keyed by their full names. Throws when they are not one complete configuration. */
export type ParseParameters = (parameters: ReadonlyMap<string, string>) => Configuration

export function ssmConfiguration(client: SSMClient, stage: string, parse: ParseParameters): ConfigurationSource {
  const root = `/sluice/${stage}/`
  let cached: { readonly policy: string; readonly configuration: Configuration } | undefined
  return {
    load: async () => {
      // The policy carries the digest of the whole configuration, so an equal text means that nothing has changed.
      const policy = (await client.send(new GetParameterCommand({ Name: `${root}policy` }))).Parameter?.Value ?? ''
      if (cached?.policy === policy) return cached.configuration
      try {
        cached = { policy, configuration: parse(await everything(client, root)) }
      } catch (error) {
        // A deployment writes the parameters one by one: until they agree, what was last complete goes on.
        if (cached === undefined) throw error
      }
      return cached.configuration
    },
  }
}

/** Pages of ten: GetParametersByPath gives no more (SSM API reference). */
async function everything(client: SSMClient, root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let NextToken: string | undefined
  do {
    const page = await client.send(new GetParametersByPathCommand({ Path: root, Recursive: true, MaxResults: 10, NextToken }))
    for (const { Name = '', Value = '' } of page.Parameters ?? []) found.set(Name, Value)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}
