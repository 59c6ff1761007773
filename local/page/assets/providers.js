// The cards of the providers: numbers, the sentence behind the share, and the buttons.
import { act } from '/actions.js'
import { TONES } from '/charts.js'
import { byId, element, number, percent } from '/elements.js'

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

export function showProviders(snapshot) {
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
