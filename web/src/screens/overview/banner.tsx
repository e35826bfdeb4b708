import type { Status } from '@holdfast/contract'
import { Anchor, Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../routing/links.ts'
import { useMe } from '../../session/me.ts'
import { type Target, type Verdict, verdictOf } from './model/verdict.ts'

/** The state of everything in one sentence. */
export function Banner({ status }: { status: Status }) {
  const { t } = useTranslation('overview')
  const { word, look, count, total, to, also } = verdictOf(status, useMe().user.nodes !== null)
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
        <Text fw={600} size="lg" flex={1} miw={0} style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}>
          {t(`verdict.${word}`, { count, total })}
        </Text>
        {to && <Show to={to}>{t('show')}</Show>}
      </Group>
      {also.length > 0 && (
        <Group component="ul" gap="md" mt={6} mb={0} ml={40} p={0} style={{ listStyle: 'none' }}>
          {also.map((one) => (
            <li key={one.word}>
              <Also verdict={one} />
            </li>
          ))}
        </Group>
      )}
    </Paper>
  )
}

/** What else wants attention: short, and a way to it. */
function Also({ verdict: { word, look, count, total, to } }: { verdict: Verdict }) {
  const { t } = useTranslation('overview')
  const Icon = look.icon
  const text = t(`verdict.${word}`, { count, total })
  return (
    <Group gap={6} wrap="nowrap">
      <Icon
        size={15}
        aria-hidden
        color={`var(--mantine-color-${look.color}-text)`}
        style={{ flexShrink: 0 }}
      />
      {to ? <Show to={to}>{text}</Show> : <Text size="sm">{text}</Text>}
    </Group>
  )
}

function Show({ to, children }: { to: Target; children: string }) {
  if (to.list === 'section')
    return (
      <Anchor href={`#${to.id}`} size="sm">
        {children}
      </Anchor>
    )
  if (to.list === 'jobs')
    return (
      <AnchorLink to="/jobs" search={{ coverage: to.coverage }} size="sm">
        {children}
      </AnchorLink>
    )
  const search = {
    ...(to.status ? { status: [to.status] } : {}),
    ...(to.outcome ? { outcome: [to.outcome] } : {}),
  }
  return (
    <AnchorLink to="/runs" search={search} size="sm">
      {children}
    </AnchorLink>
  )
}
