import { phraseText, type Run } from '@holdfast/contract'
import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconHandStop, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonButton, useMissingRight } from '../../../actions/reason-button.tsx'
import { useChange } from '../../../api/queries.ts'
import { Said, Title } from '../../../phrases/said.tsx'
import { notifyDone } from '../../../problems/notify.tsx'
import { ConfirmAction } from '../confirm-action.tsx'

/** What the guards found, and the decision. */
export function HeldRun({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const [asked, setAsked] = useState<'approve' | 'refuse' | null>(null)
  const missing = useMissingRight('operate')
  const params = { ref: run.id }
  const close = () => setAsked(null)
  const approve = useDecision('POST /api/runs/{ref}/approve', t('held.approved'), close)
  const refuse = useDecision('POST /api/runs/{ref}/refuse', t('held.refused'), close)
  return (
    <Alert
      color="orange"
      variant="light"
      role="alert"
      icon={<IconHandStop aria-hidden />}
      title={t('held.title')}
    >
      <Stack gap="sm">
        <Text size="sm">{t('held.lead')}</Text>
        <Guards run={run} />
        <Group gap="xs">
          <ReasonButton
            variant="default"
            leftSection={<IconX size={14} aria-hidden />}
            reason={missing}
            onClick={() => setAsked('refuse')}
          >
            {t('held.refuse')}
          </ReasonButton>
          <ReasonButton
            color="orange"
            leftSection={<IconCheck size={14} aria-hidden />}
            reason={missing}
            onClick={() => setAsked('approve')}
          >
            {t('held.approve')}
          </ReasonButton>
        </Group>
      </Stack>
      {asked === 'approve' && (
        <ConfirmAction
          title={t('held.approveTitle')}
          action={t('held.approve')}
          icon={IconCheck}
          color="orange"
          isPending={approve.isPending}
          error={approve.error}
          onConfirm={() => approve.mutate({ params })}
          onClose={close}
        >
          <Stack gap="xs">
            <Guards run={run} />
            {t('held.approveBody')}
          </Stack>
        </ConfirmAction>
      )}
      {asked === 'refuse' && (
        <ConfirmAction
          title={t('held.refuseTitle')}
          action={t('held.refuse')}
          icon={IconX}
          color="red"
          isPending={refuse.isPending}
          error={refuse.error}
          onConfirm={() => refuse.mutate({ params })}
          onClose={close}
        >
          {t('held.refuseBody')}
        </ConfirmAction>
      )}
    </Alert>
  )
}

/** What is approved or refused: said beside the question, and again where it is answered. */
function Guards({ run }: { run: Run }) {
  return run.plan?.guards.map((guard) => (
    <div key={`${guard.code} ${phraseText(guard.message)}`}>
      <Text size="sm" fw={600}>
        <Title kind={run.jobKind} group="guard" name={guard.code} />
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        <Said phrase={guard.message} />
      </Text>
    </div>
  ))
}

function useDecision(
  key: 'POST /api/runs/{ref}/approve' | 'POST /api/runs/{ref}/refuse',
  done: string,
  close: () => void,
) {
  return useChange(key, {
    showsProblem: true,
    onDone: () => {
      notifyDone(done)
      close()
    },
  })
}
