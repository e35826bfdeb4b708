import { afterEach, describe, expect, it } from 'vitest'
import { VeeamLab, type VeeamLabOptions } from '../../../../tools/lab/veeam/veeam-lab.ts'
import { VEEAM_VERSIONS, type VeeamAddress, VeeamServer } from './connect.ts'

const { signal } = new AbortController()
const LONG_AGO = new Date('2026-01-01T00:00:00Z')

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]()
})

async function startLab(options: VeeamLabOptions = {}): Promise<VeeamLab> {
  const lab = await VeeamLab.start(options)
  opened.push(lab)
  return lab
}

async function open(lab: VeeamLab, more: Partial<VeeamAddress> & { timeoutMs?: number } = {}) {
  const { url, user, password } = lab
  const { timeoutMs = 5000, ...own } = more
  const usual = {
    url,
    user,
    password,
    caFile: null,
    fingerprint: null,
    apiVersion: 'auto',
    pageSize: 500,
  } as const
  const server = await VeeamServer.open({ ...usual, ...own }, { connections: 4, timeoutMs }, signal)
  opened.push(server)
  return server
}

const pathsOf = (lab: VeeamLab) => lab.requests.map(({ path }) => path.replace(/^\/api(\/v1)?\//, ''))
const grantsOf = (lab: VeeamLab) => lab.requests.flatMap(({ grant }) => grant ?? [])

describe('agreeing on a revision', () => {
  it.each([
    [VEEAM_VERSIONS, '1.3-rev2'],
    [['1.3-rev1', '1.2-rev1'], '1.3-rev1'],
    [['1.2-rev1'], '1.2-rev1'],
  ] as const)(
    'takes the newest of %j, in two requests at most before the sign-in',
    async (versions, version) => {
      const lab = await startLab({ versions })
      expect((await open(lab)).version).toBe(version)
      const asked = pathsOf(lab)
      expect(asked.at(-1)).toBe('oauth2/token')
      expect(asked.length).toBeLessThanOrEqual(3)
    },
  )

  it('understands versions that are written with a v', async () => {
    const lab = await startLab({ versions: ['1.2-rev1'] })
    lab.faults.writesVersionsWithV = true
    expect((await open(lab)).version).toBe('1.2-rev1')
  })

  it('sticks to the one that is configured, and says it when it is not served', async () => {
    const lab = await startLab({ versions: ['1.3-rev2', '1.2-rev1'] })
    expect((await open(lab, { apiVersion: '1.2-rev1' })).version).toBe('1.2-rev1')
    expect(new Set(lab.requests.map(({ version }) => version))).toEqual(new Set(['1.2-rev1']))
    await expect(open(lab, { apiVersion: '1.3-rev1' })).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('1.3-rev1'),
      hint: expect.stringContaining('1.3-rev2 or 1.2-rev1'),
    })
  })

  it('learns of it at the sign-in where the time is told to anyone', async () => {
    const lab = await startLab({ versions: ['1.2-rev1'] })
    lab.faults.next('serverTime', { kind: 'status', status: 403 }, { times: 9 })
    expect((await open(lab)).version).toBe('1.2-rev1')
    expect(grantsOf(lab)).toEqual(['password', 'password'])
  })
})

describe('being signed in', () => {
  it('never tries a refused password again', async () => {
    const lab = await startLab()
    const wrong = open(lab, { password: 'no such secret' })
    await expect(wrong).rejects.toMatchObject({ code: 'node-auth-failed' })
    await expect(wrong).rejects.not.toThrow(/no such secret/)
    expect(grantsOf(lab)).toEqual(['password'])
  })

  it('does not try a refused password again when tokens end', async () => {
    const lab = await startLab()
    const server = await open(lab)
    lab.faults.next('oauth2/token', { kind: 'status', status: 401, body: 'empty' }, { times: 9 })
    lab.expireTokens(true)
    for (let call = 0; call < 3; call += 1)
      await expect(server.backups(signal)).rejects.toMatchObject({ code: 'node-auth-failed' })
    expect(grantsOf(lab)).toEqual(['password', 'refresh_token', 'password'])
  })

  it('renews a token once for all who need it, before it ends', async () => {
    const lab = await startLab({ expiresIn: 1 })
    const server = await open(lab)
    await new Promise((resolve) => setTimeout(resolve, 850))
    lab.forgetRequests()
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => server.jobStates(signal)))
    expect(grantsOf(lab)).toEqual(['refresh_token'])
    expect(lab.requests.filter(({ status }) => status === 401)).toEqual([])
  })

  it.each([true, false])(
    'replays once what a dead token was sent with, with an empty 401: %s',
    async (isEmpty) => {
      const lab = await startLab()
      lab.faults.isUnauthorisedEmpty = isEmpty
      const server = await open(lab, { pageSize: 3 })
      lab.faults.next('backupObjects', { kind: 'expire-tokens' }, { after: 1 })
      const { items, isComplete } = await server.backupObjects(signal)
      expect([items.length, isComplete]).toEqual([lab.estate.backupObjects.length, true])
      expect(grantsOf(lab)).toEqual(['password', 'refresh_token'])
    },
  )

  it('goes back to the password when the refresh token is refused', async () => {
    const lab = await startLab()
    const server = await open(lab)
    lab.expireTokens(true)
    expect((await server.backups(signal)).isComplete).toBe(true)
    expect(grantsOf(lab)).toEqual(['password', 'refresh_token', 'password'])
  })

  it('goes back to the password when the answer to a refresh is lost', async () => {
    const lab = await startLab()
    const server = await open(lab)
    lab.expireTokens()
    lab.faults.next('oauth2/token', { kind: 'cut' })
    expect((await server.backups(signal)).isComplete).toBe(true)
    expect(grantsOf(lab)).toEqual(['password', 'refresh_token', 'password'])
  })

  it('gives up when a new token is not taken either', async () => {
    const lab = await startLab()
    const server = await open(lab)
    lab.faults.next('backups', { kind: 'status', status: 401 }, { times: 9 })
    await expect(server.backups(signal)).rejects.toMatchObject({ code: 'node-auth-failed' })
    expect(pathsOf(lab).filter((path) => path === 'backups')).toHaveLength(2)
  })

  it('signs out, and does not mind when it cannot', async () => {
    const lab = await startLab()
    const server = await open(lab)
    expect(lab.openSessions).toBe(1)
    await server[Symbol.asyncDispose]()
    expect(lab.openSessions).toBe(0)
    const other = await open(lab)
    lab.faults.next('oauth2/logout', { kind: 'reset' })
    await other[Symbol.asyncDispose]()
    expect(pathsOf(lab).filter((path) => path === 'oauth2/logout')).toHaveLength(2)
  })
})

describe('reading lists', () => {
  it.each(VEEAM_VERSIONS)(
    'reads each list to its end with %s, whatever the size of pages',
    async (version) => {
      const lab = await startLab({ versions: [version] })
      const server = await open(lab, { pageSize: 3 })
      const whole = await open(lab)
      const [backup] = lab.estate.backups
      for (const of of [server, whole]) {
        const lists = [
          of.managedServers(signal),
          of.proxies(signal),
          of.repositories(signal),
          of.scaleOutRepositories(signal),
          of.jobStates(signal),
          of.jobs(signal),
          of.backups(signal),
          of.backupObjects(signal),
          of.objectsOfBackup(backup?.id ?? '', signal),
          of.newestRestorePoints(LONG_AGO, signal),
        ]
        for (const list of lists) {
          const { items, isComplete, leftOut } = await list
          expect([items.length > 0, isComplete, leftOut]).toEqual([true, true, 0])
        }
      }
      expect(lab.requests.filter(({ status }) => status >= 500)).toEqual([])
      expect(await server.backupObjects(signal)).toEqual(await whole.backupObjects(signal))
    },
  )

  it('says the same of a proxy and a job in all revisions', async () => {
    const lab = await startLab()
    const all = await Promise.all(VEEAM_VERSIONS.map((apiVersion) => open(lab, { apiVersion })))
    for (const server of all) {
      const proxies = await server.proxies(signal)
      const told = server.version !== '1.2-rev1'
      expect(proxies.items.find(({ name }) => name === 'PX-OLD')).toMatchObject({
        type: 'ViProxy',
        hostId: lab.estate.proxies.find(({ name }) => name === 'PX-OLD')?.hostId,
        hostName: told ? 'PX-OLD' : null,
        isOnline: told ? false : null,
      })
      const jobs = await server.jobStates(signal)
      expect(jobs.items.find(({ name }) => name === 'Databases')).toMatchObject({
        type: 'VSphereBackup',
        status: 'Running',
        nextRun: null,
        lastRun: expect.stringMatching(/Z$/),
      })
      const repositories = await server.repositories(signal)
      expect(repositories.items.find(({ name }) => name === 'StoreOnce')?.type).toBe('HPEStoreOnce')
    }
  })

  it('needs no skip and limit in answers', async () => {
    const lab = await startLab()
    lab.faults.omitsSkipAndLimit = true
    const server = await open(lab, { pageSize: 4 })
    expect((await server.jobStates(signal)).items).toHaveLength(lab.estate.jobs.length)
  })

  it('does not trust a list that shrank while it was read', async () => {
    const lab = await startLab()
    const server = await open(lab, { pageSize: 4 })
    const change = (estate: VeeamLab['estate']) => void estate.jobs.splice(0, 1)
    lab.faults.next('jobs/states', { kind: 'change', change }, { after: 1 })
    expect((await server.jobStates(signal)).isComplete).toBe(false)
    expect((await server.jobStates(signal)).isComplete).toBe(true)
  })

  it('meets entries twice rather than never when a list grows', async () => {
    const lab = await startLab()
    const server = await open(lab, { pageSize: 4 })
    const change = (estate: VeeamLab['estate']) => {
      const [first] = estate.jobs
      if (first)
        estate.jobs.unshift({ ...first, id: 'aaaaaaaa-0000-4000-8000-000000000001', name: '0 first' })
    }
    lab.faults.next('jobs/states', { kind: 'change', change }, { after: 1 })
    const { items } = await server.jobStates(signal)
    expect(new Set(items.map(({ name }) => name))).toEqual(
      new Set(lab.estate.jobs.slice(1).map(({ name }) => name)),
    )
  })

  it('tells who the server is, unless the user may not know', async () => {
    const lab = await startLab()
    const server = await open(lab)
    expect(await server.serverInfo(signal)).toMatchObject({ vbrId: lab.estate.serverInfo.vbrId })
    lab.faults.forbid('serverInfo')
    expect(await server.serverInfo(signal)).toBe(null)
  })

  it('finds the newest restore point of one object, however old', async () => {
    const lab = await startLab()
    const server = await open(lab)
    const object = lab.estate.backupObjects.find(({ name }) => name.startsWith('legacy01'))
    const points = lab.estate.restorePoints.filter(({ backupObjectId }) => backupObjectId === object?.id)
    const newest = points
      .map(({ creationTime }) => new Date(creationTime).toISOString())
      .sort()
      .at(-1)
    expect((await server.newestRestorePoint(object?.id ?? '', signal))?.createdAt).toBe(newest)
    const fresh = lab.estate.backupObjects.find(({ name }) => name === 'new01')
    expect(await server.newestRestorePoint(fresh?.id ?? '', signal)).toBe(null)
  })

  it('has no more requests in work than it may', async () => {
    const lab = await startLab()
    const server = await open(lab, { pageSize: 2 })
    lab.faults.next(/./, { kind: 'slow', ms: 20 }, { times: 1000 })
    const { items } = await server.backups(signal)
    await Promise.allSettled(items.map(({ id }) => server.objectsOfBackup(id, signal)))
    expect(lab.mostAtOnce).toBe(4)
  })
})

describe('failures', () => {
  it.each([
    [{ kind: 'status', status: 403 }, 'privilege-missing'],
    [{ kind: 'status', status: 500 }, 'node-refused'],
    [{ kind: 'status', status: 500, body: 'html' }, 'node-answer-invalid'],
    [{ kind: 'garbage' }, 'node-answer-invalid'],
    [{ kind: 'hang' }, 'node-unreachable'],
  ] as const)('%j is %s', async (fault, code) => {
    const lab = await startLab()
    const server = await open(lab, { timeoutMs: 500 })
    lab.faults.next('backups', fault)
    await expect(server.backups(signal)).rejects.toMatchObject({ code })
  })

  it.each([{ kind: 'status', status: 503, retryAfter: '0' }, { kind: 'reset' }, { kind: 'cut' }] as const)(
    'reads on after %j',
    async (fault) => {
      const lab = await startLab()
      const server = await open(lab, { pageSize: 3 })
      lab.faults.next('backups', fault, { after: 1 })
      expect((await server.backups(signal)).items).toHaveLength(lab.estate.backups.length)
    },
  )

  it('says when the chains of a platform cannot be looked into', async () => {
    const lab = await startLab()
    const server = await open(lab)
    const plugin = lab.estate.backups.find(({ platformName }) => platformName === 'CustomPlatform')
    await expect(server.objectsOfBackup(plugin?.id ?? '', signal)).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('not supported'),
      details: { status: 400 },
    })
  })

  it('refuses what is another server, or nothing at all', async () => {
    const lab = await startLab()
    lab.faults.next(/./, { kind: 'garbage' }, { times: 99 })
    await expect(open(lab)).rejects.toMatchObject({ code: 'node-answer-invalid' })
    await expect(open(lab, { url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'node-unreachable' })
  })

  it('shows the certificate that it does not trust, and trusts it once it is entered', async () => {
    const lab = await startLab({ tls: true })
    await expect(open(lab)).rejects.toMatchObject({
      code: 'node-certificate-untrusted',
      message: expect.stringContaining(lab.fingerprint ?? 'none'),
    })
    expect((await open(lab, { fingerprint: lab.fingerprint })).version).toBe('1.3-rev2')
    expect((await open(lab, { caFile: lab.caFile })).version).toBe('1.3-rev2')
  })
})
