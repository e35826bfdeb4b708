import type { Me, Permission } from '@holdfast/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { apiQuery } from '../api/queries.ts'

export const meQuery = apiQuery('GET /api/auth/me')

/** Who is signed in. Only on pages inside the shell, which loads it before anything is shown. */
export function useMe(): Me {
  const { data } = useQuery({ ...meQuery, staleTime: 60_000 })
  // A page may still be shown while the answer is thrown away on signing out.
  const last = useQueryClient().getQueryData(meQuery.queryKey)
  const me = data ?? last
  if (!me) throw new Error('nobody is signed in')
  return me
}

export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission)
}
