import { expect, it } from 'vitest'
import { proseParts } from './prose.ts'

const told = (text: string) => proseParts(text).map((part) => (part.isCode ? `<${part.text}>` : part.text))

it.each([
  ['plain words', ['plain words']],
  ['`host`: the machine', ['<host>', ': the machine']],
  ['by `on` or `notify`', ['by ', '<on>', ' or ', '<notify>']],
  ['one ` alone', ['one ` alone']],
  ['`a` and ` alone', ['<a>', ' and ` alone']],
  ['', []],
])('parts %j', (text, parts) => {
  expect(told(text)).toEqual(parts)
})
