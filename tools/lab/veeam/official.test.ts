import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officialDescription } from '../official-descriptions.ts'
import { LabClient } from './lab-client.testkit.ts'
import { type Description, OfficialSchemas, withoutNulls } from './official-schemas.testkit.ts'
import { LAB_VERSIONS, type LabVersion, officeEstate, type VeeamEstate, VeeamLab } from './veeam-lab.ts'
import { Refused } from './wire/answer.ts'
import { endpointOf } from './wire/endpoints.ts'

/** Which description a version is held against; the middle one has none of its own here, and spells some values as before. */
const DESCRIBED: Readonly<Record<LabVersion, { readonly by: string; readonly more: readonly string[] }>> = {
  '1.3-rev2': { by: '1.3-rev2', more: [] },
  '1.3-rev1': {
    by: '1.3-rev2',
    more: ['DDBoost', 'HPStoreOnceIntegration', 'Quantum', 'SmartObjectS3', 'EC2'],
  },
  '1.2-rev1': { by: '1.2-rev1', more: [] },
}

const LISTS = [
  'backupInfrastructure/managedServers',
  'backupInfrastructure/proxies',
  'backupInfrastructure/proxies/states',
  'backupInfrastructure/repositories',
  'backupInfrastructure/repositories/states',
  'backupInfrastructure/scaleOutRepositories',
  'jobs/states',
  'jobs',
  'backups',
  'backupObjects',
  'restorePoints',
  'sessions',
  'taskSessions',
]

describe.each(LAB_VERSIONS)('the simulated Veeam against the description of version %s', (version) => {
  const { by, more } = DESCRIBED[version]
  const description = officialDescription(`veeam-vbr-${by}-connector-subset.json`) as Description | null
  let lab: VeeamLab
  let client: LabClient
  let schemas: OfficialSchemas

  beforeAll(async () => {
    if (!description) return
    schemas = new OfficialSchemas(description, more)
    lab = await VeeamLab.start({ versions: [version], estate: withoutUnknown(officeEstate()) })
    client = await LabClient.signedIn(lab, version)
  })

  afterAll(() => lab?.[Symbol.asyncDispose]())

  const conforms = (path: string, answer: { status: number; json: unknown }) => {
    expect(answer.status).toBe(200)
    // The older server misspells this, in its own examples too.
    const text = JSON.stringify(withoutNulls(answer.json)).replaceAll('"transferedSize"', '"transferredSize"')
    expect(schemas.problems(`/api/${path}`, JSON.parse(text))).toEqual([])
  }

  it('signs in and tells of itself as described', async () => {
    const form = { grant_type: 'password', username: lab.user, password: lab.password }
    const token = await client.grant(form)
    expect(schemas.problems('/api/oauth2/token', token.json, 'post')).toEqual([])
    for (const path of ['serverInfo', 'serverTime', 'license']) conforms(`v1/${path}`, await client.get(path))
  })

  // The middle version says less of machines than the newer description asks for.
  const comparable = LISTS.filter((path) => by === version || path !== 'backupObjects')
  it.each(comparable)('lists %s as described', async (path) => {
    if (!schemas.isDescribed(`/api/v1/${path}`)) {
      expect((await client.get(path)).status).toBe(404)
      return
    }
    const answer = await client.get(path, { limit: '500' })
    conforms(`v1/${path}`, answer)
    expect(answer.json.data?.length).toBeGreaterThan(0)
  })

  it('tells of the parts of a backup and of an object as described', async () => {
    const backup = lab.estate.backups[0]
    const object = lab.estate.backupObjects[0]
    conforms('v1/backups/{id}', await client.get(`backups/${backup?.id}`))
    conforms('v1/backups/{id}/objects', await client.get(`backups/${backup?.id}/objects`))
    conforms(
      'v1/backupObjects/{id}/restorePoints',
      await client.get(`backupObjects/${object?.id}/restorePoints`),
    )
  })

  /** The status of a request with this query, without the way over the network. */
  const statusOf = (path: string, query: Readonly<Record<string, string>>): number => {
    const found = endpointOf(path)
    const request = { estate: lab.estate, version, query: new URLSearchParams(query), id: '' }
    try {
      return found?.endpoint(request).status ?? 404
    } catch (error) {
      if (error instanceof Refused) return error.answer.status
      throw error
    }
  }

  it.each(LISTS)('orders %s by the columns that are described', (path) => {
    const columns = schemas.columns(`/api/v1/${path}`)
    for (const orderColumn of columns)
      expect([orderColumn, statusOf(path, { orderColumn })]).toEqual([orderColumn, 200])
    expect(columns.length > 0).toBe(schemas.isDescribed(`/api/v1/${path}`))
  })

  const told = by === version ? LISTS : []
  it.each(told)('knows no parameter of %s that is not described', (path) => {
    const described = new Set(schemas.parameters(`/api/v1/${path}`))
    const all = new Set(LISTS.flatMap((one) => schemas.parameters(`/api/v1/${one}`)))
    for (const name of [...all].filter((one) => !described.has(one))) {
      const expected = schemas.isDescribed(`/api/v1/${path}`) ? 400 : 404
      expect([name, statusOf(path, { [name]: 'true' })]).toEqual([name, expected])
    }
  })
})

/** Without what no version lists. */
function withoutUnknown(estate: VeeamEstate): VeeamEstate {
  const known = ({ type }: { type: string }) => !type.startsWith('Quantum')
  return {
    ...estate,
    managedServers: estate.managedServers.filter(known),
    repositories: estate.repositories.filter(known),
    jobs: estate.jobs.filter(known),
    sessions: estate.sessions.filter(({ result }) => result !== 'Undecided'),
    taskSessions: estate.taskSessions.filter(({ result }) => result !== 'Undecided'),
  }
}
