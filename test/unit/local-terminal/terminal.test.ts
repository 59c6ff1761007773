// The terminal: redrawn in place on a TTY, plain lines elsewhere, never wider than it is.
import { describe, expect, it } from 'vitest'
import { startTerminal } from '#local/terminal/start-terminal.ts'
import { terminalLines } from '#local/terminal/terminal-lines.ts'
import type { Story } from '#local/world/snapshot.ts'
import { aProviderView, aSnapshot } from '../local-page/a-page-source.ts'

const story: Story = { at: 1_800_000_000, kind: 'decision', sentence: 'hetzner 0.43 → 0.31' }

function aStream(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, columns: 80, write: (text: string) => void written.push(text) }
}

describe('the terminal', () => {
  it('shows one line for each provider and the newest sentences', () => {
    const lines = terminalLines(
      aSnapshot({ providers: [aProviderView(), aProviderView({ name: 'hetzner', mode: 'browned-out', isSilent: true })] }),
      [story],
      200,
    )
    expect(lines).toHaveLength(4)
    expect(lines[1]).toMatch(/^aws {7}serving .*wanted {2}57 % {2}measured {2}58 % {2}failed {2}0\.0 %/)
    expect(lines[2]).toContain('browned-out, no metrics')
    expect(lines[3]).toBe('08:00:00  decision   hetzner 0.43 → 0.31')
  })

  it('cuts what is wider than the terminal', () => {
    const lines = terminalLines(aSnapshot(), [{ ...story, sentence: 'x'.repeat(300) }], 60)
    expect(Math.max(...lines.map((line) => line.length))).toBe(60)
  })

  it('redraws over the last picture on a TTY', () => {
    const stream = aStream(true)
    const terminal = startTerminal(stream)
    terminal.show(aSnapshot(), [])
    terminal.show(aSnapshot(), [])
    expect(stream.written[0]?.startsWith('\u001b[0J')).toBe(true)
    expect(stream.written[1]?.startsWith('\u001b[3A')).toBe(true)
  })

  it('writes a line for each story where it is no TTY, and draws nothing', () => {
    const stream = aStream(false)
    const terminal = startTerminal(stream)
    terminal.show(aSnapshot(), [])
    terminal.tell(story)
    expect(stream.written).toEqual(['08:00:00  decision   hetzner 0.43 → 0.31\n'])
  })
})
