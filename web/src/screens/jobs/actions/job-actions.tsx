import { ActionIcon, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReasonButton } from '../../../actions/reason-button.tsx'
import { usePrepare } from './prepare.tsx'
import { type Action, type Subject, useEnable, usePlan, useRun } from './use-actions.ts'

/** The actions of a job on its page. A started run is shown. */
export function PageActions({ job }: { job: Subject }) {
  const navigate = useNavigate()
  const run = useRun(job, (id) => void navigate({ to: '/runs/$ref', params: { ref: id } }))
  const prepare = usePrepare(job)
  return (
    <>
      {prepare && <PageAction {...prepare.action} variant="default" />}
      <PageAction {...useEnable(job)} variant="default" />
      <PageAction {...run} variant="filled" />
      {prepare?.dialog}
    </>
  )
}

function PageAction({ icon: Icon, ...action }: Action & { variant: 'filled' | 'default' }) {
  return (
    <ReasonButton
      variant={action.variant}
      reason={action.reason}
      loading={action.isPending}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={action.onClick}
    >
      {action.label}
    </ReasonButton>
  )
}

/** The actions of a job in a row of a list: side by side, or in a menu where there is little room. */
export function RowActions({ job }: { job: Subject }) {
  const { t } = useTranslation('jobs')
  const prepare = usePrepare(job)
  const always = [useRun(job), usePlan(job), useEnable(job)]
  const actions = prepare ? [...always, prepare.action] : always
  return (
    <>
      <Group gap={4} wrap="nowrap" visibleFrom="md">
        {actions.map((action) => (
          <RowAction key={action.label} {...action} />
        ))}
      </Group>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={28}
            hiddenFrom="md"
            aria-label={t('actionsOf', { name: job.name })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ icon: Icon, label, reason, onClick }) => (
            <Menu.Item
              key={label}
              leftSection={<Icon size={15} aria-hidden />}
              disabled={reason !== undefined}
              onClick={onClick}
            >
              {label}
              {reason !== undefined && (
                <Text size="xs" maw={220}>
                  {reason}
                </Text>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {prepare?.dialog}
    </>
  )
}

/** One that cannot be pressed stays reachable by keyboard, so that its reason can be read. */
function RowAction({ icon: Icon, fullLabel, reason, isPending, onClick }: Action) {
  const isOff = reason !== undefined
  return (
    <Tooltip label={isOff ? `${fullLabel}: ${reason}` : fullLabel}>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={fullLabel}
        loading={isPending}
        {...(isOff ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        onClick={isOff ? undefined : onClick}
      >
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
