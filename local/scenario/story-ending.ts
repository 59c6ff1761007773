// What the process of one story tells whoever started it, when the story has ended.
import type { Checked } from './checked.ts'
import type { Permissions } from './permissions-used.ts'

export type StoryEnding = {
  readonly expectations: readonly Checked[]
  /** What the roles of the stack granted, and what was used of it. */
  readonly permissions: Permissions
}
