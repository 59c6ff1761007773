// What decisions tell anew: conditions that turned, notices that began, shares that changed.
import type { Decision } from '#model/decision.ts'
import type { ProviderSet } from '#model/provider-set.ts'
import type { Story } from './snapshot.ts'

/** What is told of one provider set. */
export type SetStory = { readonly set: ProviderSet; readonly story: Story }

/** So many hostnames are named; a set may have thousands. */
const NAMED = 3

/** In the order of time: one story for the sets that say the same at the same time, with their hostnames before it; with all of them it goes without saying. */
export function joinStories(told: readonly SetStory[], sets: readonly ProviderSet[]): Story[] {
  const groups = Map.groupBy(told, ({ story: { at, kind, sentence } }) => JSON.stringify([at, kind, sentence]))
  const stories = [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    if (group.length === sets.length) return [first.story]
    const names = group.flatMap(({ set }) => set.hostnames.map(({ hostname }) => hostname))
    return [{ ...first.story, sentence: `${namesText(names)}: ${first.story.sentence}` }]
  })
  return stories.toSorted((a, b) => a.at - b.at)
}

function namesText(names: readonly string[]): string {
  const others = names.length - NAMED
  return others > 0 ? `${names.slice(0, NAMED).join(', ')} and ${others} more` : names.join(', ')
}

/** What `decision` says that `before`, the one of the tick before it, did not. */
export function storiesOf(decision: Decision, before: Decision | undefined): Story[] {
  const { at, reason, isChange } = decision
  const moved = decision.providers.filter(({ share, shareBefore }) => Math.abs(share - shareBefore) > 1e-9)
  const sentences = new Set([reason.sentence, ...moved.map((provider) => provider.reason.sentence)])
  const decided: Story[] = isChange ? [...sentences].map((sentence) => ({ at, kind: 'decision', sentence, code: reason.code })) : []
  const turned = decision.providers.flatMap(({ provider, condition }): Story[] => {
    const was = before?.providers.find((other) => other.provider === provider)?.condition.kind
    if (was === undefined || was === condition.kind) return []
    const { sentence, code } = condition.reason
    const inOwnWords = sentence.startsWith(`${provider} `) ? sentence.slice(provider.length + 1) : sentence
    const text = sentence.includes(condition.kind) ? sentence : `${provider} is ${condition.kind}: ${inOwnWords}`
    return [{ at, kind: 'condition', sentence: text, code }]
  })
  const noticed = decision.notices
    .filter(({ code }) => !before?.notices.some((other) => other.code === code))
    .map(({ sentence, code }): Story => ({ at, kind: 'notice', sentence, code }))
  return [...turned, ...noticed, ...decided]
}
