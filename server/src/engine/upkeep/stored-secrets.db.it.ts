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
const read = (name: string, destination: string | null = null) => storedSecret(lab.deps, name, destination)
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

describe('where a secret goes', () => {
  const A = 'https://a.example.org'
  const B = 'https://b.example.org'
  const chat = (url: string | object, name = 'chat') => ({
    ...{ name, kind: 'webhook', url },
    headers: { Authorization: { secret: 'token' } },
  })
  const save = (...notifications: object[]) => lab.apply({ notifications })
  const bound = { code: 'secret-bound', kind: 'conflict', details: { secret: 'token' } }

  test('is where it went when it was entered: a new address asks for the secret again', async () => {
    await lab.control.putSecret('token', 'value', by)
    await save(chat(`${A}/hook`))
    expect(await read('token', A)).toBe('value')
    await expect(save(chat(`${B}/hook`))).rejects.toMatchObject(bound)
    await expect(save(chat(`${A}/hook`), chat(`${B}/`, 'other'))).rejects.toMatchObject(bound)
    const { revision, spec } = await lab.control.getObject('notifications', 'chat')
    const moved = { ...spec, url: `${B}/hook` } as typeof spec
    const edit = { ...by, revision }
    await expect(lab.control.replaceObject('notifications', 'chat', moved, edit)).rejects.toMatchObject(bound)
    const made = lab.control.createObject('notifications', { ...moved, name: 'other' }, by)
    await expect(made).rejects.toMatchObject(bound)
    expect((await lab.control.getObject('notifications', 'chat')).revision).toBe(revision)
    // Another path of the same host is the same place.
    await save(chat(`${A}/elsewhere`))

    await lab.control.putSecret('token', 'another', by)
    await lab.control.replaceObject('notifications', 'chat', moved, { ...by, revision: null })
    expect(await read('token', B)).toBe('another')
    await expect(read('token', A)).rejects.toMatchObject(bound)
  })

  test('is found out when it is sent, where the address is a secret itself', async () => {
    await lab.control.putSecret('token', 'value', by)
    await lab.control.putSecret('address', `${A}/hook`, by)
    await save(chat({ secret: 'address' }))
    expect(await read('address')).toBe(`${A}/hook`)
    expect(await read('token', A)).toBe('value')
    // The address is entered anew by somebody who does not know the token.
    await lab.control.putSecret('address', `${B}/hook`, by)
    await expect(read('token', B)).rejects.toMatchObject(bound)
  })

  test('are the places of all that use it when it is bound', async () => {
    await lab.control.putSecret('token', 'value', by)
    await save(chat(A), chat(B, 'other'))
    expect([await read('token', A), await read('token', B)]).toEqual(['value', 'value'])
    await expect(read('token', 'http://a.example.org')).rejects.toMatchObject(bound)
  })

  test('is one mail server, and another one without encryption', async () => {
    await lab.control.putSecret('token', 'value', by)
    const mail = (smtp: object) => ({
      ...{ name: 'mail', kind: 'mail', from: 'h@example.org', to: ['a@example.org'] },
      smtp: { host: 'smtp.example.org', user: 'h', password: { secret: 'token' }, ...smtp },
    })
    await save(mail({}))
    await save(mail({ tls: 'tls' }))
    for (const change of [{ host: 'evil.example.org' }, { tls: 'none' }, { port: 25 }]) {
      await expect(save(mail(change))).rejects.toMatchObject(bound)
    }
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
