// The N-1 question: which provider's loss would overload another most, if its share spread over the rest as their weights stand?
import type { Decision } from '#model/decision.ts'

export type WorstLoss = { readonly lost: string; readonly overloaded: string /** Load over capacity, 1 = full. */; readonly load: number }

/** Undefined when the demand is unknown or fewer than two providers have a share. */
export function worstLoss({ demand, providers }: Pick<Decision, 'demand' | 'providers'>): WorstLoss | undefined {
  const serving = providers.filter(({ share, capacityEstimate }) => share > 0 && capacityEstimate > 0)
  if (demand === undefined || serving.length < 2) return undefined
  const losses = serving.flatMap((lost) =>
    serving
      .filter((other) => other !== lost)
      .map((other) => ({
        lost: lost.provider,
        overloaded: other.provider,
        load: (demand * other.share) / (1 - lost.share) / other.capacityEstimate,
      })),
  )
  return losses.reduce((worst, loss) => (loss.load > worst.load ? loss : worst))
}
