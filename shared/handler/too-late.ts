// Whether an event is of another time than now, so that what it asks for must not be done: it waited too long, or its time has not come.
import type { Reason } from '#model/reason.ts'

/** @param event what it is called in the sentence @param time epoch seconds at which it was made @returns the reason to drop it, if there is one */
export function tooLate(event: string, time: number, nowSeconds: number, tickSeconds: number): Reason | undefined {
  const ageSeconds = nowSeconds - time
  if (ageSeconds < -tickSeconds) {
    const sentence = `the ${event} event is of a time ${Math.round(-ageSeconds)} s ahead (${time}): times are epoch seconds, and an order is of now`
    return { code: 'ahead', sentence }
  }
  if (ageSeconds <= tickSeconds) return undefined
  return {
    code: 'late',
    sentence: `the ${event} event is ${Math.round(ageSeconds)} s old, older than a tick: a late order is not executed`,
  }
}
