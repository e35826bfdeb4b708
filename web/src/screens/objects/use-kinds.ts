import type { JobKind } from '@holdfast/contract'
import { useCallback } from 'react'
import { useSchemas } from './object-api.ts'

/** The kinds of job that there are, with their names in the reader's language; undefined until they are known. */
export function useKinds() {
  const kinds: JobKind[] | undefined = useSchemas().data?.kinds
  const titleOf = useCallback(
    (kind: string) => kinds?.find((one) => one.kind === kind)?.title ?? kind,
    [kinds],
  )
  return { kinds, titleOf }
}
