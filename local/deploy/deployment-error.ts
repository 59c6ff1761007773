// Why a template cannot be deployed: always with the stack and the logical id at which it failed.

export class DeploymentError extends Error {
  override readonly name = 'DeploymentError'

  /** @param place `stack/LogicalId`, or the name of the stack alone */
  constructor(place: string, what: string, cause?: unknown) {
    super(`${place}: ${what}`, { cause })
  }
}
