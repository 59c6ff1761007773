// Shows the system in a terminal: redrawn in place where that is possible, line by line where the output goes to a file.
import type { Snapshot, Story } from '#local/world/snapshot.ts'
import { storyLine, terminalLines } from './terminal-lines.ts'

export type TerminalStream = { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined; write(text: string): unknown }

export interface Terminal {
  show(snapshot: Snapshot, stories: readonly Story[]): void
  tell(story: Story): void
  /** Leaves the last picture standing. */
  end(): void
}

const CLEAR_BELOW = '\u001b[0J'
const up = (lines: number) => (lines > 0 ? `\u001b[${lines}A\r` : '')
const DEFAULT_COLUMNS = 100

export function startTerminal(stream: TerminalStream): Terminal {
  let drawn = 0
  if (stream.isTTY !== true) {
    return { show: () => undefined, tell: (story) => void stream.write(`${storyLine(story)}\n`), end: () => undefined }
  }
  return {
    show(snapshot, stories) {
      const lines = terminalLines(snapshot, stories, stream.columns ?? DEFAULT_COLUMNS)
      stream.write(`${up(drawn)}${CLEAR_BELOW}${lines.join('\n')}\n`)
      drawn = lines.length
    },
    tell: () => undefined,
    end() {
      drawn = 0
    },
  }
}
