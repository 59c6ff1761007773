// The conditional-odds bets: given that a request failed, whose was it?
//
// In a minute with nC and nB requests, a failure is the canary's with probability w₀ = nC·δ₀ / (nB + nC·δ₀) when the canary fails δ₀
// times as often, however often that is. A bet on the multiple m of these odds gains m/(1 − w₀ + w₀·m) on a failure of the canary and
// loses 1/(1 − w₀ + w₀·m) on one of the control. Its wealth is no more than 1 in expectation while the ratio is on the safe side of δ₀:
// with independent requests of probabilities pC and pB it is at most exp(nC·pC·(m/A − 1) + nB·pB·(1/A − 1)), A = 1 + w₀·(m − 1),
// which is exp(0) at pC = δ₀·pB. So it holds for any counts and any pB, also when the share or the failure ratio changes every minute,
// and Ville's inequality bounds the chance that it ever reaches 1/α by α.
// Turner, Ly & Grünwald (2024), "Generic E-variables for exact sequential k-sample tests"; Lindon & Malek (NeurIPS 2022).

export type Pair = {
  readonly canary: { readonly requests: number; readonly bad: number }
  readonly control: { readonly requests: number; readonly bad: number }
}

/** Chance that a failure is the canary's when it fails `ratio` times as often as the control. 0 without requests. */
export function canaryChance({ canary, control }: Pair, ratio: number): number {
  const expected = canary.requests * ratio
  return expected === 0 ? 0 : expected / (control.requests + expected)
}

/** What one minute adds to the logarithm of the wealth of the bet on `multiple` times the odds of `ratio`. */
export function oddsGain(pair: Pair, ratio: number, multiple: number): number {
  const chance = canaryChance(pair, ratio)
  const failures = pair.canary.bad + pair.control.bad
  return pair.canary.bad * Math.log(multiple) - failures * Math.log1p(chance * (multiple - 1))
}

/** What one arm adds to the bet that its requests fail with probability `bet`, against `ratio`. */
export function ratioGain({ requests, bad }: Pair['canary'], ratio: number, bet: number): number {
  // 0 · ln 0 is 0: a bet on no failure at all is lost by the first one, not by none.
  const onFailures = bad === 0 ? 0 : bad * Math.log(bet / ratio)
  return onFailures + (requests - bad) * (Math.log1p(-bet) - Math.log1p(-ratio))
}
