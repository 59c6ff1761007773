// Health checks of the stage, for reconcile.

export type ListedHealthCheck = {
  readonly id: string
  /** The stage, provider and endpoint it was made for, from its tags. */
  readonly provider: string
  readonly endpoint: string
}

export interface HealthCheckCatalog {
  /** Every health check that carries the tag of this stage. */
  list(stage: string): Promise<ListedHealthCheck[]>
  remove(id: string): Promise<void>
}
