// The charts: shares wanted and measured with the condition of each provider under them, failures, weights. One time axis for all.
import uPlot from '/uplot.js'

const WINDOW_SECONDS = 3600
const AXIS_WIDTH = 46
const TIME_STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200]
export const TONES = { serving: 'good', degraded: 'warn', down: 'bad', unknown: 'idle', drained: 'idle' }

/** A custom property with light-dark() has to be resolved by an element. */
function colour(name) {
  const probe = document.createElement('i')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

const clockText = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 16)

function axes(unit, isTimeShown) {
  const soft = colour('soft')
  const grid = { stroke: colour('line'), width: 1 }
  const font = `11px ${getComputedStyle(document.body).fontFamily}`
  return [
    {
      show: isTimeShown,
      stroke: soft,
      grid,
      ticks: { show: false },
      font,
      size: 24,
      space: 64,
      incrs: TIME_STEPS,
      values: (_u, splits) => splits.map(clockText),
    },
    {
      stroke: soft,
      grid,
      ticks: { show: false },
      font,
      size: AXIS_WIDTH,
      space: 28,
      values: (_u, splits) => splits.map((value) => `${+value.toFixed(2)}${unit}`),
    },
  ]
}

function lineSeries(names, isDashed, label) {
  return names.map((name, index) => ({
    label: `${name} ${label}`,
    stroke: colour(`p${index % 6}`),
    width: isDashed ? 1.5 : 2,
    ...(isDashed ? { dash: [5, 4], paths: uPlot.paths.stepped({ align: 1 }) } : {}),
    points: { show: false },
    spanGaps: false,
  }))
}

function chart(element, height, series, data, scaleY, unit, isTimeShown, hooks = {}) {
  const options = {
    width: Math.max(element.clientWidth, 200),
    height,
    padding: [8, 6, 0, 0],
    cursor: { y: false, points: { size: 6 }, sync: { key: 'time' } },
    legend: { show: false },
    scales: { x: { time: false }, y: scaleY },
    axes: axes(unit, isTimeShown),
    series: [{}, ...series],
    hooks,
  }
  return new uPlot(options, data, element)
}

/** Neighbouring points of one condition are one band: no seams between them. */
function runs(points, row) {
  const found = []
  for (const [i, point] of points.entries()) {
    const condition = point.conditions[row]
    const to = points[i + 1]?.at ?? point.at
    const last = found.at(-1)
    if (!condition) continue
    if (last?.condition === condition && last.to === point.at) last.to = to
    else found.push({ condition, from: point.at, to })
  }
  return found
}

/** Bands that tell what each provider was, in the same time axis as the shares above them. */
function conditionBands(element, names, points) {
  const rowHeight = 14
  const draw = (u) => {
    const { ctx } = u
    const scale = devicePixelRatio
    const shown = points()
    ctx.save()
    ctx.beginPath()
    ctx.rect(u.bbox.left, 0, u.bbox.width, u.ctx.canvas.height)
    ctx.clip()
    for (const [row] of names.entries()) {
      const top = u.bbox.top + row * rowHeight * scale + 3 * scale
      for (const { condition, from, to } of runs(shown, row)) {
        const left = u.valToPos(from, 'x', true)
        ctx.fillStyle = bandColours[condition]
        ctx.fillRect(left, top, Math.max(u.valToPos(to, 'x', true) - left, 1), (rowHeight - 6) * scale)
      }
    }
    ctx.restore()
    ctx.save()
    ctx.textAlign = 'right'
    ctx.textBaseline = 'middle'
    ctx.font = `${10 * scale}px ${getComputedStyle(document.body).fontFamily}`
    for (const [row, name] of names.entries()) {
      ctx.fillStyle = nameColours[row]
      ctx.fillText(name.slice(0, 8), u.bbox.left - 5 * scale, u.bbox.top + (row * rowHeight + rowHeight / 2) * scale)
    }
    ctx.restore()
  }
  const bandColours = Object.fromEntries(Object.entries(TONES).map(([condition, tone]) => [condition, colour(tone)]))
  const nameColours = names.map((_name, index) => colour(`p${index % 6}`))
  const height = names.length * rowHeight + 4
  const u = new uPlot(
    {
      width: Math.max(element.clientWidth, 200),
      height,
      padding: [0, 6, 0, 0],
      cursor: { show: false, sync: { key: 'time' } },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [{ show: false }, { size: AXIS_WIDTH, values: () => [], grid: { show: false }, ticks: { show: false } }],
      series: [{}, { show: true, stroke: 'transparent', points: { show: false } }],
      hooks: { draw: [draw] },
    },
    [[], []],
    element,
  )
  return u
}

/** Makes all charts for these providers; `update` takes the points that are kept, oldest first. */
export function makeCharts(elements, names) {
  let shown = []
  const empty = (count) => [[], ...Array.from({ length: count }, () => [])]
  const percentScale = { range: (_u, _min, max) => [0, Math.min(100, Math.max(20, Math.ceil(((max ?? 0) + 4) / 20) * 20))] }
  const failedScale = { range: (_u, _min, max) => [0, Math.max(2, Math.ceil((max ?? 0) * 1.15))] }
  const weightScale = { range: (_u, _min, max) => [0, Math.max(10, Math.ceil(((max ?? 0) * 1.1) / 10) * 10)] }
  const both = [...lineSeries(names, false, 'measured'), ...lineSeries(names, true, 'wanted')]
  const failed = [
    {
      label: 'failed',
      stroke: colour('bad'),
      fill: colour('bad').replace('rgb(', 'rgba(').replace(')', ', .14)'),
      width: 2,
      points: { show: false },
    },
  ]
  const stepped = lineSeries(names, false, 'weight').map((series) => ({ ...series, paths: uPlot.paths.stepped({ align: 1 }) }))
  const plots = [
    chart(elements.shares, 250, both, empty(both.length), percentScale, '%', true),
    conditionBands(elements.conditions, names, () => shown),
    chart(elements.failed, 120, failed, empty(1), failedScale, '%', true),
    chart(elements.weights, 120, stepped, empty(names.length), weightScale, '', true),
  ]
  const resize = () => {
    for (const plot of plots) plot.setSize({ width: Math.max(plot.root.parentElement.clientWidth, 200), height: plot.height })
  }
  const observer = new ResizeObserver(resize)
  observer.observe(elements.shares)

  function update(points) {
    const last = points.at(-1)?.at ?? 0
    shown = points.filter((point) => point.at >= last - WINDOW_SECONDS)
    const times = shown.map((point) => point.at)
    const first = times[0] ?? 0
    const range = { min: first, max: Math.max(last, first + 300) }
    const column = (key, index, factor = 1) => shown.map((point) => (point[key][index] === null ? null : point[key][index] * factor))
    const each = (key, factor) => names.map((_name, index) => column(key, index, factor))
    const datas = [
      [times, ...each('measured', 100), ...each('wanted', 100)],
      [times, times.map(() => 0)],
      [times, shown.map((point) => point.failedPercent)],
      [times, ...each('weights', 1)],
    ]
    for (const [index, plot] of plots.entries()) {
      plot.batch(() => {
        plot.setData(datas[index], false)
        plot.setScale('x', range)
      })
    }
  }

  function destroy() {
    observer.disconnect()
    for (const plot of plots) plot.destroy()
  }
  return { update, destroy }
}
