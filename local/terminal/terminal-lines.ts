// The page in a few lines of text: one per provider, then the newest sentences.
import type { ProviderView, Snapshot, Story } from '#local/world/snapshot.ts'

const BAR_CELLS = 20
const STORIES_SHOWN = 5

/** At most `columns` wide; sentences are cut, numbers never. */
export function terminalLines(snapshot: Snapshot, stories: readonly Story[], columns: number): string[] {
  const nameWidth = Math.max(...snapshot.providers.map(({ name }) => name.length), 8)
  const head = `${clockText(snapshot.at)} × ${snapshot.speed}   demand ${snapshot.demand.toFixed(0)}/s   failed ${percent(snapshot.failedRatio, 1)}   writes ${snapshot.writes}`
  const providers = snapshot.providers.map((provider) => providerLine(provider, nameWidth))
  const told = stories.slice(-STORIES_SHOWN).map(storyLine)
  return [head, ...providers, ...told].map((line) => (line.length > columns ? `${line.slice(0, columns - 1)}…` : line))
}

/** `08:20:00  decision   hetzner 0.43 → 0.31: …` */
export function storyLine({ at, kind, sentence }: Story): string {
  return `${clockText(at)}  ${kind.padEnd(9)}  ${sentence}`
}

function providerLine(provider: ProviderView, nameWidth: number): string {
  const { name, condition, wantedShare, answeredShare, measuredShare, failedRatio, mode, isSilent } = provider
  const share = measuredShare ?? 0
  const bar = '█'.repeat(Math.round(share * BAR_CELLS)).padEnd(BAR_CELLS, '·')
  const simulated = [mode === 'running' ? '' : mode, isSilent ? 'no metrics' : ''].filter(Boolean).join(', ')
  return [
    name.padEnd(nameWidth),
    (condition ?? '–').padEnd(8),
    bar,
    `wanted ${percent(wantedShare ?? answeredShare).padStart(5)}`,
    `measured ${percent(measuredShare).padStart(5)}`,
    `failed ${percent(failedRatio, 1).padStart(6)}`,
    simulated,
  ].join('  ')
}

function percent(ratio: number | undefined, digits = 0): string {
  return ratio === undefined ? '–' : `${(100 * ratio).toFixed(digits)} %`
}

function clockText(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 19)
}
