import type { JobKind } from '@holdfast/contract'
import { useCallback } from 'react'
import { useSchemas } from '../objects/object-api.ts'

const NONE: JobKind[] = []

/** The kinds of job that there are, with their names in the reader's language. */
export function useKinds() {
  const { data } = useSchemas()
  const kinds = data?.kinds ?? NONE
  const titleOf = useCallback(
    (kind: string) => kinds.find((one) => one.kind === kind)?.title ?? kind,
    [kinds],
  )
  return { kinds, titleOf }
}
