import { expect, test } from 'vitest'
import { z } from 'zod'
import { fc } from '../../../../../tools/lab/properties.testkit.ts'
import { readDisks } from './disks.ts'
import { Settings } from './settings.ts'

const KEY = 'filesystem-ids-and-notification-mail-addresses'
const uuid = fc.oneof(
  fc.uuid(),
  fc.stringMatching(/^[0-9A-F]{16}$/),
  fc.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/),
)
const address = fc.emailAddress({ size: 'small' }).filter((text) => z.email().safeParse(text).success)
const disks = fc.uniqueArray(fc.record({ uuid, mail: fc.uniqueArray(address, { maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 8,
  selector: ({ uuid }) => uuid.toLowerCase(),
})
/** What may stand around a comma: the script took every blank out. */
const gap = fc.constantFrom('', ' ', '  ', '\n  ', ' \n\t')

test('a list of disks and addresses comes back as it was written, in its order', () => {
  fc.assert(
    fc.property(disks, fc.array(gap, { minLength: 60, maxLength: 60 }), (wanted, gaps) => {
      const items = wanted.flatMap(({ uuid, mail }) => [uuid, ...mail])
      const list = items.map((item, index) => `${item.replaceAll('%', '%%')}${gaps[index]}`).join(',')
      const settings = new Settings(`[Backup]\n${KEY} = ${list}\n`)
      const found = readDisks(settings)
      expect(settings.problems).toEqual([])
      expect(found.map(({ uuid, mail }) => ({ uuid, mail }))).toEqual(wanted)
      expect(new Set(found.map(({ label }) => label)).size).toBe(wanted.length)
    }),
  )
})
