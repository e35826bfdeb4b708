import type { PointEntry, RestorePoint } from '@holdfast/contract'
import { Checkbox, Table, Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCornerLeftUp, IconFile, IconFileUnknown, IconFolder, IconLink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { moveBetweenRows } from '../../../table/table-row.tsx'
import classes from './entry-table.module.css'
import { type Chosen, chosenAbove, parentOf } from './paths.ts'

const ICONS = { folder: IconFolder, file: IconFile, link: IconLink, other: IconFileUnknown } as const

interface EntryTableProps {
  point: RestorePoint
  path: string
  entries: readonly PointEntry[]
  chosen: Chosen
  onChoose(entries: readonly PointEntry[], isChosen: boolean): void
}

/** What is in a folder. Arrow keys go from name to name, Enter opens a folder or marks a file, Space marks. */
export function EntryTable({ point, path, entries, chosen, onChoose }: EntryTableProps) {
  const { t } = useTranslation(['points', 'shell'])
  const above = entries[0] && chosenAbove(chosen, entries[0].path)
  const marked = entries.filter((entry) => chosen.has(entry.path)).length
  const parent = parentOf(path)
  return (
    <Table fz="sm" aria-label={t('points:browse.table')} verticalSpacing={6} highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={36}>
            <Checkbox
              size="xs"
              aria-label={t('shell:table.markAll')}
              checked={above !== undefined || (marked > 0 && marked === entries.length)}
              indeterminate={above === undefined && marked > 0 && marked < entries.length}
              disabled={above !== undefined || entries.length === 0}
              onChange={(event) => onChoose(entries, event.currentTarget.checked)}
            />
          </Table.Th>
          <Table.Th scope="col">{t('shell:common.name')}</Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="sm">
            {t('points:list.size')}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t('points:browse.changed')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveBetweenRows}>
        {parent !== null && (
          <Table.Tr>
            <Table.Td />
            <Table.Td colSpan={3}>
              <Link
                to="/restore-points/$ref/files"
                params={{ ref: point.id }}
                search={parent === '' ? {} : { path: parent }}
                className={classes.name}
                data-row-link
              >
                <IconCornerLeftUp size={16} aria-hidden />
                {t('points:browse.up')}
              </Link>
            </Table.Td>
          </Table.Tr>
        )}
        {entries.map((entry) => (
          <EntryRow
            key={entry.path}
            pointId={point.id}
            entry={entry}
            isChosen={chosen.has(entry.path)}
            above={above}
            onChoose={(isChosen) => onChoose([entry], isChosen)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface EntryRowProps {
  pointId: string
  entry: PointEntry
  isChosen: boolean
  /** The chosen folder it lies in. */
  above: PointEntry | undefined
  onChoose(isChosen: boolean): void
}

function EntryRow({ pointId, entry, isChosen, above, onChoose }: EntryRowProps) {
  const { t } = useTranslation(['points', 'shell'])
  const format = useFormat()
  const size = entry.sizeBytes === null || entry.type === 'folder' ? '' : format.bytes(entry.sizeBytes)
  const changed = entry.modifiedAt === null ? '' : format.dateTime(entry.modifiedAt)
  const mark = (
    <Checkbox
      size="xs"
      aria-label={t('shell:table.mark', { name: entry.name })}
      checked={isChosen || above !== undefined}
      disabled={above !== undefined}
      onChange={(event) => onChoose(event.currentTarget.checked)}
    />
  )
  return (
    <Table.Tr data-selected={isChosen || undefined}>
      <Table.Td className={classes.mark}>
        {above ? (
          <Tooltip label={t('points:browse.comesAlong', { folder: above.name })}>
            <div>{mark}</div>
          </Tooltip>
        ) : (
          mark
        )}
      </Table.Td>
      <Table.Td>
        <Name pointId={pointId} entry={entry} onToggle={() => !above && onChoose(!isChosen)} />
        <Text size="xs" c="dimmed" hiddenFrom="sm" pl={24}>
          {[size, changed].filter((part) => part !== '').join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        {size}
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        {changed}
      </Table.Td>
    </Table.Tr>
  )
}

/** A folder is opened by its name, anything else is marked by it. */
function Name({ pointId, entry, onToggle }: { pointId: string; entry: PointEntry; onToggle(): void }) {
  const { t } = useTranslation('points')
  const Icon = ICONS[entry.type]
  const content = (
    <>
      <Icon size={16} aria-hidden />
      <VisuallyHidden>{t(`browse.type.${entry.type}`)}</VisuallyHidden>
      <span className={classes.text}>
        {entry.name}
        {entry.target !== null && <span className={classes.target}> → {entry.target}</span>}
      </span>
    </>
  )
  if (entry.type !== 'folder')
    return (
      <UnstyledButton className={classes.name ?? ''} onClick={onToggle} data-row-link>
        {content}
      </UnstyledButton>
    )
  return (
    <Link
      to="/restore-points/$ref/files"
      params={{ ref: pointId }}
      search={{ path: entry.path }}
      className={classes.name}
      data-row-link
    >
      {content}
    </Link>
  )
}
