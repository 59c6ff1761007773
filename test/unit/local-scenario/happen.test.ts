// What a story asks of a controller that is not there is told, and the story goes on; anything else that cannot be done ends it.
import { expect, it } from 'vitest'
import { startHappening } from '#local/scenario/happen.ts'
import { StoryEvent } from '#local/scenario/story-event.ts'

function aHappening(isControlled: boolean) {
  const told: string[] = []
  const asked: string[] = []
  const world = {
    tell: ({ sentence }: { sentence: string }) => void told.push(sentence),
    act: async ({ action }: { action: string }) => {
      asked.push(action)
      return { isDone: false, sentence: `${action} was not done` }
    },
  }
  const options = { world, account: { clock: { nowSeconds: () => 0 }, stack: {} }, mainHostname: 'media.example.com', isControlled }
  return { happening: startHappening(options as never), told, asked }
}

it.each(['drain', 'undrain'])('without a controller nobody is asked to %s, and it is told', async (action) => {
  const { happening, told, asked } = aHappening(false)
  await happening.happen(StoryEvent.parse({ at: 0, [action]: { provider: 'aws' } }))
  expect([told, asked]).toEqual([[`${action} of aws: there is no controller to ask`], []])
})

it.each([
  ['an override that the controller refuses', true, 'drain'],
  ['a cloud that does not obey', false, 'fail'],
])('%s ends the story', async (_what, isControlled, action) => {
  const { happening } = aHappening(isControlled)
  const event = StoryEvent.parse({ at: 0, [action]: { provider: 'aws' } })
  await expect(happening.happen(event)).rejects.toMatchObject({ name: 'StoryEventFailed', message: `${action} was not done` })
})
