// One way in which a file can be wrong, and what is said of it.
import type { FileUnderTest } from '../a-file.ts'

export type WrongInput = {
  readonly wrong: string
  readonly change: (file: FileUnderTest) => void
  readonly path: string
  readonly seen: RegExp
  readonly allowed: RegExp
  readonly mend: RegExp
}
