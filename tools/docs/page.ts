/** One page of the reference: a title, a line that says where it comes from, then blocks separated by blank lines. */
export function page(title: string, blocks: readonly string[]): string {
  const origin = '<!-- Made by `npm run docs` from the code; changes by hand are lost. -->'
  return `${[`# ${title}`, origin, ...blocks].join('\n\n')}\n`
}

export function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text that stands in a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;')
}
