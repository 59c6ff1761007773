// A choice by key, as events and expectations of a story are written.
import * as z from 'zod'

/** An object with exactly one of these keys: reads well in YAML, and an error can name the keys. */
export function oneOf<Base extends z.ZodRawShape, Kinds extends Record<string, z.ZodType>>(base: Base, kinds: Kinds) {
  const optional = Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, kind.optional()])) as {
    [Key in keyof Kinds]: z.ZodOptional<Kinds[Key]>
  }
  const names = Object.keys(kinds)
  return z
    .strictObject({ ...base, ...optional })
    .refine(
      (value) => names.filter((name) => value[name as keyof typeof value] !== undefined).length === 1,
      `exactly one of ${names.join(', ')}`,
    )
}
