// A binary heap of timers, the earliest first, from which any timer can be taken out: most time-outs are cancelled, and must not stay until due.

export interface QueuedTimer {
  /** Epoch milliseconds of the clock. */
  readonly dueMillis: number
  /** Ties go to the older one. */
  readonly order: number
  readonly run: () => void
  /** Whether the process waits for it. */
  isRef: boolean
  /** Its place in the heap; -1 when it is not in there. */
  index: number
}

const isBefore = (a: QueuedTimer, b: QueuedTimer): boolean =>
  a.dueMillis < b.dueMillis || (a.dueMillis === b.dueMillis && a.order < b.order)

/** Adds a timer in O(log n). */
export function insert(heap: QueuedTimer[], timer: QueuedTimer): void {
  heap.push(timer)
  rise(heap, timer, heap.length - 1)
}

/** Takes a timer out in O(log n). @returns false when it is not in the heap */
export function remove(heap: QueuedTimer[], timer: QueuedTimer): boolean {
  const hole = timer.index
  if (hole === -1) return false
  timer.index = -1
  const last = heap.pop() as QueuedTimer
  if (last === timer) return true
  if (hole > 0 && isBefore(last, at(heap, (hole - 1) >> 1))) rise(heap, last, hole)
  else sink(heap, last, hole)
  return true
}

const at = (heap: QueuedTimer[], index: number): QueuedTimer => heap[index] as QueuedTimer

function place(heap: QueuedTimer[], timer: QueuedTimer, index: number): void {
  heap[index] = timer
  timer.index = index
}

function rise(heap: QueuedTimer[], timer: QueuedTimer, from: number): void {
  let index = from
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (isBefore(at(heap, parent), timer)) break
    place(heap, at(heap, parent), index)
    index = parent
  }
  place(heap, timer, index)
}

function sink(heap: QueuedTimer[], timer: QueuedTimer, from: number): void {
  let index = from
  for (;;) {
    let child = 2 * index + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(at(heap, child + 1), at(heap, child))) child++
    if (isBefore(timer, at(heap, child))) break
    place(heap, at(heap, child), index)
    index = child
  }
  place(heap, timer, index)
}
