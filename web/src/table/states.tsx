import { Box, Button, Center, Skeleton, Stack, Table, Text, ThemeIcon, Title } from '@mantine/core'
import { IconFilterOff, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** An empty list teaches the next step: what would stand here, why it is worth it, and the button that makes it. */
export function EmptyState(props: { icon: TablerIcon; title: string; hint: string; action?: ReactNode }) {
  const Icon = props.icon
  return (
    <Center py={48}>
      <Stack align="center" gap="xs" maw={440} ta="center">
        <ThemeIcon size={44} radius="xl" variant="light" aria-hidden>
          <Icon size={24} />
        </ThemeIcon>
        <Title order={2}>{props.title}</Title>
        <Text size="sm" c="dimmed">
          {props.hint}
        </Text>
        {props.action && <Box mt="xs">{props.action}</Box>}
      </Stack>
    </Center>
  )
}

export function NothingFound({ onClear }: { onClear(): void }) {
  const { t } = useTranslation()
  return (
    <Center py={48}>
      <Stack align="center" gap="xs">
        <IconFilterOff size={28} aria-hidden color="var(--mantine-color-dimmed)" />
        <Text c="dimmed" role="status">
          {t('table.nothing')}
        </Text>
        <Button variant="default" onClick={onClear}>
          {t('table.clear')}
        </Button>
      </Stack>
    </Center>
  )
}

const SKELETON_ROWS = [0, 1, 2, 3, 4, 5]

/** Rows as they will be, while they load. */
export function SkeletonRows({ columns }: { columns: number }) {
  return SKELETON_ROWS.map((row) => (
    <Table.Tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells are all alike and never move
        <Table.Td key={column}>
          <Skeleton height={12} my={4} width={`${90 - ((row * 17 + column * 29) % 50)}%`} />
        </Table.Td>
      ))}
    </Table.Tr>
  ))
}
