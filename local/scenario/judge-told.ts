// Decides whether a story went as it should: with the controller every expectation is met; without it, none of those that bite.
import type { Told } from './tell-story.ts'

export type Judged = { readonly isRight: boolean; readonly sentence: string }

/** Start and end included: who waits longer for a story does not run it. */
const LONGEST_SECONDS = 90

export function judgeTold(told: Pick<Told, 'isControlled' | 'code' | 'ending' | 'seconds' | 'isOwnSpeed' | 'isBusy'>): Judged {
  const { code, ending, seconds, isOwnSpeed, isBusy } = told
  if (ending === undefined) return { isRight: false, sentence: `ended with exit code ${code} before its story did` }
  if (isOwnSpeed && !isBusy && seconds > LONGEST_SECONDS)
    return { isRight: false, sentence: `took ${seconds} s; allowed: ${LONGEST_SECONDS} s` }
  return told.isControlled ? judgeWith(code, ending) : judgeWithout(code, ending)
}

function judgeWith(code: number, { expectations }: NonNullable<Told['ending']>): Judged {
  const unmet = expectations.filter(({ isMet }) => !isMet)
  if (code === 0 && unmet.length === 0) return { isRight: true, sentence: `all ${expectations.length} expectations are met` }
  return {
    isRight: false,
    sentence: `exit code ${code}, ${unmet.length} of ${expectations.length} not met: ${unmet.map(({ expected }) => expected).join('; ')}`,
  }
}

function judgeWithout(code: number, { expectations }: NonNullable<Told['ending']>): Judged {
  const biting = expectations.filter(({ bites }) => bites)
  if (biting.length === 0) {
    return {
      isRight: code === 0,
      sentence: code === 0 ? 'as expected: nothing is done in it' : `exit code ${code}, but no line of it says that it bites`,
    }
  }
  const passed = biting.filter(({ isMet }) => isMet)
  if (passed.length > 0)
    return { isRight: false, sentence: `does not bite: ${passed.map(({ expected, seen }) => `${expected}: ${seen}`).join('; ')}` }
  const figures = biting.map(({ expected, seen }) => `${expected}: ${seen}`).join('; ')
  return { isRight: code === 1, sentence: code === 1 ? `fails, as it should: ${figures}` : `exit code ${code}; it should be 1` }
}
