// Takes a function of the controller its concurrency, or gives it back: an operator's off switch.
import type { StoryAccount } from './story-account.ts'

export type FunctionSwitch = {
  /** @throws Error when no function has such a name. @returns the sentence for the timeline */
  off(ending: string): Promise<string>
  on(ending: string): Promise<string>
}

export function functionSwitch({ stack }: { readonly stack: Pick<StoryAccount['stack'], 'functions'> }): FunctionSwitch {
  /** Concurrency as it was deployed. */
  const deployed = new Map<string, number | undefined>()

  async function set(ending: string, limitOf: (functionName: string, limit: number | undefined) => number | undefined): Promise<void> {
    const definition = stack.functions.definitions().find(({ functionName }) => functionName.endsWith(`-${ending}`))
    if (definition === undefined) throw new Error(`no function is named ${ending}`)
    const limit = limitOf(definition.functionName, definition.reservedConcurrency)
    await stack.functions.register({ ...definition, reservedConcurrency: limit })
  }

  return {
    async off(ending) {
      await set(ending, (name, limit) => {
        if (!deployed.has(name)) deployed.set(name, limit)
        return 0
      })
      return `${ending} is switched off: every invocation is throttled`
    },
    async on(ending) {
      // Who ran without it from the beginning does not get it by a story.
      await set(ending, (name, limit) => (deployed.has(name) ? deployed.get(name) : limit))
      return `${ending} is switched on again`
    },
  }
}
