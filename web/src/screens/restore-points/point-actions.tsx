import type { RestorePoint, VerifyLevel } from '@holdfast/contract'
import { Menu } from '@mantine/core'
import { IconChevronDown, IconFolderOpen, IconListCheck, IconRestore } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../actions/reason-button.tsx'
import { useChange } from '../../api/queries.ts'
import { notifyDone } from '../../problems/notify.tsx'
import { ButtonLink } from '../../routing/links.ts'
import { RestoreDialog } from './restore/restore-dialog.tsx'

const VERIFY_LEVELS = ['sample', 'full'] as const satisfies VerifyLevel[]

/** Checking and restoring one restore point. */
export function PointActions({ point }: { point: RestorePoint }) {
  const { t } = useTranslation('points')
  const navigate = useNavigate()
  const missing = useMissingRight('operate')
  const [isRestoring, setIsRestoring] = useState(false)
  const verify = useChange('POST /api/restore-points/verify', {
    onDone: ([run]) => {
      notifyDone(t('verify.started'))
      if (run) void navigate({ to: '/runs/$ref', params: { ref: run.id } })
    },
  })
  const button = (
    <ReasonButton
      variant="default"
      leftSection={<IconListCheck size={14} aria-hidden />}
      rightSection={<IconChevronDown size={14} aria-hidden />}
      loading={verify.isPending}
      reason={missing}
    >
      {t('one.check')}
    </ReasonButton>
  )
  return (
    <>
      {missing === undefined ? (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>{button}</Menu.Target>
          <Menu.Dropdown>
            {VERIFY_LEVELS.map((level) => (
              <Menu.Item key={level} onClick={() => verify.mutate({ body: { points: [point.id], level } })}>
                {t(`verify.${level}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        button
      )}
      {missing === undefined ? (
        <ButtonLink
          to="/restore-points/$ref/files"
          params={{ ref: point.id }}
          variant="default"
          leftSection={<IconFolderOpen size={14} aria-hidden />}
        >
          {t('browse.action')}
        </ButtonLink>
      ) : (
        <ReasonButton
          variant="default"
          leftSection={<IconFolderOpen size={14} aria-hidden />}
          reason={missing}
        >
          {t('browse.action')}
        </ReasonButton>
      )}
      <ReasonButton
        leftSection={<IconRestore size={14} aria-hidden />}
        reason={missing}
        onClick={() => setIsRestoring(true)}
      >
        {t('restore.action')}
      </ReasonButton>
      {isRestoring && <RestoreDialog point={point} onClose={() => setIsRestoring(false)} />}
    </>
  )
}
