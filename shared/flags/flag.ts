// What a command of this repository takes: its flags and words, as data, so that they are read, refused and explained in one way.

export type Flag =
  | { readonly kind: 'switch'; readonly about: string }
  | {
      readonly kind: 'number'
      readonly about: string
      readonly from: number
      readonly to: number
      readonly isWhole?: boolean
      /** In words, such as `a whole number from 1 to 10`. */
      readonly allowed: string
      readonly default?: number
    }
  | {
      readonly kind: 'text'
      readonly about: string
      /** How the value is called in the usage: `FILE`. */
      readonly value: string
      readonly allowed: string
      /** Nothing else is taken. */
      readonly choices?: readonly string[]
      /** May be given again and again. */
      readonly isMany?: boolean
      readonly default?: string
    }

export type Command<Flags extends Readonly<Record<string, Flag>>> = {
  /** As it is typed: `npm run prove`. */
  readonly name: string
  readonly flags: Flags
  /** What may stand without a flag; left out: nothing. */
  readonly words?: { readonly value: string; readonly about: string; readonly choices: readonly string[] }
}

export type ValueOf<One extends Flag> = One extends { kind: 'switch' }
  ? boolean
  : One extends { kind: 'number'; default: number }
    ? number
    : One extends { kind: 'number' }
      ? number | undefined
      : One extends { isMany: true }
        ? readonly string[]
        : One extends { default: string }
          ? string
          : string | undefined

/** The flags and what each is for, a line each. */
export function usageOf({ name, flags, words }: Command<Readonly<Record<string, Flag>>>): string {
  const rows = Object.entries(flags).map(([flag, one]) => [`--${flag}${valueName(one)}`, `${one.about}${standing(one)}`] as const)
  const all = [...(words === undefined ? [] : [[words.value, words.about] as const]), ...rows, ['--help', 'this text'] as const]
  const width = Math.max(...all.map(([left]) => left.length))
  const tail = words === undefined ? '' : ` [${words.value} …]`
  return [`${name} -- [flags]${tail}`, ...all.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)].join('\n')
}

function valueName(flag: Flag): string {
  return flag.kind === 'switch' ? '' : flag.kind === 'number' ? ' N' : ` ${flag.value}`
}

function standing(flag: Flag): string {
  return flag.kind === 'switch' || flag.default === undefined ? '' : ` (${flag.default})`
}
