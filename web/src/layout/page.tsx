import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface PageProps {
  title: ReactNode
  /** One sentence about what the page is for, or the facts of the object. */
  lead?: ReactNode
  /** A state beside the title. */
  badge?: ReactNode
  /** Buttons, the most used one last. */
  actions?: ReactNode
  children: ReactNode
}

/** The head and body of every page: one h1, its actions at the right. */
export function Page({ title, lead, badge, actions, children }: PageProps) {
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Group gap="sm">
            <Title order={1} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {badge}
          </Group>
          {lead !== undefined && (
            <Text size="sm" c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
