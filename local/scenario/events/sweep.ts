// Starts the sweep now, as an operator would who does not want to wait for its schedule.
import type { StoryAccount } from './story-account.ts'

/** @throws Error with what the function answered when it failed. @returns the sentence for the timeline */
export async function sweep({ stack }: Pick<StoryAccount, 'stack'>): Promise<string> {
  const name = stack.functions.definitions().find(({ functionName }) => functionName.endsWith('-reconcile'))?.functionName
  if (name === undefined) throw new Error('no function is named reconcile')
  const outcome = await stack.functions.invoke({ functionName: name, payload: '{}', type: 'RequestResponse' })
  if (outcome.functionError !== undefined) throw new Error(`the sweep failed: ${outcome.payload}`)
  return 'somebody starts the sweep'
}
