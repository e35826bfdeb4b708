import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { errorOf, signal } from '../cmdbuild.testkit.ts'
import { CmdbuildServer } from '../connect.ts'
import { findDomain } from '../schema.ts'

type Answer = { readonly status: number; readonly json?: unknown }

let stub: Server | undefined

afterEach(() => {
  stub?.closeAllConnections()
  stub?.close()
  stub = undefined
})

/** What no simulator does: answers as they are told. */
async function start(answer: (asked: string) => Answer): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const one = `${request.method} ${request.url?.split('?')[0]?.replace('/cmdbuild/services/rest/v3', '')}`
    asked.push(one)
    const { status, json } = answer(one)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(json === undefined ? '' : JSON.stringify(json))
  })
  stub = server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cmdbuild`, asked }
}

function open(url: string): Promise<CmdbuildServer> {
  const address = { url, user: 'svc', password: 'secret', role: null, pageSize: 10 }
  const limits = { connections: 2, timeoutMs: 5000 }
  return CmdbuildServer.open({ ...address, caFile: null, fingerprint: null }, limits, signal)
}

const good = (data: unknown): Answer => ({ status: 200, json: { success: true, data } })
const denied: Answer = { status: 401, json: { success: false, messages: [{ message: 'access denied' }] } }

test('a password that has run out is said to be that', async () => {
  const { url, asked } = await start(() => ({
    status: 401,
    json: { success: false, passwordResetRequired: true },
  }))
  expect(await errorOf(open(url))).toMatchObject({
    code: 'node-auth-failed',
    message: expect.stringContaining('the password of svc'),
    hint: expect.stringContaining('change the password'),
  })
  expect(asked).toEqual(['POST /sessions'])
})

test('a session without an id is of no use', async () => {
  const { url } = await start(() => good({ _id: 'current', role: 'SuperUser' }))
  expect(await errorOf(open(url))).toMatchObject({ code: 'node-answer-invalid' })
})

test('an answer to the login that is not of CMDBuild is not repeated: there may be a session in it', async () => {
  const { url } = await start(() => ({ status: 200, json: { token: 'canary-of-a-session' } }))
  const error = await errorOf(open(url))
  expect(error).toMatchObject({ code: 'node-answer-invalid' })
  expect(JSON.stringify(error)).not.toContain('canary')
  expect(JSON.stringify((error as { details?: unknown }).details)).not.toContain('canary')
})

test('when the login is refused in the middle, nobody tries it again', async () => {
  let logins = 0
  const { url, asked } = await start((one) => {
    if (one !== 'POST /sessions') return denied
    logins += 1
    return logins === 1 ? good({ _id: 'a', role: 'SuperUser' }) : denied
  })
  await using server = await open(url)
  for (let count = 0; count < 3; count += 1) {
    const all = [1, 2, 3].map(() => errorOf(findDomain(server, 'CIDependency', signal)))
    for (const error of await Promise.all(all)) expect(error).toMatchObject({ code: 'node-auth-failed' })
  }
  expect(asked.filter((one) => one === 'POST /sessions')).toHaveLength(2)
})

test('a request that is not let in with a fresh session either lacks a right', async () => {
  const { url, asked } = await start((one) => {
    if (one === 'POST /sessions') return good({ _id: `${asked.length}`, role: 'SuperUser' })
    return denied
  })
  await using server = await open(url)
  expect(await errorOf(findDomain(server, 'CIDependency', signal))).toMatchObject({
    code: 'privilege-missing',
    message: expect.stringContaining('may not read the domain CIDependency'),
  })
  expect(asked.filter((one) => one === 'POST /sessions')).toHaveLength(2)
})

test('an answer of another shape is named, and what nobody knows is passed over', async () => {
  const { url } = await start((one) => {
    if (one === 'POST /sessions') return good({ _id: 'a', role: 'SuperUser' })
    const domain = { name: 'D', source: 'A', destination: 'B', cardinality: 'N:N', _new: [1] }
    return good(one.endsWith('/Good') ? domain : { ...domain, cardinality: 7 })
  })
  await using server = await open(url)
  expect(await findDomain(server, 'Good', signal)).toMatchObject({ name: 'D', isActive: true })
  expect(await errorOf(findDomain(server, 'Bad', signal))).toMatchObject({
    code: 'node-answer-invalid',
    message: expect.stringContaining('cardinality'),
  })
})
