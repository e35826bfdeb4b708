import { expect, it } from 'vitest'
import { NO_SETTINGS, parseSettings } from './settings.ts'

it('reads back what was kept', () => {
  const settings = { columns: { rpo: false }, isCompact: false, sort: [{ id: 'name', desc: true }] }
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings)
})

it.each([null, 'not json', '7', '{"columns":3,"isCompact":"yes","sort":[{"id":4},null]}'])(
  'takes the page’s own settings instead of %s',
  (text) => {
    expect(parseSettings(text)).toEqual(NO_SETTINGS)
  },
)
