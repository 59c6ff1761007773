// What became of one expectation, with the figure that decided it.

export type Checked = {
  readonly isMet: boolean
  readonly expected: string
  readonly seen: string
  /** Measured at the clients, and not met without the controller. */
  readonly bites?: true
}
