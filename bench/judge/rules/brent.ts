// Where a function crosses zero (Brent 1973, "Algorithms for Minimization without Derivatives", chapter 4).

type Point = { readonly x: number; readonly f: number }

/** @param from and @param to with values of opposite signs @returns a point at most `tolerance` from a crossing */
export function brent(f: (x: number) => number, from: Point, to: Point, tolerance: number): number {
  let [before, best, across] = [from, to, from]
  for (let i = 0; i < 1000; i++) {
    const lastStep = best.x - before.x
    if (Math.abs(across.f) < Math.abs(best.f)) [before, best, across] = [best, across, best]
    const near = 2 * Number.EPSILON * Math.abs(best.x) + tolerance / 2
    const half = (across.x - best.x) / 2
    if (Math.abs(half) <= near || best.f === 0) return best.x
    const isPromising = Math.abs(lastStep) >= near && Math.abs(before.f) > Math.abs(best.f)
    const step = (isPromising ? interpolated(before, best, across, near, lastStep) : undefined) ?? half
    const x = best.x + (Math.abs(step) > near ? step : Math.sign(half) * near)
    before = best
    best = { x, f: f(x) }
    if (Math.sign(best.f) === Math.sign(across.f)) across = before
  }
  return best.x
}

/** By a line, or by an inverse parabola through three points; undefined when that would leave the bracket, or hardly move. */
function interpolated(before: Point, best: Point, across: Point, near: number, lastStep: number): number | undefined {
  const width = across.x - best.x
  const s = best.f / before.f
  const [r, t] = [best.f / across.f, before.f / across.f]
  const isLine = before.x === across.x
  const p = isLine ? width * s : s * (width * t * (t - r) - (best.x - before.x) * (r - 1))
  const q = isLine ? 1 - s : (t - 1) * (r - 1) * (s - 1)
  const signed = p > 0 ? -q : q
  const isInside = Math.abs(p) < 0.75 * width * signed - Math.abs(near * signed) / 2 && Math.abs(p) < Math.abs((lastStep * signed) / 2)
  return isInside ? Math.abs(p) / signed : undefined
}
