import { NIL_ID } from '../estate/estate.ts'
import { absent, type LabAnswer, Refused } from './answer.ts'
import {
  BACKUP_OBJECTS,
  BACKUPS,
  OBJECTS_OF_BACKUP,
  POINTS_OF_OBJECT,
  RESTORE_POINTS,
} from './backup-lists.ts'
import {
  MANAGED_SERVERS,
  PROXIES,
  PROXY_STATES,
  REPOSITORIES,
  REPOSITORY_STATES,
  SCALE_OUT_REPOSITORIES,
} from './infrastructure-lists.ts'
import { JOB_STATES, JOBS, SESSIONS, TASK_SESSIONS } from './job-lists.ts'
import { answerList, answerOne, type List, type ListRequest } from './list.ts'
import { checkQuery } from './query.ts'
import { renderLicense, renderServerInfo } from './render-infrastructure.ts'
import { isOld } from './versions.ts'

type Endpoint = (request: ListRequest) => LabAnswer

/** `GET` of each path below `/api/v1`. `{id}` stands for one part of the path. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  serverInfo: single(({ estate, version }) => renderServerInfo(estate.serverInfo, version)),
  license: single(({ version }) => renderLicense(version)),
  ...collection('backupInfrastructure/managedServers', MANAGED_SERVERS),
  'backupInfrastructure/proxies/states': sinceNewer(listing(PROXY_STATES)),
  ...collection('backupInfrastructure/proxies', PROXIES),
  'backupInfrastructure/repositories/states': listing(REPOSITORY_STATES),
  ...collection('backupInfrastructure/repositories', REPOSITORIES),
  ...collection('backupInfrastructure/scaleOutRepositories', SCALE_OUT_REPOSITORIES),
  'jobs/states': listing(JOB_STATES),
  ...collection('jobs', JOBS),
  ...collection('backups', BACKUPS),
  'backups/{id}/objects': objectsOfBackup,
  ...collection('backupObjects', BACKUP_OBJECTS),
  'backupObjects/{id}/restorePoints': pointsOfObject,
  restorePoints: listing(RESTORE_POINTS),
  ...collection('sessions', SESSIONS),
  taskSessions: listing(TASK_SESSIONS),
}

/** The endpoint of a path and the id in it, or null. */
export function endpointOf(path: string): { endpoint: Endpoint; id: string } | null {
  for (const [pattern, endpoint] of Object.entries(ENDPOINTS)) {
    const parts = pattern.split('/')
    const said = path.split('/')
    if (parts.length !== said.length) continue
    if (!parts.every((part, at) => part === '{id}' || part === said[at])) continue
    return { endpoint, id: said[parts.indexOf('{id}')]?.toLowerCase() ?? '' }
  }
  return null
}

function single(render: (request: ListRequest) => unknown): Endpoint {
  return (request) => {
    checkQuery(request.query, new Map(), new Set())
    return { status: 200, json: render(request) }
  }
}

function listing<Row extends object>(list: List<Row>): Endpoint {
  return (request) => answerList(list, request)
}

function collection<Row extends { readonly id: string }>(
  path: string,
  list: List<Row>,
): Readonly<Record<string, Endpoint>> {
  return { [path]: listing(list), [`${path}/{id}`]: (request) => answerOne(list, request) }
}

function sinceNewer(endpoint: Endpoint): Endpoint {
  return (request) => {
    if (isOld(request.version)) throw absent()
    return endpoint(request)
  }
}

function objectsOfBackup(request: ListRequest): LabAnswer {
  const { estate, id } = request
  const backup = estate.backups.find((one) => one.id === id)
  if (!backup) throw absent(id)
  if (estate.platformsWithoutObjects.includes(backup.platformName) || backup.platformId !== NIL_ID)
    throw new Refused(400, 'UnexpectedContent', 'Backup platform or job type are not supported')
  return answerList(OBJECTS_OF_BACKUP, request)
}

function pointsOfObject(request: ListRequest): LabAnswer {
  if (!request.estate.backupObjects.some(({ id }) => id === request.id)) throw absent(request.id)
  return answerList(POINTS_OF_OBJECT, request)
}
