// A property that fails is not shrunk: where mutants are judged, nobody reads the counterexample.
import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })
