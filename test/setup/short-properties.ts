// Where mutants are judged, nobody reads a counterexample, so none is shrunk; and a property that has found nothing after a tenth of a second seldom will.
// A mutant may survive by that which the whole property would have killed: the score is too low rather than too high.
import fc from 'fast-check'

const LONGEST_MILLIS = 100

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true, interruptAfterTimeLimit: LONGEST_MILLIS })
