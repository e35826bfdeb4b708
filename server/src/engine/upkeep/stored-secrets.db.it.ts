import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { maskSecrets } from '../../kit/secrets.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { keepSecret, storedSecret } from './stored-secrets.ts'

let dir: string
let lab: EngineLab

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-secrets-'))
  lab = await openEngineLab([], { secretKeyFile: path.join(dir, 'secret.key') })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  fs.rmSync(dir, { recursive: true })
})

const by = { by: 'cli:root' }
const read = (name: string) => storedSecret(lab.deps, name)
const levels = async () =>
  (await lab.control.doctor()).filter(({ subject }) => subject === 'secrets').map(({ level }) => level)

describe('a secret that Holdfast keeps', () => {
  test('comes back, is told by its name only, and lies sealed in the database', async () => {
    expect(await levels()).toEqual([])
    await lab.control.putSecret('smtp', 'canary-one', by)
    await lab.control.putSecret('smtp', 'canary-two', { by: 'user:anna' })
    expect(await read('smtp')).toBe('canary-two')
    expect(await lab.control.listSecrets()).toEqual([
      { name: 'smtp', createdAt: expect.any(String), updatedAt: expect.any(String), updatedBy: 'user:anna' },
    ])
    const { rows } = await lab.test.database.pool.query(
      `select secrets::text || coalesce((select string_agg(settings::text, '') from settings), '')
         || (select string_agg(audit::text, '') from audit) as everything from secrets`,
    )
    expect(rows[0].everything).toContain('secret.set')
    expect(rows[0].everything).not.toContain('canary')
    expect(rows[0].everything).not.toContain(Buffer.from('canary').toString('hex'))
    expect(maskSecrets('not canary-two')).toBe('not ***')
    expect(await levels()).toEqual(['ok'])
  })

  test('that there is not is an error of its own', async () => {
    await expect(read('smtp')).rejects.toMatchObject({ code: 'secret-unavailable' })
    await expect(lab.control.deleteSecret('smtp', by)).rejects.toMatchObject({ code: 'name-unknown' })
  })

  test('cannot be put in the place of another one', async () => {
    await lab.control.putSecret('one', 'value-one', by)
    await lab.control.putSecret('two', 'value-two', by)
    await lab.test.database.pool.query(
      `update secrets set sealed = (select sealed from secrets as other where other.name = 'two') where name = 'one'`,
    )
    await expect(read('one')).rejects.toMatchObject({ code: 'secret-key-missing' })
  })

  test('is not deleted while somebody refers to it', async () => {
    await lab.control.putSecret('hook', 'value', by)
    await lab.apply({ notifications: [{ name: 'chat', kind: 'webhook', url: { secret: 'hook' } }] })
    await expect(lab.control.deleteSecret('hook', by)).rejects.toMatchObject({
      code: 'object-in-use',
      message: expect.stringContaining('"chat"'),
    })
    await lab.control.deleteObject('notifications', 'chat', { ...by, revision: null })
    await lab.control.deleteSecret('hook', by)
    expect(await lab.control.listSecrets()).toEqual([])
  })
})

describe('the key', () => {
  test('is made once, however many put the first secret at the same moment', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `s${index}`)
    await Promise.all(names.map((name) => keepSecret(lab.deps, name, `value of ${name}`, 'test')))
    for (const name of names) expect(await read(name)).toBe(`value of ${name}`)
    expect(fs.readdirSync(dir)).toEqual(['secret.key'])
  })

  test('of the first machine wins: another machine refuses to use its own', async () => {
    const other = { ...lab.deps, secretKeyFile: path.join(dir, 'other', 'secret.key') }
    const puts = [keepSecret(lab.deps, 'a', 'value', 'x'), keepSecret(other, 'b', 'value', 'x')]
    const failures = (await Promise.allSettled(puts)).filter(({ status }) => status === 'rejected')
    expect(failures).toMatchObject([{ reason: { code: 'secret-key-missing' } }])
    expect(await lab.control.listSecrets()).toHaveLength(1)
  })

  test('that is missing or another one is never replaced silently; all can be entered anew', async () => {
    const file = lab.deps.secretKeyFile
    await lab.control.putSecret('hook', 'value', by)
    await lab.apply({ notifications: [{ name: 'chat', kind: 'webhook', url: { secret: 'hook' } }] })
    const key = fs.readFileSync(file)
    fs.rmSync(file)
    await expect(read('hook')).rejects.toMatchObject({ code: 'secret-key-missing' })
    await expect(lab.control.putSecret('hook', 'new', by)).rejects.toMatchObject({
      code: 'secret-key-missing',
    })
    expect(fs.existsSync(file)).toBe(false)
    expect(await levels()).toEqual(['error'])

    fs.writeFileSync(file, Buffer.alloc(32, 7), { mode: 0o600 })
    await expect(read('hook')).rejects.toMatchObject({ code: 'secret-key-missing' })
    await expect(lab.control.putSecret('x', 'new', by)).rejects.toMatchObject({ code: 'secret-key-missing' })

    fs.writeFileSync(file, key)
    expect(await read('hook')).toBe('value')

    fs.rmSync(file)
    await lab.control.deleteSecret('hook', by)
    await lab.control.putSecret('hook', 'entered anew', by)
    expect(await read('hook')).toBe('entered anew')
    expect(fs.readFileSync(file).equals(key)).toBe(false)
  })
})
