// The page's routes: its few files, a stream of what is happening, and one door for actions.
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { formatValue, problemLine } from '#config/problem.ts'
import { parseAction } from '#local/world/action.ts'
import type { PageAssets } from './page-assets.ts'
import type { PageSource } from './page-source.ts'

/** Real time, whatever the speed of the clock: people watch this. */
const BEAT_MILLIS = 1000

export function pageApp(source: PageSource, assets: PageAssets, beatMillis = BEAT_MILLIS): Hono {
  const app = new Hono()

  // A name server of somebody else could point a name at loopback and let a foreign page in; only loopback's own names are served.
  app.use(async (context, next) => {
    const { hostname } = new URL(context.req.url)
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
      return context.text(`host: "${hostname}" is not served; use 127.0.0.1 or localhost\n`, 403)
    }
    await next()
  })

  for (const [path, { type, body }] of Object.entries(assets)) {
    app.get(path, (context) => context.body(body, 200, { 'content-type': type, 'cache-control': 'no-cache' }))
  }

  app.get('/events', (context) =>
    streamSSE(context, async (stream) => {
      let lastPoint = source.points().at(-1)?.at ?? 0
      let told = source.stories().at(-1)
      await stream.writeSSE({ event: 'history', data: JSON.stringify({ points: source.points(), stories: source.stories() }) })
      while (!stream.aborted) {
        const points = source.points().filter((point) => point.at > lastPoint)
        const stories = storiesAfter(source, told)
        lastPoint = points.at(-1)?.at ?? lastPoint
        told = stories.at(-1) ?? told
        await stream.writeSSE({ event: 'beat', data: JSON.stringify({ snapshot: source.snapshot(), points, stories }) })
        await stream.sleep(beatMillis)
      }
    }),
  )

  app.get('/snapshot', (context) => context.json(source.snapshot()))

  app.post('/actions', async (context) => {
    // A form of a foreign page cannot send this type without asking first.
    if (!context.req.header('content-type')?.startsWith('application/json')) {
      const seen = formatValue(context.req.header('content-type'))
      const sentence = problemLine('content-type', { seen, allowed: 'application/json', mend: 'Send it with this header.' })
      return context.json({ isDone: false, sentence }, 415)
    }
    const providers = source.snapshot().providers.map(({ name }) => name)
    const checked = parseAction(await context.req.text(), providers)
    if ('problem' in checked) return context.json({ isDone: false, sentence: checked.problem }, 400)
    const outcome = await source.act(checked.action)
    return context.json(outcome, outcome.isDone ? 200 : 502)
  })

  return app
}

function storiesAfter(source: PageSource, told: ReturnType<PageSource['stories']>[number] | undefined) {
  const all = source.stories()
  const index = told === undefined ? -1 : all.lastIndexOf(told)
  return all.slice(index + 1)
}
