// The environment of a function, read once at the start: what is missing is named.

/** The value of a variable the deployment sets. @throws Error that names the variable, when it is missing or empty. */
export function environment(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '')
    throw new Error(`the environment variable ${name} is missing: the deployment sets it for this function`)
  return value
}
