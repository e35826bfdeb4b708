import type { JsonObject } from '../../forms/model/field.ts'

/** Where a node is reached; null for a host, which a worker runs on. */
export function addressOf({ url }: JsonObject): string | null {
  return typeof url === 'string' ? url : null
}
