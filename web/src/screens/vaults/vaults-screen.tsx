import { IconDatabase } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import type { Column } from '../../table/columns.ts'
import type { AnyObject } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'

const route = getRouteApi('/shell/vaults/')

/** All vaults, with how full they are. */
export function VaultsScreen() {
  const { t } = useTranslation('vaults')
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useVaultColumns()
  return (
    <ObjectListScreen
      kind="vaults"
      icon={IconDatabase}
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

function useVaultColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['vaults', 'shell'])
  const format = useFormat()
  const { data } = useApi('GET /api/status')
  return useMemo(() => {
    const of = ({ id }: AnyObject) => data?.vaults.find((vault) => vault.id === id)
    return [
      {
        id: 'name',
        title: t('shell:common.name'),
        cell: ({ spec }) => spec.name,
        sortBy: ({ spec }) => spec.name,
      },
      { id: 'kind', title: t('vaults:kind'), cell: ({ spec }) => String(spec.kind ?? '') },
      { id: 'path', title: t('vaults:path'), cell: ({ spec }) => String(spec.path ?? '') },
      {
        id: 'points',
        title: t('vaults:points'),
        isNumber: true,
        cell: (row) => format.number(of(row)?.pointCount ?? 0),
        sortBy: (row) => of(row)?.pointCount ?? null,
      },
      {
        id: 'size',
        title: t('vaults:size'),
        isNumber: true,
        cell: (row) => format.bytes(of(row)?.sizeBytes ?? 0),
        sortBy: (row) => of(row)?.sizeBytes ?? null,
      },
      {
        id: 'free',
        title: t('vaults:free'),
        isNumber: true,
        cell: (row) => {
          const free = of(row)?.freeBytes ?? null
          return free === null ? t('shell:common.unknown') : format.bytes(free)
        },
        sortBy: (row) => of(row)?.freeBytes ?? null,
      },
      {
        id: 'forecast',
        title: t('vaults:forecast'),
        cell: (row) => <span lang="en">{of(row)?.forecast ?? ''}</span>,
      },
    ]
  }, [t, format, data])
}
