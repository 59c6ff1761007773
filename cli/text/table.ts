// Rows → lines with aligned columns, two spaces between them.

export type Column = { readonly title: string; readonly align?: 'left' | 'right' }

/** A line of titles, then one for each row. No trailing spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ title }) => title), ...rows]
  const widths = columns.map((_, index) => Math.max(...all.map((row) => (row[index] ?? '').length)))
  return all.map((row) =>
    columns
      .map(({ align }, index) => {
        const cell = row[index] ?? ''
        return align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Name and value side by side, without titles. */
export function pairs(rows: readonly (readonly [string, string])[]): string[] {
  return table([{ title: '' }, { title: '' }], rows).slice(1)
}

export function indent(lines: readonly string[], by = '  '): string[] {
  return lines.map((line) => (line === '' ? '' : `${by}${line}`))
}
