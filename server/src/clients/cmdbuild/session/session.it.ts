import { afterEach, describe, expect, it } from 'vitest'
import { CmdbuildLab, type CmdbuildLabOptions } from '../../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { countOf, errorOf, openLab, signal } from '../cmdbuild.testkit.ts'
import { createClass } from '../make-schema.ts'
import { findDomain, listClasses } from '../schema.ts'

let lab: CmdbuildLab | undefined

async function start(options: CmdbuildLabOptions): Promise<CmdbuildLab> {
  lab = await CmdbuildLab.start(options)
  return lab
}

afterEach(async () => {
  await lab?.[Symbol.asyncDispose]()
  lab = undefined
})

const LOGIN = ['POST', '/sessions'] as const

describe.each(['3.3', '4.2'] as const)('a session with CMDBuild %s', (version) => {
  it('is made for a service, and ended at the end', async () => {
    const lab = await start({ version })
    const server = await openLab(lab)
    expect(lab.requests[0]?.query).toEqual({ scope: 'service', returnId: 'true' })
    expect(lab.openSessions).toBe(1)
    await server[Symbol.asyncDispose]()
    expect(lab.openSessions).toBe(0)
    expect(server.writes).toBe(0)
  })

  it('asks a wrong password once, since five of them lock the account', async () => {
    const lab = await start({ version })
    const error = await errorOf(openLab(lab, { password: 'wrong' }))
    expect(error).toMatchObject({
      code: 'node-auth-failed',
      message: expect.stringContaining('access denied'),
    })
    expect(String(error)).not.toContain('wrong')
    expect(countOf(lab, ...LOGIN)).toBe(1)
  })

  it('needs a role where the user has several groups and no default', async () => {
    const lab = await start({ version, role: ['Readers', 'SuperUser'] })
    const error = await errorOf(openLab(lab))
    expect(error).toMatchObject({
      code: 'privilege-missing',
      hint: 'Name one as the role of the node: Readers, SuperUser.',
    })
    expect(lab.openSessions).toBe(0)
    await using server = await openLab(lab, { role: 'SuperUser' })
    expect((await listClasses(server, signal)).map(({ name }) => name)).toContain('VirtualServer')
  })

  it('that ran out is made anew once, however many requests notice', async () => {
    const lab = await start({ version })
    await using server = await openLab(lab)
    lab.faults.expireSessions()
    const found = await Promise.all(
      Array.from({ length: 6 }, () => findDomain(server, 'InfrastructureCI', signal)),
    )
    expect(found.every((domain) => domain?.source === 'Infrastructure')).toBe(true)
    expect(countOf(lab, ...LOGIN)).toBe(2)
    expect(lab.openSessions).toBe(1)
  })

  it('that grew idle is made anew, and what was to be written is written once', async () => {
    const lab = await start({ version, idleSeconds: 60 })
    await using server = await openLab(lab)
    lab.passTime(61)
    await createClass(server, { name: 'BackupJob', parent: 'CI' }, signal)
    expect(lab.changes).toBe(1)
    expect(countOf(lab, ...LOGIN)).toBe(2)
  })

  it('whose role lacks a right is not made anew', async () => {
    const lab = await start({ version, role: 'Operators' })
    await using server = await openLab(lab)
    for (const name of ['BackupJob', 'BackupJob2']) {
      const error = await errorOf(createClass(server, { name, parent: 'CI' }, signal))
      expect(error).toMatchObject({ code: 'privilege-missing' })
    }
    expect(countOf(lab, ...LOGIN)).toBe(1)
    expect(lab.openSessions).toBe(1)
  })

  it('ends without a word when the server is gone', async () => {
    const lab = await start({ version })
    const server = await openLab(lab)
    await lab[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  it('is not looked for below a wrong address', async () => {
    const lab = await start({ version })
    const url = lab.url.replace('/cmdbuild', '/other')
    expect(await errorOf(openLab(lab, { url }))).toMatchObject({
      code: 'node-answer-invalid',
      hint: expect.stringContaining('https://server/cmdbuild'),
    })
  })

  it('is found with the whole address of its interface, below any context', async () => {
    const lab = await start({ version, context: '/ready2use-2.2-3.4' })
    await using server = await openLab(lab, { url: `${lab.url}/services/rest/v3/` })
    expect(server.at).toBe(`${lab.url}/services/rest/v3`)
  })
})

it('trusts a certificate by its fingerprint', async () => {
  const lab = await start({ tls: true })
  expect(await errorOf(openLab(lab, { caFile: null }))).toMatchObject({ code: 'node-certificate-untrusted' })
  await using server = await openLab(lab, { caFile: null, fingerprint: lab.fingerprint })
  expect(await findDomain(server, 'CIDependency', signal)).toMatchObject({ cardinality: 'N:N' })
})
