import type { ConfigObject, JsonValue, ObjectKind } from '@holdfast/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useChange, useEditable } from '../../api/queries.ts'
import type { Field, JsonObject, Schema } from '../../forms/model/field.ts'
import { isSchema, readSchema } from '../../forms/model/read-schema.ts'

/** The kinds of object whose pages are all alike; jobs have pages of their own. */
export type ObjectCollection = Exclude<ObjectKind, 'jobs'>

/** An object of any kind, as forms handle it: its settings are known to its schema alone. */
export interface AnyObject extends Omit<ConfigObject, 'spec'> {
  spec: JsonObject & { name: string }
}

/** All collections have the same routes; the types of one of them stand for all. */
const keysOf = (kind: ObjectKind) => ({
  list: `GET /api/${kind}` as 'GET /api/nodes',
  get: `GET /api/${kind}/{ref}` as 'GET /api/nodes/{ref}',
  create: `POST /api/${kind}` as 'POST /api/nodes',
  replace: `PUT /api/${kind}/{ref}` as 'PUT /api/nodes/{ref}',
  remove: `DELETE /api/${kind}/{ref}` as 'DELETE /api/nodes/{ref}',
  revisions: `GET /api/${kind}/{ref}/revisions` as 'GET /api/nodes/{ref}/revisions',
})
type NodeBody = { name: string; kind: 'host' }
const asBody = (spec: JsonObject) => spec as unknown as NodeBody

export function useObject(kind: ObjectKind, ref: string) {
  const query = useEditable(keysOf(kind).get, { params: { ref } })
  const object = query.data && {
    object: query.data.data as unknown as AnyObject,
    etag: query.data.etag,
  }
  return { object, error: query.error, retry: () => void query.refetch() }
}

export function useRevisions(kind: ObjectKind, ref: string) {
  return useApi(keysOf(kind).revisions, { params: { ref } })
}

/** What writes objects of a kind. Lists of the kind are read again after each change. */
export function useObjectChanges(kind: ObjectKind) {
  const queryClient = useQueryClient()
  const keys = keysOf(kind)
  const onDone = () => {
    for (const key of [keys.list, keys.revisions, 'GET /api/status', `GET /api/${kind}/{ref}/status`])
      void queryClient.invalidateQueries({ queryKey: [key] })
  }
  const create = useChange(keys.create, { showsProblem: true, onDone })
  const replace = useChange(keys.replace, { showsProblem: true, onDone })
  const remove = useChange(keys.remove, { showsProblem: true, onDone })
  return {
    remove,
    isPending: create.isPending || replace.isPending,
    error: create.error ?? replace.error,
    /** With a ref and the ETag that was read, an edit; without, a new object. Throws what went wrong. */
    save: async (spec: JsonObject, edit?: { ref: string; ifMatch: string | null }): Promise<AnyObject> => {
      const saved = edit
        ? await replace.mutateAsync({
            params: { ref: edit.ref },
            body: asBody(spec),
            ifMatch: edit.ifMatch,
          })
        : await create.mutateAsync({ body: asBody(spec) })
      return saved as unknown as AnyObject
    },
  }
}

/** The schemas of everything that can be configured, in the reader's language. */
export function useSchemas() {
  const { i18n } = useTranslation()
  const language = i18n.language as 'en'
  return useApi('GET /api/schemas', { query: { language } }, { keepPrevious: true })
}

/** What the kinds of a node, vault or notification are called; the bare word until that is known. */
export function useVariantTitle(kind: ObjectCollection): (variant: JsonValue | undefined) => string {
  const schema = useSchemas().data?.[kind]
  return useCallback(
    (variant) => (schema && variantTitle(schema, String(variant))) ?? String(variant ?? ''),
    [schema],
  )
}

function variantTitle(schema: Schema, variant: string): string | undefined {
  const branches = [schema, schema.oneOf ?? [], schema.anyOf ?? []].flat().filter(isSchema)
  const kinds = branches.flatMap(({ properties }) => (isSchema(properties) ? [properties.kind] : []))
  const titles = kinds.flatMap((kind) => (isSchema(kind) ? [kind['x-enum-titles']] : []))
  return titles
    .flatMap((one) => (isSchema(one) ? [one[variant]] : []))
    .find((title) => typeof title === 'string')
}

/** The form of a kind of object. */
export function fieldOfObject(schema: Record<string, JsonValue>): Field {
  return readSchema(schema as Schema)
}
