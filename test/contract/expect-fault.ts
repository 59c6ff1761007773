// Asks for an error by its name, and gives it back for a closer look.
import { expect } from 'vitest'

export async function expectFault(name: string, request: Promise<unknown>): Promise<Error & { readonly messages?: string[] }> {
  const outcome = await request.then(
    () => undefined,
    (error: Error) => error,
  )
  if (outcome === undefined) throw new Error(`expected ${name}, but the request succeeded`)
  expect(outcome.name).toBe(name)
  return outcome
}
