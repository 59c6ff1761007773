// The scaled time all threads read: a straight line (anchor and rate) in shared memory, replaced by one thread, read by many.

/** What a worker needs to follow the clock; it can be sent in `workerData`. */
export type ClockOrigin = SharedArrayBuffer

const SEQUENCE = 0
const ANCHOR_REAL = 0
const ANCHOR_CLOCK = 1
const RATE = 2
const STARTED_AT = 3
const HEADER_BYTES = 8

/** Taken before anything may patch it. Monotonic, and the same for every thread of the process. */
const hrtime = process.hrtime.bigint.bind(process.hrtime)
const realMillis = (): number => Number(hrtime()) / 1e6

export interface SharedTime {
  /** Epoch milliseconds of the clock, with fractions. It never goes back within a thread. */
  nowMillis(): number
  /** Clock seconds per real second at this moment. */
  rate(): number
  /** Epoch milliseconds at which the clock was made. */
  readonly startedAtMillis: number
  readonly origin: ClockOrigin
}

export interface OwnedSharedTime extends SharedTime {
  /** Goes on from the time of this moment at another rate: the clock neither jumps nor goes back. */
  setRate(rate: number): void
}

/** Makes the line; only the thread that made it may change the rate. */
export function createSharedTime(startMillis: number, rate: number): OwnedSharedTime {
  const origin = new SharedArrayBuffer(HEADER_BYTES + 4 * Float64Array.BYTES_PER_ELEMENT)
  const sequence = new Int32Array(origin, 0, 2)
  const line = new Float64Array(origin, HEADER_BYTES, 4)
  line.set([realMillis(), startMillis, rate, startMillis])
  const reader = readSharedTime(origin)
  return {
    ...reader,
    setRate(next) {
      const now = reader.nowMillis()
      // A seqlock: odd while the three numbers do not belong together.
      Atomics.add(sequence, SEQUENCE, 1)
      line[ANCHOR_REAL] = realMillis()
      line[ANCHOR_CLOCK] = now
      line[RATE] = next
      Atomics.add(sequence, SEQUENCE, 1)
      Atomics.notify(sequence, SEQUENCE)
    },
  }
}

/** Reads the line another thread owns. */
export function readSharedTime(origin: ClockOrigin): SharedTime {
  const sequence = new Int32Array(origin, 0, 2)
  const line = new Float64Array(origin, HEADER_BYTES, 4)
  let last = Number.NEGATIVE_INFINITY
  const read = (index: number): number => line[index] as number
  const consistently = <T>(compute: () => T): T => {
    for (;;) {
      const before = Atomics.load(sequence, SEQUENCE)
      const value = compute()
      if (before % 2 === 0 && Atomics.load(sequence, SEQUENCE) === before) return value
    }
  }
  return {
    origin,
    startedAtMillis: read(STARTED_AT),
    nowMillis() {
      const now = consistently(() => read(ANCHOR_CLOCK) + Math.max(0, realMillis() - read(ANCHOR_REAL)) * read(RATE))
      last = Math.max(last, now)
      return last
    },
    rate: () => consistently(() => read(RATE)),
  }
}

/** Calls `listener` after each change of the rate, for as long as the thread lives. Waiting does not keep the thread alive. */
export async function watchRate(origin: ClockOrigin, listener: () => void): Promise<never> {
  const sequence = new Int32Array(origin, 0, 2)
  let seen = Atomics.load(sequence, SEQUENCE)
  for (;;) {
    const change = Atomics.waitAsync(sequence, SEQUENCE, seen)
    if (change.async) await change.value
    seen = Atomics.load(sequence, SEQUENCE)
    listener()
  }
}
