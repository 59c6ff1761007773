// What CloudWatch answers to input that it does not take, in its own words.
// Source: API reference, "Common errors".
import { ServiceFault } from '../wire/service-fault.ts'

export function invalidValue(message: string): ServiceFault {
  return new ServiceFault('InvalidParameterValueException', message)
}

export function invalidCombination(message: string): ServiceFault {
  return new ServiceFault('InvalidParameterCombinationException', message)
}

export function missing(parameter: string): ServiceFault {
  return new ServiceFault('MissingRequiredParameterException', `The parameter ${parameter} is required.`)
}
