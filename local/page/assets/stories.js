// What happened, newest first: the sentences of the decisions, the journal and the hands on the buttons.
import { byId, clockText, element } from '/elements.js'

const STORY_TONES = {
  applied: 'p0',
  decision: 'ink',
  condition: 'soft',
  health: 'warn',
  refused: 'bad',
  conflict: 'warn',
  override: 'p3',
  canary: 'p2',
  judged: 'soft',
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
  canary: 'canary',
  judged: 'judged',
  event: 'event',
  notice: 'notice',
}

export function showStories(stories) {
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
