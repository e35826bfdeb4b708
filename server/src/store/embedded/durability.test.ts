import { describe, expect, it } from 'vitest'
import { checkDurability } from './durability.ts'

function answering(settings: Record<string, string>) {
  return async () => ({ rows: Object.entries(settings).map(([name, setting]) => ({ name, setting })) })
}

const SAFE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }

describe('checkDurability', () => {
  it.each(['on', 'local', 'remote_write', 'remote_apply'])(
    'accepts synchronous_commit = %s',
    async (value) => {
      await checkDurability(answering({ ...SAFE, synchronous_commit: value }))
    },
  )

  it.each(['fsync', 'full_page_writes', 'synchronous_commit'])('names %s when it is off', async (name) => {
    await expect(checkDurability(answering({ ...SAFE, [name]: 'off' }))).rejects.toMatchObject({
      code: 'database-unsafe',
      details: { settings: [name] },
    })
  })

  it('names all of them at once', async () => {
    const all = answering({ fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' })
    await expect(checkDurability(all)).rejects.toThrow('fsync, full_page_writes, synchronous_commit')
  })

  it('does not take a setting that is not shown for a safe one', async () => {
    await expect(checkDurability(answering({ fsync: 'on' }))).rejects.toMatchObject({
      code: 'database-unsafe',
    })
  })
})
