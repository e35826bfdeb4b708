import { IconServer2 } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import type { Column } from '../../table/columns.ts'
import { type AnyObject, useVariantTitle } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'
import { addressOf } from './node-address.ts'

/** All managed systems. */
export function NodesScreen() {
  return <ObjectListScreen kind="nodes" icon={IconServer2} columns={useNodeColumns()} />
}

function useNodeColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['nodes', 'shell'])
  const titleOf = useVariantTitle('nodes')
  return useMemo(
    () => [
      { id: 'kind', title: t('nodes:kind'), cell: ({ spec }) => titleOf(spec.kind) },
      { id: 'address', title: t('nodes:address'), cell: ({ spec }) => addressOf(spec) ?? '' },
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
    [t, titleOf],
  )
}
