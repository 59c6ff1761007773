// YAML text → plain value, with the line of every place in it.
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Finding, PathPart } from './problem.ts'

export type YamlReading =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly PathPart[]) => number | undefined }
  | { readonly ok: false; readonly findings: readonly (Finding & { readonly line: number })[] }

/** Syntax errors and repeated keys are findings. Aliases are limited by the parser, so a file cannot expand without bound. */
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
  const lineAt = (node: Node | undefined) => (node?.range ? lines.linePos(node.range[0]).line : undefined)
  return { ok: true, value: document.toJS(), lineOf: (path) => lineAt(nodeAt(document.contents, path)) }
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
