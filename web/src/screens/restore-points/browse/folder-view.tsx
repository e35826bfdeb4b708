import type { PointEntry, RestorePoint } from '@holdfast/contract'
import { Alert, Anchor, Breadcrumbs, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { IconFolderOpen, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/queries.ts'
import { ProblemAlert } from '../../../problems/problem-alert.tsx'
import { AnchorLink } from '../../../routing/links.ts'
import { diskNow } from '../../vaults/disks/disk-model.ts'
import { EntryTable } from './entry-table.tsx'
import { type Chosen, crumbsOf } from './paths.ts'
import { useEntries } from './use-entries.ts'

const SKELETON_ROWS = [70, 45, 60, 35, 55, 40]

interface FolderViewProps {
  point: RestorePoint
  path: string
  chosen: Chosen
  onChoose(entries: readonly PointEntry[], isChosen: boolean): void
}

/** One folder of a restore point. It is not read while its disk is known to be away, and as soon as it is there. */
export function FolderView({ point, path, chosen, onChoose }: FolderViewProps) {
  const { t } = useTranslation(['points', 'shell'])
  const status = useApi('GET /api/status', {}, { enabled: point.disk !== null })
  const isAway = point.disk !== null && diskNow(status.data, point.disk.uuid)?.state === 'absent'
  const isKnown = point.disk === null || !status.isPending
  const folder = useEntries(point.id, path, isKnown && !isAway)
  const { entries } = folder
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Way point={point} path={path} />
        {entries && entries.length === 0 && (
          <Text size="sm" c="dimmed" role="status">
            {t('points:browse.empty')}
          </Text>
        )}
        {entries && (path !== '' || entries.length > 0) && (
          <EntryTable point={point} path={path} entries={entries} chosen={chosen} onChoose={onChoose} />
        )}
        {!entries && folder.isReading && <Reading onCancel={folder.cancel} hasDisk={point.disk !== null} />}
        {folder.error && !folder.isReading && <ProblemAlert error={folder.error} onRetry={folder.retry} />}
        {!entries && !folder.isReading && !folder.error && isKnown && (
          <Group gap="sm">
            <Text size="sm" c="dimmed" role="status">
              {t('points:browse.notRead')}
            </Text>
            <Button variant="default" onClick={folder.retry}>
              {t('points:browse.read')}
            </Button>
          </Group>
        )}
        {entries && folder.hasMore && (
          <Group gap="sm">
            <Text size="xs" c="dimmed" role="status">
              {t('shell:table.loadedOfMore', { count: entries.length })}
            </Text>
            <Button variant="default" loading={folder.isReadingMore} onClick={folder.more}>
              {t('shell:table.more')}
            </Button>
            {folder.isReadingMore && (
              <Anchor component="button" type="button" size="sm" onClick={folder.cancel}>
                {t('shell:action.cancel')}
              </Anchor>
            )}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}

/** The folders from the asset down to this one. */
function Way({ point, path }: Pick<FolderViewProps, 'point' | 'path'>) {
  const { t } = useTranslation('points')
  const crumbs = crumbsOf(path, point.asset.name)
  return (
    <nav aria-label={t('browse.way')}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <IconFolderOpen size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <Breadcrumbs separatorMargin={6} style={{ flexWrap: 'wrap' }}>
          {crumbs.map((crumb, index) =>
            index === crumbs.length - 1 ? (
              <Text key={crumb.path} span size="sm" fw={600} aria-current="location" style={WRAPPED}>
                {crumb.name}
              </Text>
            ) : (
              <AnchorLink
                key={crumb.path}
                to="/restore-points/$ref/files"
                params={{ ref: point.id }}
                search={crumb.path === '' ? {} : { path: crumb.path }}
                size="sm"
                style={WRAPPED}
              >
                {crumb.name}
              </AnchorLink>
            ),
          )}
        </Breadcrumbs>
      </Group>
    </nav>
  )
}

const WRAPPED = { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' } as const

/** It can take a while: a worker reads it, and may have to mount a disk first. */
function Reading({ onCancel, hasDisk }: { onCancel(): void; hasDisk: boolean }) {
  const { t } = useTranslation(['points', 'shell'])
  return (
    <Stack gap="sm" aria-busy>
      <Alert variant="light" color="blue" p="xs" role="status" icon={<IconLoader2 aria-hidden />}>
        <Group justify="space-between" gap="xs">
          <Text size="sm">{t(hasDisk ? 'points:browse.readingDisk' : 'points:browse.reading')}</Text>
          <Button variant="default" size="compact-sm" onClick={onCancel}>
            {t('shell:action.cancel')}
          </Button>
        </Group>
      </Alert>
      {SKELETON_ROWS.map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </Stack>
  )
}
