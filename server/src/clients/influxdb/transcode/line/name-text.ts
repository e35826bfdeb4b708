const PREFIX = 'hex:'

/**
 * A name (of a measurement, tag or field) as text that loses nothing: the name itself where it is valid UTF-8, otherwise
 * its bytes as `hex:ff00`. A name with a NUL, which databases cannot store in a text, or one that begins like such a text
 * is written that way as well, so two names never share a text.
 */
export function nameText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = buffer.toString('utf8')
  if (!text.startsWith(PREFIX) && !text.includes('\0') && Buffer.from(text, 'utf8').equals(buffer))
    return text
  return PREFIX + buffer.toString('hex')
}

/** The name that a text stands for; what of it is no UTF-8 is lost. */
export function nameOfText(text: string): string {
  return text.startsWith(PREFIX) ? Buffer.from(text.slice(PREFIX.length), 'hex').toString('utf8') : text
}
