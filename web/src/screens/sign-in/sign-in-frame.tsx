import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { LanguageMenu } from '../../layout/language-menu.tsx'
import { Logo } from '../../layout/logo.tsx'
import { ThemeMenu } from '../../layout/theme-menu.tsx'

/** The page around signing in and setting up: nothing of the application, which nobody may see yet. */
export function SignInFrame({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Holdfast`
  }, [title])
  return (
    <Box
      component="main"
      mih="100dvh"
      bg="light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-8))"
    >
      <Group justify="flex-end" p="sm" gap={4}>
        <ThemeMenu />
        <LanguageMenu />
      </Group>
      <Center px="md" pt={{ base: 12, sm: 64 }} pb="xl">
        <Stack w="100%" maw={400} gap="lg">
          <Group gap="sm" justify="center">
            <Logo size={34} />
            <Text fw={650} fz={22}>
              Holdfast
            </Text>
          </Group>
          <Paper withBorder shadow="sm" p={{ base: 'md', sm: 'xl' }} radius="md">
            <Stack>
              <Box>
                <Title order={1}>{title}</Title>
                {lead !== undefined && (
                  <Text size="sm" c="dimmed" mt={4}>
                    {lead}
                  </Text>
                )}
              </Box>
              {children}
            </Stack>
          </Paper>
        </Stack>
      </Center>
    </Box>
  )
}
