// False aborts against bad requests served, one point for each rule: the nearer to the lower left corner, the better.
import { byRule } from './by-rule.ts'
import type { Row } from './measure.ts'

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [760, 420, 70, 50, 40]

export function plot(rows: readonly Row[]): string {
  const points = byRule(rows)
  const x = (served: number) => LEFT + served * (WIDTH - LEFT - 190)
  const most = Math.max(0.05, ...points.map(({ falseAborts }) => falseAborts))
  const y = (ratio: number) => HEIGHT - BOTTOM - Math.sqrt(ratio / most) * (HEIGHT - BOTTOM - TOP)
  const ticks = [0, 0.01, 0.05, 0.2, 0.5, 1].filter((tick) => tick <= most)
  const marks = withLabels(points.map(({ name, falseAborts, served }, i) => ({ name, i, x: x(served), y: y(falseAborts) }))).map(
    ({ name, i, x, y, labelY }) =>
      `  <circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5" fill="${i === 0 ? '#0b6e4f' : '#9aa5b1'}"/>
  <text x="${(x + 9).toFixed(1)}" y="${labelY.toFixed(1)}">${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">
  <rect width="100%" height="100%" fill="#ffffff"/>
  <text x="${LEFT}" y="20" font-weight="bold">False aborts against bad requests served</text>
  <line x1="${LEFT}" x2="${x(1)}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}" stroke="#333333"/>
  <line x1="${LEFT}" x2="${LEFT}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#333333"/>
${ticks.map((tick) => `  <text x="${LEFT - 8}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${tick * 100} %</text>`).join('\n')}
${[0, 0.5, 1].map((tick) => `  <text x="${x(tick).toFixed(1)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${tick * 100} %</text>`).join('\n')}
  <text x="${x(0.5)}" y="${HEIGHT - 12}" text-anchor="middle">bad requests served, of those without a judge</text>
${marks.join('\n')}
</svg>
`
}

type Point = { readonly name: string; readonly i: number; readonly x: number; readonly y: number }

const [LABEL_WIDTH, LABEL_HEIGHT] = [170, 14]

/** A label that would lie on another one moves up, from the lowest point on. */
function withLabels(points: readonly Point[]): readonly (Point & { readonly labelY: number })[] {
  const placed: (Point & { labelY: number })[] = []
  for (const point of points.toSorted((a, b) => b.y - a.y)) {
    const beside = placed.filter(({ x }) => Math.abs(x - point.x) < LABEL_WIDTH).map(({ labelY }) => labelY - LABEL_HEIGHT)
    placed.push({ ...point, labelY: Math.min(point.y + 4, ...beside) })
  }
  return placed
}
