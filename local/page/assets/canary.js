// The canary of each hostname: the steps, the shares wanted and seen, the evidence against its limits, what comes next; and the buttons of an operator.
import { act } from '/actions.js'
import { byId, clockText, element, percent } from '/elements.js'

const PHASES = {
  shifting: 'begins',
  settling: 'settles',
  baking: 'is judged',
  promoting: 'goes to 100 %',
  lastBake: 'bakes at 100 %',
  rollingBack: 'goes back',
}
/** What a wait ends with. */
const NEXT = {
  Bake: 'judge',
  Settle: 'look whether it has settled',
  Shift: 'shift',
  Promote: 'promote',
  Rollback: 'go back',
  Finish: 'finish',
}
const OUTCOMES = { promoted: 'promoted', rolledBack: 'rolled back' }
const TONES = { pass: 'good', fail: 'bad', commonMode: 'warn', noData: 'warn', hold: 'idle' }

const panels = new Map()

/** Made once for each hostname and then filled, so that a button keeps the focus. */
function makePanel(hostname) {
  const fields = { hostname }
  const order = (key, label, action, title) => {
    fields[key] = element(
      'button',
      { type: 'button', title, onclick: (event) => act({ action, hostname, reason: 'from the page' }, event.currentTarget) },
      label,
    )
    return fields[key]
  }
  fields.pill = element('span', { class: 'pill' }, '')
  fields.title = element('h3', {}, hostname)
  fields.steps = element('ol', { class: 'steps' })
  fields.versions = element('table', { class: 'versions' })
  fields.evidence = element('div', { class: 'evidence' })
  fields.facts = element('dl', { class: 'numbers' })
  fields.sentence = element('p', { class: 'sentence' }, '')
  fields.choice = element('select', { 'aria-label': 'Version to start' })
  fields.start = element(
    'button',
    {
      type: 'button',
      title: 'Start an execution of the state machine for this version',
      onclick: (event) =>
        act({ action: 'canaryStart', service: fields.service, version: fields.choice.value, reason: 'from the page' }, event.currentTarget),
    },
    'Start canary',
  )
  fields.starter = element('span', { class: 'starter' }, fields.choice, fields.start)
  const buttons = element(
    'div',
    { class: 'buttons' },
    fields.starter,
    order('approve', 'Approve', 'canaryApprove', 'Open the gate of this step, or end a hold'),
    order('hold', 'Hold', 'canaryHold', 'Stay at this step; what fails still goes back'),
    order('abort', 'Abort', 'canaryAbort', 'Restore the stable shares in one change, at once'),
  )
  const head = element('header', {}, fields.title, fields.pill)
  const panel = element(
    'article',
    { class: 'canary' },
    head,
    fields.steps,
    fields.versions,
    fields.evidence,
    fields.facts,
    fields.sentence,
    buttons,
  )
  return { panel, fields }
}

function stepItems({ steps, step, phase, outcome }) {
  const isFull = phase === 'promoting' || phase === 'lastBake' || outcome === 'promoted'
  const all = [...steps.filter((percent) => percent < 100), 100]
  const now = isFull ? all.length - 1 : step
  return all.map((percent, index) => {
    const isOver = outcome === 'rolledBack'
    const state = index < now || (index === now && phase === 'ended' && !isOver) ? 'done' : index === now && !isOver ? 'now' : ''
    return element('li', { class: state, 'aria-current': state === 'now' ? 'step' : undefined }, `${percent} %`)
  })
}

/** Of versions, or of the providers that one is shifted among. */
function shareRows(title, shares) {
  const head = element('tr', {}, ...[title, 'wanted', 'in DNS', 'seen', 'failed'].map((name) => element('th', {}, name)))
  const cell = (text, isBad) => element('td', { class: 'number', style: isBad ? 'color: var(--bad)' : '' }, text)
  const rows = shares.map(({ name, wantedShare, answeredShare, measuredShare, failedRatio }) =>
    element(
      'tr',
      {},
      element('td', {}, name),
      cell(percent(wantedShare)),
      cell(percent(answeredShare)),
      cell(percent(measuredShare)),
      cell(percent(failedRatio, 1), failedRatio > 0.01),
    ),
  )
  return [head, ...rows]
}

function evidenceBar(label, value, limit, tone) {
  const part = Math.min(1, Math.max(0, value / limit))
  return element(
    'div',
    { class: 'bar', style: `--part: ${part}; --tone: var(--${tone})` },
    element('span', {}, label),
    element('i', {
      role: 'meter',
      'aria-label': label,
      'aria-valuemin': '0',
      'aria-valuemax': String(limit),
      'aria-valuenow': value.toFixed(2),
    }),
    element('span', { class: 'number' }, `${value.toFixed(2)} of ${limit.toFixed(2)}`),
  )
}

/** What each metric says by itself; one alone says what the two bars say. */
function metricBars(metrics) {
  if (metrics.length < 2) return []
  return metrics.flatMap(({ name, logE, limit, passLogE, passLimit }) => [
    limit === undefined
      ? element('p', { class: 'bar' }, element('span', {}, name), element('span', {}, `log E ${logE.toFixed(2)}: shown, aborts nothing`))
      : evidenceBar(`${name} against it`, logE, limit, 'bad'),
    ...(passLimit === undefined ? [] : [evidenceBar(`${name} for it`, passLogE, passLimit, 'good')]),
  ])
}

/** Nothing is judged then: what stands is the verdict of the step before. */
const UNJUDGED = { settling: 'judged once it has settled', promoting: 'judged once it has everything', rollingBack: 'none: it goes back' }

function verdictText({ phase, timeToVerdict: ahead }) {
  if (ahead === undefined) return UNJUDGED[phase] ?? 'not to be foreseen yet'
  const { passMinutes, failMinutes, ratio } = ahead
  if (passMinutes === 0) return 'pass'
  const inAbout = (minutes) => (minutes === undefined ? 'never' : `in about ${Math.ceil(minutes)} min`)
  return `${inAbout(passMinutes)} if good, ${inAbout(failMinutes)} if ×${ratio} failures`
}

function fill({ fields }, canary, versions, providers, isControlled) {
  const isInFlight = canary !== undefined && canary.phase !== 'ended'
  fields.service = versions[0]?.service
  fields.title.textContent = canary === undefined ? fields.hostname : canary.name
  fields.pill.textContent = canary === undefined ? 'no canary' : isInFlight ? PHASES[canary.phase] : OUTCOMES[canary.outcome]
  const tone = canary?.outcome === 'rolledBack' ? 'bad' : canary?.outcome === 'promoted' ? 'good' : isInFlight ? 'warn' : 'idle'
  fields.pill.style.setProperty('--tone', `var(--${tone})`)
  fields.steps.replaceChildren(...(canary === undefined ? [] : stepItems(canary)))
  const isShifted = canary?.shifted !== undefined && providers.length > 0
  fields.versions.replaceChildren(
    ...(isShifted
      ? shareRows('provider', providers)
      : versions.length === 0
        ? []
        : shareRows(
            'version',
            versions.map((one) => ({ ...one, name: one.version })),
          )),
  )
  const { evidence } = canary ?? {}
  fields.evidence.replaceChildren(
    ...(evidence === undefined
      ? []
      : [
          evidenceBar('against it: log E', evidence.logE, evidence.limit, 'bad'),
          evidenceBar('for it: log E', evidence.passLogE, evidence.passLimit, 'good'),
          ...metricBars(evidence.metrics),
        ]),
  )
  const fact = (name, value, toneName) =>
    element('div', {}, element('dt', {}, name), element('dd', { style: toneName ? `color: var(--${toneName})` : '' }, value))
  const longFact = (name, value) => element('div', { class: 'long' }, element('dt', {}, name), element('dd', {}, value))
  fields.facts.replaceChildren(
    ...(canary === undefined
      ? []
      : [
          fact('verdict', evidence === undefined ? '–' : `${evidence.verdict}, ${evidence.counted} min`, TONES[evidence?.verdict]),
          ...(isInFlight ? [longFact('time to verdict', verdictText(canary))] : []),
          ...(canary.shifted === undefined
            ? []
            : [fact('share wanted', `${percent(canary.shifted.part)} of its own`), fact('observed', percent(canary.observedShare))]),
          fact('generation', String(canary.generation)),
          longFact('next', nextText(canary)),
        ]),
  )
  fields.sentence.textContent = canary?.sentence ?? ''
  const choices = versions.filter(({ wantedShare }) => wantedShare < 1).map(({ version }) => version)
  if (fields.choices !== choices.join()) {
    fields.choices = choices.join()
    fields.choice.replaceChildren(...choices.map((version) => element('option', { value: version }, version)))
  }
  fields.starter.hidden = !isControlled || isInFlight || choices.length === 0
  for (const key of ['approve', 'hold', 'abort']) fields[key].hidden = !isControlled || !isInFlight
  fields.approve.disabled = !(canary?.isGate || canary?.isHeld)
  fields.hold.disabled = canary?.isHeld === true
  fields.abort.disabled = canary?.phase === 'rollingBack'
}

function nextText({ next, nextAt, isGate, isHeld }) {
  if (next === undefined) return 'nothing'
  const what = isGate ? 'waits for an approval' : isHeld ? 'held' : (NEXT[next] ?? next)
  return `${what}, ${clockText(nextAt)}`
}

/** The section is there where a hostname has a service, or had a canary. */
export function showCanaries({ hostnames, versions, providers, canaries, isControlled }) {
  const shown = hostnames
    .map(({ hostname }) => ({
      hostname,
      own: versions.filter((version) => version.hostname === hostname),
      canary: canaries.find((one) => one.hostname === hostname),
    }))
    .filter(({ own, canary }) => own.length > 0 || canary !== undefined)
  byId('canaries').hidden = shown.length === 0
  if ([...panels.keys()].join() !== shown.map(({ hostname }) => hostname).join()) {
    panels.clear()
    for (const { hostname } of shown) panels.set(hostname, makePanel(hostname))
    byId('canary-list').replaceChildren(...[...panels.values()].map(({ panel }) => panel))
  }
  for (const { hostname, own, canary } of shown) {
    // The shares of providers are those of the first hostname.
    const beside = hostname === hostnames[0]?.hostname ? providers : []
    fill(panels.get(hostname), canary, own, beside, isControlled)
  }
}
