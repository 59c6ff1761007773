// Canaries whose execution has ended without its last state: nobody else will take them on, so canary/step is told to restore what stood before.
import { type CanaryRow, isInFlight } from '#model/canary.ts'
import type { CanaryOrder } from '#model/canary-order.ts'
import type { ControlRows } from '#ports/control-rows.ts'
import type { Executions } from '#ports/executions.ts'
import type { EndedExecution } from './execution-ended.ts'

export type EndPorts = {
  readonly rows: Pick<ControlRows, 'list'>
  readonly executions: Executions
  /** Gives the order to canary/step and waits until it is carried out. */
  readonly order: (order: CanaryOrder) => Promise<void>
  readonly clock: { nowSeconds(): number }
}

/** Hostnames whose canary was ended. */
export type EndReport = { readonly ended: readonly string[] }

/** One that Step Functions told us of. A canary that ended in order, or another one's, is left alone. */
export async function endCanaryOf({ execution, how }: EndedExecution, ports: EndPorts): Promise<EndReport> {
  return endAll(
    (await inFlight(ports)).filter(({ canary }) => canary.execution === execution).map((row) => ({ row, how })),
    ports,
  )
}

/** The event of an end is delivered at best effort only (EventBridge events reference, "AWS Step Functions events"): the sweep asks for itself. */
export async function endDeadCanaries(ports: EndPorts): Promise<EndReport> {
  const looked = await Promise.all(
    (await inFlight(ports)).map(async (row) => ({ row, how: await ports.executions.endOf(row.canary.execution) })),
  )
  return endAll(
    looked.flatMap(({ row, how }) => (how === undefined ? [] : [{ row, how }])),
    ports,
  )
}

async function inFlight({ rows }: EndPorts): Promise<CanaryRow[]> {
  return (await rows.list()).filter(isInFlight)
}

async function endAll(dead: readonly { readonly row: CanaryRow; readonly how: string }[], { order, clock }: EndPorts): Promise<EndReport> {
  for (const { row, how } of dead) {
    const { execution } = row.canary
    const reason = `its execution ended before its time: ${how}`
    await order({ action: 'died', time: clock.nowSeconds(), author: 'reconcile', reason, hostname: row.hostname, execution })
  }
  return { ended: dead.map(({ row }) => row.hostname) }
}
