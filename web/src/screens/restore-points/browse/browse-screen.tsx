import type { RestorePoint } from '@holdfast/contract'
import { Skeleton, Stack } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { useFormat } from '../../../format/use-format.ts'
import { Page } from '../../../layout/page.tsx'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { ButtonLink } from '../../../routing/links.ts'
import { DiskNeeded } from '../disk-needed.tsx'
import { RestoreDialog } from '../restore/restore-dialog.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { FolderView } from './folder-view.tsx'
import { type Chosen, toggled } from './paths.ts'

const route = getRouteApi('/shell/restore-points/$ref/files')
const NONE: Chosen = new Map()

/** What is in a restore point, folder by folder, to be chosen from and restored. */
export function BrowseScreen() {
  const { ref } = route.useParams()
  const point = useApi('GET /api/restore-points/{ref}', { params: { ref } })
  if (point.data) return <Browser point={point.data} />
  if (point.error) return <ProblemAlert error={point.error} onRetry={() => void point.refetch()} />
  return (
    <Stack aria-busy>
      <Skeleton height={28} width={280} />
      <Skeleton height={320} />
    </Stack>
  )
}

function Browser({ point }: { point: RestorePoint }) {
  const { t } = useTranslation('points')
  const format = useFormat()
  const { path = '' } = route.useSearch()
  const [chosen, setChosen] = useState(NONE)
  const [isRestoring, setIsRestoring] = useState(false)
  const taken = t('browse.lead', { time: format.dateTime(point.takenAt) })
  return (
    <Page
      title={t('browse.title', { asset: point.asset.name })}
      lead={point.disk === null ? taken : `${taken} · ${t('disk.on', { label: point.disk.label })}`}
      actions={
        <ButtonLink
          to="/restore-points/$ref"
          params={{ ref: point.id }}
          variant="default"
          leftSection={<IconRestore size={14} aria-hidden />}
        >
          {t('browse.toPoint')}
        </ButtonLink>
      }
    >
      <DiskNeeded point={point} />
      <FolderView
        key={path}
        point={point}
        path={path}
        chosen={chosen}
        onChoose={(entries, isChosen) => setChosen((before) => toggled(before, entries, isChosen))}
      />
      {chosen.size > 0 && (
        <ChosenBar chosen={chosen} onClear={() => setChosen(NONE)} onRestore={() => setIsRestoring(true)} />
      )}
      {isRestoring && (
        <RestoreDialog point={point} paths={[...chosen.keys()]} onClose={() => setIsRestoring(false)} />
      )}
    </Page>
  )
}
