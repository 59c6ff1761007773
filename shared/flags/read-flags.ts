// Reads the flags of a command; anything it does not know is an objection that names the flag, the value, what is allowed and the mend.
import { parseArgs } from 'node:util'
import { nearestWord } from '#config/nearest-word.ts'
import { problemLine } from '#config/problem.ts'
import type { Command, Flag, ValueOf } from './flag.ts'

type Flags = Readonly<Record<string, Flag>>
export type ReadFlags<Own extends Flags> = {
  readonly values: { readonly [Name in keyof Own]: ValueOf<Own[Name]> }
  readonly words: readonly string[]
  readonly isHelp: boolean
  /** Every objection, a line each; empty when all is well. */
  readonly problems: readonly string[]
}

/** Every problem at once. A value that was refused reads as its default. */
export function readFlags<const Own extends Flags>(command: Command<Own>, args: readonly string[]): ReadFlags<Own> {
  const { flags, words: ownWords } = command
  const names = [...Object.keys(flags), 'help']
  const problems: string[] = []
  const object = (place: string, seen: string, allowed: string, mend: string) =>
    void problems.push(problemLine(place, { seen, allowed, mend }))
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries([
      ...Object.entries(flags).map(([name, { kind }]) => [name, { type: kind === 'switch' ? 'boolean' : 'string' }] as const),
      ['help', { type: 'boolean', short: 'h' }] as const,
    ]),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const words: string[] = []
  const given = new Map<string, string[]>()
  const allFlags = names.map((name) => `--${name}`).join(', ')
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      const before = tokens[index - 1]
      // What follows an unknown flag is its value.
      if (before?.kind === 'option' && !names.includes(before.name) && before.value === undefined) continue
      if (ownWords === undefined) object(`"${token.value}"`, 'a word without a flag', allFlags, 'Remove it, or put the flag before it.')
      else if (!ownWords.choices.includes(token.value))
        object(
          ownWords.value,
          `"${token.value}"`,
          [...new Set(ownWords.choices)].join(', '),
          meant(token.value, ownWords.choices, 'Name one of them.'),
        )
      words.push(token.value)
      continue
    }
    const flag = flags[token.name]
    if (token.name !== 'help' && flag === undefined) {
      object(token.rawName, 'a flag that does not exist', allFlags, meant(token.name, names, 'Remove it.', '--'))
    } else if (flag === undefined || flag.kind === 'switch') {
      if (token.value !== undefined) object(token.rawName, `"${token.value}"`, 'no value', `Write ${token.rawName} alone.`)
      given.set(token.name, [''])
    } else if (token.value === undefined || token.value.trim() === '' || (!token.inlineValue && token.value.startsWith('--'))) {
      const seen = token.value === undefined || token.value.startsWith('--') ? 'no value' : `"${token.value}"`
      object(token.rawName, seen, flag.allowed, `Write ${token.rawName} and the value.`)
    } else given.set(token.name, [...(given.get(token.name) ?? []), token.value])
  }
  const values = Object.entries(flags).map(([name, flag]) => [name, readValue(`--${name}`, flag, given.get(name) ?? [], object)])
  return { values: Object.fromEntries(values), words, isHelp: given.has('help'), problems }
}

function readValue(
  place: string,
  flag: Flag,
  texts: readonly string[],
  object: (...words: [string, string, string, string]) => void,
): unknown {
  if (flag.kind === 'switch') return texts.length > 0
  const isMany = flag.kind === 'text' && flag.isMany === true
  if (texts.length > 1 && !isMany) object(place, `${texts.length} of them`, 'one', 'Remove all but one.')
  if (flag.kind === 'number') {
    const [text] = texts
    if (text === undefined) return flag.default
    const value = Number(text)
    const { from, to, isWhole = false } = flag
    if (Number.isFinite(value) && value >= from && value <= to && (!isWhole || Number.isInteger(value))) return value
    object(place, `"${text}"`, flag.allowed, `Write ${flag.allowed}.`)
    return flag.default
  }
  const { choices } = flag
  for (const text of texts) {
    if (choices !== undefined && !choices.includes(text))
      object(place, `"${text}"`, choices.join(', '), meant(text, choices, 'Name one of them.'))
  }
  return isMany ? texts : (texts[0] ?? flag.default)
}

function meant(word: string, known: readonly string[], otherwise: string, prefix = ''): string {
  const near = nearestWord(word, known)
  return near === undefined ? otherwise : `Did you mean ${prefix}${near}?`
}
