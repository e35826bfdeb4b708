export interface ProsePart {
  text: string
  isCode: boolean
}

/** A text of the server or of this page, parted where backticks mark what is typed or read as it stands. */
export function proseParts(text: string): ProsePart[] {
  const pieces = text.split('`')
  // An odd backtick, without a second one, is a character like any other.
  if (pieces.length % 2 === 0) {
    const last = pieces.splice(-2)
    pieces.push(last.join('`'))
  }
  return pieces
    .map((piece, index) => ({ text: piece, isCode: index % 2 === 1 }))
    .filter(({ text: piece }) => piece !== '')
}
