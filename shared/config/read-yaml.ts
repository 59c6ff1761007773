// YAML text → plain value, with the line of every place in it.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Finding, PathPart } from './problem.ts'

export type YamlReading =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly PathPart[]) => number | undefined }
  | { readonly ok: false; readonly findings: readonly (Finding & { readonly line: number })[] }

/** Syntax errors and repeated keys are findings. So is a file whose aliases multiply without bound. */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    return {
      ok: false,
      findings: document.errors.map((error) => ({
        code: error.code === 'DUPLICATE_KEY' ? 'repeated-key' : 'yaml',
        path: [],
        line: lines.linePos(error.pos[0]).line,
        seen: text.slice(error.pos[0], error.pos[1]).split('\n')[0]?.trim() || 'the end of the text',
        allowed: error.code === 'DUPLICATE_KEY' ? 'each key once in a map' : 'YAML 1.2',
        mend: error.code === 'DUPLICATE_KEY' ? 'Rename or remove one of the two.' : `Correct the syntax: ${error.message}.`,
      })),
    }
  }
  const value = plainValue(document)
  if (!value.ok) {
    const mend = 'Write the values out in place of aliases.'
    return {
      ok: false,
      findings: [{ code: 'yaml', path: [], line: 1, seen: value.why, allowed: 'aliases that expand to a bounded size', mend }],
    }
  }
  const lineAt = (node: Node | undefined) => (node?.range ? lines.linePos(node.range[0]).line : undefined)
  return { ok: true, value: value.value, lineOf: (path) => lineAt(nodeAt(document.contents, path)) }
}

/** Far more than any real file has; aliases can stand for more values than a computer can walk through. */
const VALUE_LIMIT = 100_000

function plainValue(document: Document): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    const value: unknown = document.toJS()
    if (isWithin(value, { left: VALUE_LIMIT })) return { ok: true, value }
    return { ok: false, why: `more than ${VALUE_LIMIT} values, aliases counted each time` }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) }
  }
}

function isWithin(value: unknown, budget: { left: number }): boolean {
  budget.left--
  if (typeof value !== 'object' || value === null) return budget.left >= 0
  return Object.values(value).every((one) => budget.left >= 0 && isWithin(one, budget))
}

/** The key's node for a place in a map, the item's for one in a list: the line a person looks for. Undefined for what is not there. */
function nodeAt(root: unknown, path: readonly PathPart[]): Node | undefined {
  let value: unknown = root
  let found: Node | undefined = isNode(root) ? root : undefined
  for (const part of path) {
    if (isMap(value)) {
      const pair = value.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
      if (pair === undefined) return undefined
      found = isNode(pair.key) ? pair.key : undefined
      value = pair.value
    } else if (isSeq(value)) {
      value = value.items[Number(part)]
      found = isNode(value) ? value : undefined
    } else return undefined
  }
  return found
}
