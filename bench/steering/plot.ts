// The mean share of failed requests of every controller over the listed scenarios, as a bar chart in SVG.
import { mean, type Row } from './evaluate.ts'

const WIDTH = 760
const LABEL = 260
const BAR = 22

/** Failed percent at the first timing of each scenario; the grey mark is the optimum. */
export function plot(rows: readonly Row[]): string {
  const names = rows[0]?.figures.map(({ controller }) => controller) ?? []
  const best = mean(rows.map(({ optimumPercent }) => optimumPercent))
  const bars = names.map((name) => ({
    name,
    value: mean(rows.map(({ figures }) => figures.find(({ controller }) => controller === name)?.failedPercent ?? 0)),
  }))
  const most = Math.max(...bars.map(({ value }) => value), 1e-9)
  const x = (value: number) => LABEL + (value / most) * (WIDTH - LABEL - 70)
  const height = BAR * (bars.length + 2)
  const body = bars.map(({ name, value }, i) => {
    const y = BAR * (i + 1)
    const colour = i === 0 ? '#0b6e4f' : '#9aa5b1'
    return `  <text x="${LABEL - 8}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>
  <rect x="${LABEL}" y="${y + 3}" width="${Math.max(1, x(value) - LABEL).toFixed(1)}" height="${BAR - 6}" fill="${colour}"/>
  <text x="${(x(value) + 6).toFixed(1)}" y="${y + 15}">${value.toFixed(2)} %</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">
  <rect width="100%" height="100%" fill="#ffffff"/>
  <text x="${LABEL}" y="15" font-weight="bold">Requests failed, mean of ${rows.length} scenarios</text>
${body.join('\n')}
  <line x1="${x(best).toFixed(1)}" x2="${x(best).toFixed(1)}" y1="${BAR}" y2="${height - BAR}" stroke="#d1495b" stroke-dasharray="3 3"/>
  <text x="${x(best).toFixed(1)}" y="${height - 6}" fill="#d1495b">optimum ${best.toFixed(2)} %</text>
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
