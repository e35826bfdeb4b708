import type { DiskStatus, JobStatus } from '@holdfast/contract'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { notifyDone } from '../../../problems/notify.tsx'
import { startRun } from '../../jobs/change-job.ts'

interface StartDiskProps {
  disk: Pick<DiskStatus, 'label'>
  /** Those that write to the vault, switched on. */
  jobs: readonly JobStatus[]
  /** The disk that a run would use instead: the first of the set that is plugged in there. */
  first: Pick<DiskStatus, 'label'> | undefined
}

/** Starts the jobs of a disk that is plugged in, by hand: also where the set says not to begin by itself. */
export function StartDisk({ disk, jobs, first }: StartDiskProps) {
  const { t } = useTranslation('vaults')
  const navigate = useNavigate()
  const missing = useMissingRight('operate')
  const start = useMutation({
    mutationFn: () => Promise.all(jobs.map(startRun)),
    onSuccess: (runs) => {
      notifyDone(t('disks.started', { label: disk.label }))
      const [only, ...others] = runs
      if (only && others.length === 0) void navigate({ to: '/runs/$ref', params: { ref: only.id } })
    },
  })
  const idle = jobs.length === 0 ? t('disks.noJob') : undefined
  const other = first && t('disks.notFirst', { label: first.label })
  return (
    <ReasonButton
      leftSection={<IconPlayerPlay size={14} aria-hidden />}
      loading={start.isPending}
      reason={missing ?? idle ?? other}
      onClick={() => start.mutate()}
    >
      {t('disks.start')}
    </ReasonButton>
  )
}
