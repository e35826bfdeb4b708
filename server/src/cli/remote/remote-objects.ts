import type { ConfigObject, Control, ObjectKind, ObjectSpec, Page } from '@holdfast/contract'
import type { Caller } from './call.ts'

type ObjectMethods =
  | 'listObjects'
  | 'getObject'
  | 'createObject'
  | 'replaceObject'
  | 'deleteObject'
  | 'listRevisions'
  | 'jobKinds'
  | 'previewSchedule'

/**
 * The objects of the configuration over HTTP. Which route belongs to a kind is known only when it is called, so that the
 * compiler cannot follow from the kind to its spec: the answers were checked by the route's own schema.
 */
export function remoteObjects({ call }: Caller): Pick<Control, ObjectMethods> {
  const get = async <K extends ObjectKind>(kind: K, ref: string): Promise<ConfigObject<K>> =>
    (await call(`GET /api/${kind as ObjectKind}/{ref}`, { params: { ref } })) as ConfigObject<K>
  return {
    async listObjects<K extends ObjectKind>(kind: K, filter: Parameters<Control['listObjects']>[1]) {
      const page =
        kind === 'jobs'
          ? await listJobObjects(call, filter)
          : await call(`GET /api/${kind as Exclude<ObjectKind, 'jobs'>}`, { query: { ...filter } })
      return page as Page<ConfigObject<K>>
    },
    getObject: get,
    async createObject<K extends ObjectKind>(kind: K, spec: ObjectSpec<K>) {
      return (await call(`POST /api/${kind as 'nodes'}`, {
        body: spec as ObjectSpec<'nodes'>,
      })) as ConfigObject<K>
    },
    async replaceObject<K extends ObjectKind>(
      kind: K,
      ref: string,
      spec: ObjectSpec<K>,
      { revision }: { revision: number | null },
    ) {
      const body = spec as ObjectSpec<'nodes'>
      const headers = ifMatch(revision)
      return (await call(`PUT /api/${kind as 'nodes'}/{ref}`, {
        params: { ref },
        body,
        headers,
      })) as ConfigObject<K>
    },
    async deleteObject(kind, ref, { revision }) {
      await call(`DELETE /api/${kind}/{ref}`, { params: { ref }, headers: ifMatch(revision) })
    },
    listRevisions: (kind, ref) => call(`GET /api/${kind}/{ref}/revisions`, { params: { ref } }),
    async jobKinds() {
      return (await call('GET /api/schemas', {})).kinds
    },
    async previewSchedule(schedule, count) {
      return (await call('POST /api/schedule/preview', { body: { schedule, count } })).times
    },
  }
}

/** The list of jobs tells their state; what each is made of is asked for one by one. */
async function listJobObjects(
  call: Caller['call'],
  filter: Parameters<Control['listObjects']>[1],
): Promise<Page<unknown>> {
  const { items, next } = await call('GET /api/jobs', { query: { ...filter } })
  const objects = []
  for (const job of items) objects.push(await call('GET /api/jobs/{ref}', { params: { ref: job.id } }))
  return { items: objects, next }
}

/** An ETag is the revision in quotes; the star means whatever is there. */
function ifMatch(revision: number | null): Record<string, string> {
  return { 'if-match': revision === null ? '*' : `"${revision}"` }
}
