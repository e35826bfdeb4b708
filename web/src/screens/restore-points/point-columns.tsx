import type { RestorePoint } from '@holdfast/contract'
import { Tooltip } from '@mantine/core'
import { IconRestore, IconShieldLock } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import { VERIFIED } from '../../status/status-map.ts'
import type { Column } from '../../table/columns.ts'
import { useKinds } from '../objects/use-kinds.ts'
import { columnsWorth } from './columns-worth.ts'
import { verifiedState } from './verified.ts'

interface PointColumns {
  /** What is listed; undefined while it loads. */
  points: readonly RestorePoint[] | undefined
  isOfOneJob: boolean
  onRestore(point: RestorePoint): void
}

/** Columns that would say the same of all points, or nothing, are left out. */
export function usePointColumns({ points, isOfOneJob, onRestore }: PointColumns): Column<RestorePoint>[] {
  const { t } = useTranslation('points')
  const format = useFormat()
  const { titleOf: kindTitle } = useKinds()
  const missing = useMissingRight('operate')
  const { hasAsset, hasDisk, hasProtected } = columnsWorth(points ?? [])
  return useMemo(() => {
    const all: Column<RestorePoint>[] = [
      { id: 'taken', title: t('list.taken'), cell: ({ takenAt }) => <Time at={takenAt} isAbsolute /> },
      {
        id: 'asset',
        title: t('list.asset'),
        cell: ({ asset }) => <span title={asset.key}>{asset.name}</span>,
      },
      { id: 'job', title: t('list.job'), cell: ({ jobName }) => jobName, isBrief: true },
      { id: 'disk', title: t('list.disk'), cell: ({ disk }) => disk?.label ?? '' },
      { id: 'kind', title: t('list.kind'), cell: ({ jobKind }) => kindTitle(jobKind), isExtra: true },
      {
        id: 'verified',
        title: t('list.verified'),
        cell: (point) => <Verified point={point} />,
        isBrief: true,
      },
      {
        id: 'protected',
        title: t('list.protected'),
        cell: (point) => (point.protected ? <Protected /> : null),
      },
      { id: 'size', title: t('list.size'), cell: ({ sizeBytes }) => format.bytes(sizeBytes), isNumber: true },
      {
        id: 'added',
        title: t('list.added'),
        cell: ({ addedBytes }) => format.bytes(addedBytes),
        isNumber: true,
      },
      {
        id: 'items',
        title: t('list.items'),
        cell: ({ itemCount }) => format.number(itemCount),
        isNumber: true,
        isExtra: true,
      },
      {
        id: 'confirmed',
        title: t('list.confirmed'),
        cell: ({ confirmedAt }) => <Time at={confirmedAt} />,
        isExtra: true,
      },
      { id: 'id', title: t('list.id'), cell: ({ id }) => id, isExtra: true },
      {
        id: 'restore',
        title: t('list.restore'),
        cell: (point) => (
          <ReasonButton
            size="compact-xs"
            variant="light"
            leftSection={<IconRestore size={13} aria-hidden />}
            reason={missing}
            onClick={() => onRestore(point)}
          >
            {t('list.restore')}
          </ReasonButton>
        ),
      },
    ]
    const left = new Set([
      ...(isOfOneJob ? ['job', 'kind'] : []),
      ...(hasAsset ? [] : ['asset']),
      ...(hasDisk ? [] : ['disk']),
      ...(hasProtected ? [] : ['protected']),
    ])
    return all.filter(({ id }) => !left.has(id))
  }, [t, format, kindTitle, missing, onRestore, isOfOneJob, hasAsset, hasDisk, hasProtected])
}

function Verified({ point }: { point: RestorePoint }) {
  const tip = useVerifiedText(point)
  return <StatusBadge look={VERIFIED[verifiedState(point)]} tip={tip} />
}

/** What a check has shown, in a sentence. */
export function useVerifiedText(point: RestorePoint): string {
  const { t } = useTranslation('points')
  const format = useFormat()
  const state = verifiedState(point)
  if (state === 'never' || point.verifiedAt === null) return t('verified.never')
  return t(`verified.${state}`, { time: format.dateTime(point.verifiedAt) })
}

function Protected() {
  const { t } = useTranslation('points')
  return (
    <Tooltip label={t('protect.on')}>
      <IconShieldLock
        size={17}
        role="img"
        aria-label={t('protect.label')}
        color="var(--mantine-primary-color-filled)"
      />
    </Tooltip>
  )
}
