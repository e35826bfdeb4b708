import { HoldfastError } from '@holdfast/contract'

/** Parses the address of a node. Throws `config-invalid` for what is not one of HTTP. */
export function nodeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw new HoldfastError(
    'config-invalid',
    'the address of a node is not one that begins with http:// or https://',
  )
}
