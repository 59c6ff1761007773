// The time, as an argument for the pure stages.

export interface Clock {
  /** Epoch seconds, with fractions. */
  nowSeconds(): number
}
