// Deploys the stack again while it works.
import type { StoryAccount } from './story-account.ts'

/** @throws RangeError for a rating of nobody, DeploymentError. @returns the sentence for the timeline */
export async function redeploy(
  ratings: Readonly<Record<string, number>>,
  { stack, clock, configuration }: Pick<StoryAccount, 'stack' | 'clock' | 'configuration'>,
): Promise<string> {
  const unknown = Object.keys(ratings).find((name) => !configuration.providers.some((provider) => provider.name === name))
  if (unknown !== undefined) throw new RangeError(`redeploy.ratings: "${unknown}" is no provider of the configuration`)
  const providers = configuration.providers.map((provider) => ({ ...provider, rating: ratings[provider.name] ?? provider.rating }))
  // Synthesis takes what it takes; on a slow computer it must not look like an hour without a controller.
  const release = clock.hold()
  try {
    const actions = await stack.redeploy({ configuration: { ...configuration, providers } })
    const changed = [...actions.values()].filter((action) => action !== 'unchanged').length
    return `the stack is deployed again: ${changed} of ${actions.size} resources changed`
  } finally {
    release()
  }
}
