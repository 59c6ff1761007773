// A hosted zone of a real account, when somebody gave one: SLUICE_REAL_ZONE=<zone id>:<zone name>. Cases then stay below names of their own in it.

export type GivenZone = { readonly zoneId: string; readonly zone: string }

/** @throws Error that says what is allowed, when the variable is set and cannot be read */
export function givenZone(text = process.env.SLUICE_REAL_ZONE): GivenZone | undefined {
  if (text === undefined || text === '') return undefined
  const [, zoneId, zone] = /^(Z[A-Z0-9]{1,31}):([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/.exec(text) ?? []
  if (zoneId === undefined || zone === undefined) {
    throw new Error(
      `SLUICE_REAL_ZONE: seen ${JSON.stringify(text)}; allowed: <zone id>:<zone name>, such as Z0123456789ABC:test.example.com; mend: name a zone made for tests.`,
    )
  }
  return { zoneId, zone }
}
