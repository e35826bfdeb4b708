import type { Status } from '@holdfast/contract'
import { Anchor, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../routing/links.ts'
import { type Target, verdictOf } from './model/verdict.ts'

/** The state of everything in one sentence. */
export function Banner({ status }: { status: Status }) {
  const { t } = useTranslation('overview')
  const { word, look, count, total, to } = verdictOf(status)
  const Icon = look.icon
  return (
    <Paper
      role="status"
      p="md"
      bg={`var(--mantine-color-${look.color}-light)`}
      style={{ borderInlineStart: `4px solid var(--mantine-color-${look.color}-filled)` }}
    >
      <Group gap="sm" wrap="nowrap" align="center">
        <Icon
          size={28}
          aria-hidden
          color={`var(--mantine-color-${look.color}-text)`}
          style={{ flexShrink: 0 }}
        />
        <Text fw={600} size="lg" flex={1}>
          {t(`verdict.${word}`, { count, total })}
        </Text>
        {to && <Show to={to} />}
      </Group>
    </Paper>
  )
}

function Show({ to }: { to: Target }) {
  const { t } = useTranslation('overview')
  const text = t('show')
  if (to.list === 'section')
    return (
      <Anchor href={`#${to.id}`} size="sm">
        {text}
      </Anchor>
    )
  if (to.list === 'jobs')
    return (
      <AnchorLink to="/jobs" search={{ coverage: to.coverage }} size="sm">
        {text}
      </AnchorLink>
    )
  const search = {
    ...(to.status ? { status: [to.status] } : {}),
    ...(to.outcome ? { outcome: [to.outcome] } : {}),
  }
  return (
    <AnchorLink to="/runs" search={search} size="sm">
      {text}
    </AnchorLink>
  )
}
