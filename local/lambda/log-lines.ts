// Turns what a function writes into lines, and keeps the end of an invocation's log for `LogType: Tail`.

/** Invoke API reference, `LogType`: the last 4 KB of the execution log. */
const TAIL_BYTES = 4096

export interface LogLines {
  write(stream: 'stdout' | 'stderr', text: string): void
  /** Hands out what has no line end yet. */
  flush(): void
  /** Starts the tail of another invocation. */
  begin(requestId: string): void
  /** The tail, with the lines Lambda itself adds around an invocation. */
  end(report: string): string
}

/** @param onLine gets each complete line, without its end */
export function createLogLines(onLine: (stream: 'stdout' | 'stderr', text: string) => void): LogLines {
  const rest = { stdout: '', stderr: '' }
  let tail = ''
  let currentId = ''

  function emit(stream: 'stdout' | 'stderr', text: string): void {
    tail = `${tail}${text}\n`.slice(-TAIL_BYTES)
    onLine(stream, text)
  }
  function flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (rest[stream] !== '') emit(stream, rest[stream])
      rest[stream] = ''
    }
  }
  return {
    write(stream, text) {
      const lines = (rest[stream] + text).split('\n')
      rest[stream] = lines.pop() ?? ''
      for (const line of lines) emit(stream, line)
    },
    flush,
    begin(requestId) {
      currentId = requestId
      tail = `START RequestId: ${requestId} Version: $LATEST\n`
    },
    end(report) {
      flush()
      return `${tail}END RequestId: ${currentId}\nREPORT RequestId: ${currentId}\t${report}\n`.slice(-TAIL_BYTES)
    },
  }
}
