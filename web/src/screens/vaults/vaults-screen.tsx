import type { DiskStatus } from '@holdfast/contract'
import { IconDatabase } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import type { JsonObject } from '../../forms/model/field.ts'
import { isObject } from '../../forms/model/values.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { FINDING } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { type AnyObject, useVariantTitle } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'
import { freeInBay, isBayEmpty } from './disks/disk-model.ts'
import { useForecastText } from './forecast-text.ts'

/** All vaults, with how full they are. */
export function VaultsScreen() {
  return <ObjectListScreen kind="vaults" icon={IconDatabase} columns={useVaultColumns()} />
}

function useVaultColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['vaults', 'shell'])
  const format = useFormat()
  const forecastText = useForecastText()
  const titleOf = useVariantTitle('vaults')
  const { data } = useApi('GET /api/status')
  return useMemo(() => {
    const of = ({ id }: AnyObject) => data?.vaults.find((vault) => vault.id === id)
    const freeOf = (disks: readonly DiskStatus[]) => {
      const free = freeInBay(disks)
      if (free !== null) return format.bytes(free)
      const isAway = disks.every(({ state }) => state === 'absent')
      return t(isAway ? 'shell:status.diskAbsent' : 'shell:common.unknown')
    }
    return [
      { id: 'kind', title: t('vaults:kind'), cell: ({ spec }) => titleOf(spec.kind) },
      { id: 'path', title: t('vaults:where'), cell: ({ spec }) => placeOf(spec) },
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
        isBrief: true,
        title: t('vaults:free'),
        isNumber: true,
        cell: (row) => {
          const vault = of(row)
          if (vault?.problem && !isBayEmpty(vault.problem))
            return <StatusBadge look={FINDING.error} tip={t('vaults:problem')} />
          if (typeof vault?.freeBytes === 'number') return format.bytes(vault.freeBytes)
          if (vault?.disks) return freeOf(vault.disks)
          return t(vault?.pointCount === 0 ? 'vaults:notYet' : 'shell:common.unknown')
        },
        sortBy: (row) => of(row)?.freeBytes ?? null,
      },
      {
        id: 'forecast',
        isBrief: true,
        title: t('vaults:forecast'),
        cell: (row) => {
          const vault = of(row)
          return vault ? forecastText(vault.forecast) : ''
        },
      },
    ]
  }, [t, format, forecastText, data, titleOf])
}

/** The path of a directory, the labels of the disks of a set. */
function placeOf({ path, disks }: JsonObject): string {
  if (typeof path === 'string') return path
  return (Array.isArray(disks) ? disks : [])
    .map((disk) => (isObject(disk) ? String(disk.label ?? '') : ''))
    .join(', ')
}
