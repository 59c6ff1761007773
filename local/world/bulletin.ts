// Keeps what was told and seen, bounded, and passes it on to those who listen.
import { createRing } from './ring.ts'
import { type Point, pointOf, type Snapshot, type Story } from './snapshot.ts'

export interface Bulletin {
  tell(story: Story): void
  show(snapshot: Snapshot): void
  /** Oldest first. */
  points(): readonly Point[]
  stories(): readonly Story[]
  onStory(listener: (story: Story) => void): void
  onBeat(listener: (snapshot: Snapshot) => void): void
}

/** Half an hour of real time at one point a second. */
const POINTS_KEPT = 1800
const STORIES_KEPT = 300

export function createBulletin(): Bulletin {
  const points = createRing<Point>(POINTS_KEPT)
  const stories = createRing<Story>(STORIES_KEPT)
  const storyListeners: ((story: Story) => void)[] = []
  const beatListeners: ((snapshot: Snapshot) => void)[] = []
  return {
    tell(story) {
      stories.push(story)
      for (const listener of storyListeners) listener(story)
    },
    show(snapshot) {
      points.push(pointOf(snapshot))
      for (const listener of beatListeners) listener(snapshot)
    },
    points: points.values,
    stories: stories.values,
    onStory: (listener) => void storyListeners.push(listener),
    onBeat: (listener) => void beatListeners.push(listener),
  }
}
