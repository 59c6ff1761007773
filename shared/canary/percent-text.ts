// A percent as sentences of a canary say it: two decimals at most.

/** @param percent 0–100 */
export function percentText(percent: number): string {
  return `${Number(percent.toFixed(2))} %`
}
