import { expect, it } from 'vitest'
import { en } from './en.ts'
import { means, type TextUse, textUses } from './uses.testkit.ts'

/** Keys chosen as a whole while the page runs, by the file that chooses them. */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  'screens/jobs/actions/use-actions.ts': ['jobs:enable', 'jobs:disable'],
  'screens/jobs/list/bulk-actions.tsx': ['jobs:run', 'jobs:enable', 'jobs:disable'],
}

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../texts/**', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const read = Object.entries(sources).map(([path, code]) => ({ file: path.slice(3), code }))
const found = read.map(({ file, code }) => ({ file, ...textUses(file, code) }))
const declared = Object.entries(DECLARED).flatMap(([file, keys]): TextUse[] =>
  keys.map((key) => ({ file, namespaces: [key.split(':')[0] ?? ''], key: key.split(':')[1] ?? '' })),
)
const uses = [...found.flatMap((one) => one.uses), ...declared]

type Texts = { readonly [key: string]: string | Texts }

/** Keys within a namespace, plural forms as one. */
function keysOf(texts: Texts, prefix = ''): string[] {
  const keys = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [prefix + key.replace(/_(one|many|other)$/, '')]
      : keysOf(value, `${prefix}${key}.`),
  )
  return [...new Set(keys)]
}
const known = Object.entries(en).flatMap(([namespace, texts]) =>
  keysOf(texts).map((key) => ({ namespace, key })),
)

it('uses every text', () => {
  const unused = known.filter(({ namespace, key }) => !uses.some((use) => means(use, namespace, key)))
  expect(unused.map(({ namespace, key }) => `${namespace}:${key}`)).toEqual([])
})

it('asks for no text that there is not', () => {
  const unknown = uses.filter((use) => !known.some(({ namespace, key }) => means(use, namespace, key)))
  expect(unknown.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

it('declares the keys that cannot be read in the code', () => {
  const unreadable = found.filter((one) => one.unreadable.length > 0 && !(one.file in DECLARED))
  expect(unreadable.map((one) => `${one.file}: ${one.unreadable.join(' | ')}`)).toEqual([])
})

it('reads keys as they are written', () => {
  const code = [
    "const { t } = useTranslation(['jobs', 'shell'])",
    "t('a.b') + t(isOn ? 'on' : 'off') + t(k) + t('shell:c')",
    't(`x.$' + '{y}`, { count: 1 })',
  ].join('\n')
  const { uses: some, unreadable } = textUses('file', code)
  expect(some.map((use) => `${use.namespaces.join()}:${use.key}`)).toEqual([
    'jobs:a.b',
    'jobs:on',
    'jobs:off',
    'shell:c',
    'jobs:x.*',
  ])
  expect(unreadable).toEqual(['k'])
})
