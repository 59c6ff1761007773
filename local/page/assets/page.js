// Shows what the stream tells. Keeps as much as the server keeps, and no more.
import { banner } from '/actions.js'
import { showCanaries } from '/canary.js'
import { makeCharts, TONES } from '/charts.js'
import { byId, clockText, element, number, percent } from '/elements.js'
import { showProviders } from '/providers.js'
import { showRecords } from '/records.js'
import { showStories } from '/stories.js'

const POINTS_KEPT = 1800
const STORIES_KEPT = 200

let points = []
let stories = []
let charts
let chartNames = ''

const fact = (name, value, className) =>
  element('div', className ? { class: className } : {}, element('dt', {}, name), element('dd', {}, value))

function showFacts(snapshot) {
  byId('scenario').textContent = snapshot.scenario ? `scenario ${snapshot.scenario}` : 'local system'
  byId('facts').replaceChildren(
    fact('clock', `${clockText(snapshot.at)} × ${snapshot.speed}`),
    fact('demand', `${number(snapshot.demand, 0)} requests/s`),
    fact('failed', percent(snapshot.failedRatio, 1)),
    fact('writes', String(snapshot.writes)),
  )
}

function showLegend(names) {
  byId('shares-legend').replaceChildren(
    ...names.map((name, index) => element('span', { style: `--hue: var(--p${index % 6})` }, element('i'), name)),
    element('span', {}, element('i'), 'measured'),
    element('span', {}, element('i', { class: 'dashed' }), 'wanted'),
    ...['serving', 'degraded', 'down', 'unknown'].map((condition) =>
      element(
        'span',
        { style: `--tone: var(--${TONES[condition]})` },
        element('i', { class: 'dot' }),
        condition === 'unknown' ? 'unknown or drained' : condition,
      ),
    ),
  )
}

function makeChartsFor(names) {
  charts?.destroy()
  charts = makeCharts({ shares: byId('shares'), conditions: byId('conditions'), failed: byId('failed'), weights: byId('weights') }, names)
  chartNames = names.join()
  showLegend(names)
}

function showBeat({ snapshot, points: newPoints, stories: newStories }) {
  points = [...points, ...newPoints].slice(-POINTS_KEPT)
  stories = [...stories, ...newStories].slice(-STORIES_KEPT)
  const names = snapshot.providers.map(({ name }) => name)
  if (names.join() !== chartNames) makeChartsFor(names)
  showFacts(snapshot)
  showProviders(snapshot)
  showCanaries(snapshot)
  showRecords(snapshot)
  if (newStories.length > 0 || byId('stories').childElementCount === 0) showStories(stories)
  charts.update(points)
}

const stream = new EventSource('/events')
stream.addEventListener('history', (event) => {
  const history = JSON.parse(event.data)
  points = history.points
  stories = history.stories
  banner('')
  showStories(stories)
})
stream.addEventListener('beat', (event) => showBeat(JSON.parse(event.data)))
stream.addEventListener('error', () => banner('The stream ended; it is tried again. Is npm start still running?'))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => makeChartsFor(chartNames.split(',')))
