import type { JobKind } from '@holdfast/contract'
import { useCallback } from 'react'
import { useSchemas } from './object-api.ts'

/**
 * The kinds of job that there are, with their names in the reader's language; undefined until they are known. One that
 * protects nothing has neither restore points nor coverage, and writes to its node what it reads from those that its
 * settings name.
 */
export function useKinds() {
  const kinds: JobKind[] | undefined = useSchemas().data?.kinds
  const titleOf = useCallback(
    (kind: string) => kinds?.find((one) => one.kind === kind)?.title ?? kind,
    [kinds],
  )
  // One that is not known yet is like most.
  const doesProtect = useCallback(
    (kind: string) => kinds?.find((one) => one.kind === kind)?.protects.length !== 0,
    [kinds],
  )
  return { kinds, titleOf, doesProtect }
}
