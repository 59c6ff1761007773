// Shows what the stream tells and sends what the buttons ask for. Keeps as much as the server keeps, and no more.
import { makeCharts, TONES } from '/charts.js'

const POINTS_KEPT = 1800
const STORIES_KEPT = 200
const STORY_TONES = {
  applied: 'p0',
  decision: 'ink',
  condition: 'soft',
  health: 'warn',
  refused: 'bad',
  conflict: 'warn',
  override: 'p3',
  event: 'soft',
  notice: 'warn',
}
const STORY_NAMES = {
  applied: 'written',
  decision: 'decided',
  condition: 'state',
  health: 'health',
  refused: 'refused',
  conflict: 'conflict',
  override: 'operator',
  event: 'event',
  notice: 'notice',
}

const byId = (id) => document.getElementById(id)
const percent = (share, digits = 0) => (share === null || share === undefined ? '–' : `${(share * 100).toFixed(digits)} %`)
const number = (value, digits = 1) => (value === null || value === undefined ? '–' : value.toFixed(digits))
const clockText = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19)

let points = []
let stories = []
let charts
let chartNames = ''

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (name === 'style') made.style.cssText = value
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

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

async function act(action, button) {
  button.disabled = true
  try {
    const response = await fetch('/actions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    })
    const { isDone, sentence } = await response.json()
    if (!isDone) banner(sentence)
  } catch {
    banner('The local system does not answer; is npm start still running?')
  } finally {
    button.disabled = false
  }
}

function banner(text) {
  byId('banner').hidden = text === ''
  byId('banner').textContent = text
}

const MODES = { running: '', 'browned-out': 'browned out', failing: 'failing', stopped: 'stopped' }

/** A card is made once and then filled, so that a button keeps the focus and a click is never lost between two beats. */
function makeCard(name, index) {
  const fields = {}
  const field = (key, label, className) => {
    fields[key] = element('dd', {}, '–')
    return element('div', className ? { class: className } : {}, element('dt', {}, label), fields[key])
  }
  fields.pill = element('span', { class: 'pill' }, '…')
  fields.sentence = element('p', { class: 'sentence' }, '')
  const button = (key, label, action, title) => {
    fields[key] = element(
      'button',
      { type: 'button', title, onclick: (event) => act({ provider: name, ...action() }, event.currentTarget) },
      label,
    )
    return fields[key]
  }
  const card = element(
    'article',
    { class: 'provider', style: `--hue: var(--p${index % 6})` },
    element('header', {}, element('h3', {}, name), fields.pill),
    element(
      'dl',
      { class: 'numbers' },
      field('wanted', 'share wanted', 'big'),
      field('measured', 'measured', 'big'),
      field('failed', 'failed', 'big'),
      field('load', 'requests/s'),
      field('capacity', 'reported / real'),
      field('checkers', 'checkers healthy'),
    ),
    fields.sentence,
    element(
      'div',
      { class: 'buttons' },
      button(
        'brownOut',
        'Brown out',
        () => ({ action: 'brownOut', to: 0.4 }),
        'It serves 40 % of what it could; its health check stays green',
      ),
      button('fail', 'Fail', () => ({ action: 'stop' }), 'The whole cloud is gone: connections are refused, metrics end'),
      button('recover', 'Recover', () => ({ action: 'recover' }), 'All well again'),
      button(
        'drain',
        'Drain',
        () => ({ action: fields.isDrained ? 'undrain' : 'drain' }),
        'An operator takes it out of service, through the product',
      ),
    ),
  )
  return { card, fields }
}

const cards = new Map()

function showProviders(snapshot) {
  const names = snapshot.providers.map(({ name }) => name)
  if ([...cards.keys()].join() !== names.join()) {
    cards.clear()
    for (const [index, name] of names.entries()) cards.set(name, makeCard(name, index))
    byId('providers').replaceChildren(...[...cards.values()].map(({ card }) => card))
  }
  for (const provider of snapshot.providers) {
    const { fields } = cards.get(provider.name)
    const mode = MODES[provider.mode]
    const condition = provider.condition ?? (snapshot.isControlled ? 'not seen yet' : 'no controller')
    fields.pill.textContent = provider.isDrained ? 'drained' : condition
    fields.pill.style.setProperty('--tone', `var(--${TONES[provider.condition] ?? 'idle'})`)
    fields.wanted.textContent = percent(provider.wantedShare ?? provider.answeredShare)
    fields.measured.textContent = percent(provider.measuredShare)
    fields.failed.textContent = percent(provider.failedRatio, 1)
    fields.failed.style.color = provider.failedRatio > 0.01 ? 'var(--bad)' : ''
    fields.load.textContent = number(provider.requestsPerSecond)
    fields.capacity.textContent = `${number(provider.reportedCapacity, 0)} / ${number(provider.effectiveCapacity, 0)}`
    fields.checkers.textContent = percent(provider.checkersHealthy)
    const simulated = [mode, provider.isSilent ? 'no metrics' : ''].filter(Boolean).join(', ')
    fields.sentence.textContent = provider.sentence ?? (simulated ? `Now ${simulated}.` : '')
    fields.isDrained = provider.isDrained
    fields.drain.textContent = provider.isDrained ? 'Undrain' : 'Drain'
    fields.drain.hidden = !snapshot.isControlled
    fields.brownOut.disabled = provider.mode !== 'running'
    fields.fail.disabled = provider.mode === 'stopped'
    fields.recover.disabled = provider.mode === 'running' && !provider.isSilent
  }
}

/** A and AAAA of a provider move together: one row for both while they are alike. */
function recordRows(members) {
  const rows = new Map()
  for (const { provider, type, weight, isHealthy } of members) {
    const key = `${provider} ${weight} ${isHealthy}`
    const row = rows.get(key) ?? { provider, weight, isHealthy, types: [] }
    row.types.push(type)
    rows.set(key, row)
  }
  return [...rows.values()].map(({ provider, weight, isHealthy, types }) =>
    element(
      'tr',
      {},
      element('td', {}, provider),
      element('td', {}, [...new Set(types)].join(', ')),
      element('td', { class: 'number' }, String(weight)),
      element('td', {}, isHealthy ? 'healthy' : 'withheld'),
    ),
  )
}

function showRecords(snapshot) {
  const rows = snapshot.hostnames.flatMap(({ hostname, fence, members }) => [
    element('tr', { class: 'name' }, element('th', { colspan: '4' }, `${hostname} `, element('small', {}, fence ?? ''))),
    ...recordRows(members),
  ])
  const head = element(
    'tr',
    {},
    element('th', {}, 'provider'),
    element('th', {}, 'type'),
    element('th', { class: 'number' }, 'weight'),
    element('th', {}, 'check'),
  )
  byId('records').replaceChildren(element('table', {}, head, ...rows))
  const [first] = snapshot.hostnames
  const { aws, dnsPort } = snapshot.endpoints
  byId('commands').replaceChildren(
    'Ask it yourself',
    element('code', {}, `dig +norec +short @127.0.0.1 -p ${dnsPort} ${first?.hostname.replace('*', 'any') ?? ''}`),
    element(
      'code',
      {},
      `AWS_ENDPOINT_URL=${aws} AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1 aws route53 list-hosted-zones`,
    ),
  )
}

function showStories() {
  const items = stories
    .toReversed()
    .map((story) =>
      element(
        'li',
        {},
        element('time', {}, clockText(story.at)),
        element(
          'p',
          {},
          element('b', { style: `--tone: var(--${STORY_TONES[story.kind] ?? 'ink'})` }, STORY_NAMES[story.kind] ?? story.kind),
          story.sentence,
        ),
      ),
    )
  byId('stories').replaceChildren(
    ...(items.length > 0
      ? items
      : [element('li', { class: 'empty' }, 'Nothing yet: the first decision comes after the first minute of metrics.')]),
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
  showRecords(snapshot)
  if (newStories.length > 0 || byId('stories').childElementCount === 0) showStories()
  charts.update(points)
}

const stream = new EventSource('/events')
stream.addEventListener('history', (event) => {
  const history = JSON.parse(event.data)
  points = history.points
  stories = history.stories
  banner('')
  showStories()
})
stream.addEventListener('beat', (event) => showBeat(JSON.parse(event.data)))
stream.addEventListener('error', () => banner('The stream ended; it is tried again. Is npm start still running?'))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => makeChartsFor(chartNames.split(',')))
