// Finds the exported handler as Lambda's Node runtime does: `file.export`, the file with one of the module extensions.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Handler = (event: unknown, context: unknown) => unknown

/** An initialisation that failed, under the name Lambda gives it. */
export class InitError extends Error {
  override readonly name: string

  constructor(name: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = name
  }
}

/** @throws InitError named Runtime.ImportModuleError, Runtime.HandlerNotFound, …; what the module itself throws goes through. */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const dot = handler.lastIndexOf('.')
  if (dot < 1) throw new InitError('Runtime.MalformedHandlerName', `Bad handler: ${handler} is not of the form file.export`)
  const file = join(taskRoot, handler.slice(0, dot))
  const found = ['.js', '.mjs', '.cjs'].map((extension) => file + extension).find(existsSync)
  if (found === undefined)
    throw new InitError('Runtime.ImportModuleError', `Error: Cannot find module '${handler.slice(0, dot)}' in ${taskRoot}`)
  const module: Record<string, unknown> = await import(pathToFileURL(found).href)
  const name = handler.slice(dot + 1)
  const exported = module[name] ?? (module.default as Record<string, unknown> | undefined)?.[name]
  if (typeof exported === 'function') return exported as Handler
  throw new InitError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`)
}
