import type { NotificationLanguage } from '@holdfast/contract'
import type { Block, Message } from './message.ts'

/** Plain text, blocks parted by an empty line. Ends without a line break. */
export function messageText(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n\n')
}

function blockText(block: Block): string {
  if (block.kind === 'sentence') return block.text
  if (block.kind === 'list') return [block.title, ...block.items.map((item) => `- ${item}`)].join('\n')
  return block.rows.map(({ label, value }) => `${label} ${value}`).join('\n')
}

/** A whole HTML page without styles and pictures, with links to Holdfast only: it is read in every mail program and can track nobody. */
export function messageHtml({ headline, blocks }: Message, language: NotificationLanguage): string {
  const title = escapeHtml(headline)
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title></head><body>`,
    `<p><strong>${title}</strong></p>`,
    ...blocks.map(blockHtml),
    '</body></html>',
  ].join('\n')
}

function blockHtml(block: Block): string {
  if (block.kind === 'sentence') return `<p>${escapeHtml(block.text)}</p>`
  if (block.kind === 'list') {
    const items = block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')
    return `<p>${escapeHtml(block.title)}</p><ul>${items}</ul>`
  }
  const rows = block.rows.map(({ label, value, isCommand, isLink }) => {
    const text = escapeHtml(value)
    if (isLink) return `${escapeHtml(label)} <a href="${text}">${text}</a>`
    return `${escapeHtml(label)} ${isCommand ? `<code>${text}</code>` : text}`
  })
  return `<p>${rows.join('<br>')}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
