import type { JobStatus } from '@holdfast/contract'
import { Button, Group, List, Progress, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconCheck, IconPlayerPause, IconPlayerPlay, IconToggleRight, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../actions/dialog.tsx'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { asProblem } from '../../../api/problem.ts'
import { problemText } from '../../../problems/problem-text.ts'
import { setEnabled, startRun, useRefreshJobs } from '../change-job.ts'
import { type BulkResult, doEach } from './bulk.ts'

const WORK = {
  run: startRun,
  enable: ({ id }: JobStatus) => setEnabled(id, true),
  disable: ({ id }: JobStatus) => setEnabled(id, false),
} as const
type Word = keyof typeof WORK
interface Going {
  word: Word
  total: number
  results: BulkResult<JobStatus>[]
}

/** Runs, enables or disables the marked jobs one after the other, and tells what became of each. */
export function BulkActions({ rows, onDone }: { rows: readonly JobStatus[]; onDone(): void }) {
  const { t } = useTranslation('jobs')
  const refresh = useRefreshJobs()
  const mayNotRun = useMissingRight('operate')
  const mayNotEdit = useMissingRight('configure')
  const [going, setGoing] = useState<Going | null>(null)
  const start = async (word: Word, marked: readonly JobStatus[]) => {
    setGoing({ word, total: marked.length, results: [] })
    await doEach(marked, WORK[word], (result) =>
      setGoing((now) => now && { ...now, results: [...now.results, result] }),
    )
    refresh()
  }
  const noneOff = rows.every(({ enabled }) => enabled) ? t('bulk.allEnabled') : undefined
  const noneOn = rows.every(({ enabled }) => !enabled) ? t('bulk.allDisabled') : undefined
  const button = (word: Word, Icon: typeof IconCheck, reason: string | undefined) => (
    <ReasonButton
      size="compact-sm"
      variant="default"
      reason={reason}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => void start(word, rows)}
    >
      {t(word)}
    </ReasonButton>
  )
  return (
    <>
      {button('run', IconPlayerPlay, mayNotRun)}
      {button('enable', IconToggleRight, mayNotEdit ?? noneOff)}
      {button('disable', IconPlayerPause, mayNotEdit ?? noneOn)}
      {going && (
        <BulkResults
          going={going}
          onClose={() => {
            setGoing(null)
            onDone()
          }}
        />
      )}
    </>
  )
}

/** Cannot be closed before the last one is done: what is still to come would not be seen. */
function BulkResults({ going, onClose }: { going: Going; onClose(): void }) {
  const { t } = useTranslation(['jobs', 'shell'])
  const { word, total, results } = going
  const isDone = results.length === total
  const failed = results.filter(({ error }) => error !== null).length
  return (
    <Dialog onClose={() => isDone && onClose()} title={t(`jobs:${word}`)} withCloseButton={false}>
      <Stack>
        <Progress value={(100 * results.length) / total} color={failed > 0 ? 'orange' : 'teal'} aria-hidden />
        <Text size="sm" role="status">
          {isDone
            ? t('jobs:bulk.done', { ok: results.length - failed, failed })
            : t('jobs:bulk.going', { done: results.length, total })}
        </Text>
        <List size="sm" spacing={6} listStyleType="none" style={{ overflowWrap: 'anywhere' }}>
          {results.map(({ row, error }) => (
            <List.Item key={row.id} icon={<Mark isGood={error === null} />}>
              {row.name}
              {error !== null && <Why error={error} />}
            </List.Item>
          ))}
        </List>
        <Group justify="flex-end">
          <Button disabled={!isDone} onClick={onClose}>
            {t('shell:action.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function Mark({ isGood }: { isGood: boolean }) {
  const { t } = useTranslation()
  const Icon = isGood ? IconCheck : IconX
  return (
    <ThemeIcon size={18} radius="xl" color={isGood ? 'teal' : 'red'}>
      <Icon size={12} role="img" aria-label={t(isGood ? 'status.ok' : 'status.failed')} />
    </ThemeIcon>
  )
}

function Why({ error }: { error: unknown }) {
  const { title, hint } = problemText(asProblem(error))
  return (
    <Text size="sm" c="dimmed">
      {title}. {hint}
    </Text>
  )
}
