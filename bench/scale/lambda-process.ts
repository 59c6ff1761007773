// One execution environment as a process of its own: the bundle as it is uploaded, and what running it costs.
const [bundle = '', timeoutSeconds = '60'] = process.argv.slice(2)
const { handler } = (await import(bundle)) as { handler: (event: unknown, context: object) => Promise<unknown> }

export type Cost = {
  /** User and system time of the invocation. */
  readonly cpuSeconds: number
  /** The largest resident set since the process began, in MB. */
  readonly residentMegabytes: number
}
export type Answer = {
  readonly cost: Cost
  readonly answer?: unknown
  readonly error?: { readonly name: string; readonly message: string }
}

process.on('message', async (event: unknown) => {
  const before = process.cpuUsage()
  const deadline = Date.now() + Number(timeoutSeconds) * 1000
  const context = {
    functionName: 'scale',
    awsRequestId: crypto.randomUUID(),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
  const outcome = await handler(event, context).then(
    (answer) => ({ answer }),
    ({ name, message }: Error) => ({ error: { name, message } }),
  )
  const { user, system } = process.cpuUsage(before)
  const cost: Cost = { cpuSeconds: (user + system) / 1e6, residentMegabytes: process.resourceUsage().maxRSS / 1024 }
  process.send?.({ cost, ...outcome } satisfies Answer)
})
