import { IconServer2 } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import type { Column } from '../../table/columns.ts'
import type { AnyObject } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'

const route = getRouteApi('/shell/nodes/')

/** All managed systems. */
export function NodesScreen() {
  const { t } = useTranslation('nodes')
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useNodeColumns()
  return (
    <ObjectListScreen
      kind="nodes"
      icon={IconServer2}
      texts={{
        title: t('title'),
        lead: t('lead'),
        new: t('new'),
        emptyTitle: t('emptyTitle'),
        emptyHint: t('emptyHint'),
      }}
      columns={columns}
      q={q}
      onFilter={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
    />
  )
}

function useNodeColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['nodes', 'shell'])
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('shell:common.name'),
        cell: ({ spec }) => spec.name,
        sortBy: ({ spec }) => spec.name,
      },
      { id: 'kind', title: t('nodes:kind'), cell: ({ spec }) => String(spec.kind ?? '') },
      { id: 'remark', title: t('nodes:remark'), cell: ({ spec }) => String(spec.description ?? '') },
      {
        id: 'parallel',
        title: t('nodes:parallel'),
        isNumber: true,
        cell: ({ spec }) => String(spec.maxParallelRuns ?? ''),
      },
      {
        id: 'changed',
        title: t('nodes:changed'),
        cell: ({ updatedAt }) => <Time at={updatedAt} />,
        sortBy: ({ updatedAt }) => Date.parse(updatedAt),
      },
    ],
    [t],
  )
}
