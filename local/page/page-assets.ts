// Reads the page's files once: its own, and uPlot's from where npm put it.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export type PageAssets = Readonly<Record<string, { readonly type: string; readonly body: string }>>

const HTML = 'text/html; charset=utf-8'
const CSS = 'text/css; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

/** The page's own, each loaded by the one that needs it. */
const SCRIPTS = ['page.js', 'elements.js', 'actions.js', 'providers.js', 'records.js', 'canary.js', 'stories.js', 'charts.js']

export async function loadPageAssets(): Promise<PageAssets> {
  const own = (name: string) => new URL(`./assets/${name}`, import.meta.url)
  const uplot = (name: string) => createRequire(import.meta.url).resolve(`uplot/dist/${name}`)
  const files: [string, string, string | URL][] = [
    ['/', HTML, own('page.html')],
    ['/page.css', CSS, own('page.css')],
    ['/canary.css', CSS, own('canary.css')],
    ...SCRIPTS.map((name): [string, string, URL] => [`/${name}`, SCRIPT, own(name)]),
    ['/uplot.js', SCRIPT, uplot('uPlot.esm.js')],
    ['/uplot.css', CSS, uplot('uPlot.min.css')],
  ]
  const entries = await Promise.all(files.map(async ([path, type, file]) => [path, { type, body: await readFile(file, 'utf8') }] as const))
  return Object.fromEntries(entries)
}
