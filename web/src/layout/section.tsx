import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A part of a page with a name of its own. */
export function Section(props: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <Paper component="section" aria-label={props.title} withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box>
            <Title order={2}>{props.title}</Title>
            {props.lead !== undefined && (
              <Text size="sm" c="dimmed" component="div">
                {props.lead}
              </Text>
            )}
          </Box>
          {props.actions}
        </Group>
        {props.children}
      </Stack>
    </Paper>
  )
}
