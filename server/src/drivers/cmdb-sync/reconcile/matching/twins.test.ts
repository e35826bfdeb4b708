import { phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../model/inventory.ts'
import { card, item, key, mapping, reconciled } from '../testkit/build.testkit.ts'

const CARD = card(1, 'VirtualServer', { SourceKey: key('machine', 'old'), Hostname: 'kept by hand' })

/** What becomes of the second item, when the first has its card. */
function outcome(first: Item, second: Item, more: Parameters<typeof reconciled>[2] = {}): string {
  const { changes, untouched } = reconciled([first, second], [CARD], more)
  const made = changes.some((change) => change.do === 'create' && change.key.endsWith(`/${second.id}`))
  const left = untouched.find((one) => one.key.endsWith(`/${second.id}`))
  return made ? 'new' : left ? phraseText(left.why) : 'nothing'
}

const at = (home: string | null) => ({ home })
const old = item('machine', 'old', ['web01'], at('vmware:vcenter'))

describe('a machine that was registered anew', () => {
  it('gets no second card while the first has one', () => {
    const anew = item('machine', 'new', ['WEB01'], at('vmware:vcenter'))
    expect(outcome(old, anew)).toContain(
      'its name is that of web01, which has its card already (VirtualServer 1)',
    )
    expect(outcome(old, anew, { mapping: mapping({ onAmbiguous: 'create' }) })).toBe('new')
  })

  it.each([
    ['at another home', item('machine', 'new', ['web01'], at('vmware:other'))],
    ['whose home nobody knows', item('machine', 'new', ['web01'], at(null))],
    ['of another name', item('machine', 'new', ['web02'], at('vmware:vcenter'))],
  ])('is another one %s', (_, other) => {
    expect(outcome(old, other)).toBe('new')
  })

  it('takes over the card once the first is gone', () => {
    const anew = item('machine', 'new', ['kept by hand'], at('vmware:vcenter'))
    const { changes } = reconciled([anew], [CARD])
    expect(changes).toMatchObject([{ do: 'update', why: 'adopted', card: 1 }])
  })
})

describe('a server of the name of a machine that has its card', () => {
  const machine = item('machine', 'old', ['web01.a.it'])

  it.each([['web01.a.it'], ['WEB01']])('may be that machine: %s', (name) => {
    expect(outcome(machine, item('server', 'new', [name]))).toContain(
      'which has its card already (VirtualServer 1)',
    )
  })

  it('is another one in another domain', () => {
    expect(outcome(machine, item('server', 'new', ['web01.b.it']))).toBe('new')
  })
})
