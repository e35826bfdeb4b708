import { useApi } from '../../api/queries.ts'
import { useMay } from '../../session/me.ts'

/** Names of the objects of one collection, or of the secrets, that the reader may see; with `kinds`, only of these. */
export function useNames(collection: string, kinds?: readonly string[]): string[] {
  const may = useMay('configure')
  const isSecrets = collection === 'secrets'
  const secrets = useApi('GET /api/secrets', {}, { enabled: isSecrets && may })
  const jobs = useApi('GET /api/jobs', { query: { limit: 200 } }, { enabled: collection === 'jobs' })
  // All collections of objects answer alike; only jobs tell more.
  const key = `GET /api/${collection}` as 'GET /api/nodes'
  const objects = useApi(key, { query: { limit: 200 } }, { enabled: !isSecrets && collection !== 'jobs' })
  if (isSecrets) return secrets.data?.map(({ name }) => name) ?? []
  if (collection === 'jobs') return jobs.data?.items.map(({ name }) => name) ?? []
  const fitting = objects.data?.items.filter(({ spec }) => !kinds || kinds.includes(spec.kind))
  return fitting?.map(({ spec }) => spec.name) ?? []
}
