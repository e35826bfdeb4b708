import { ActionIcon, Badge, Burger, Button, Group, Kbd, Tooltip } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconKeyboard, IconLoader2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/queries.ts'
import { UserMenu } from '../session/user-menu.tsx'
import { Crumbs } from './crumbs.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'

interface HeaderProps {
  isMenuOpen: boolean
  onMenu(): void
  onHelp(): void
}

export function Header({ isMenuOpen, onMenu, onHelp }: HeaderProps) {
  const { t } = useTranslation()
  return (
    <Group h="100%" px="sm" gap="xs" wrap="nowrap">
      <Burger
        opened={isMenuOpen}
        onClick={onMenu}
        hiddenFrom="sm"
        size="sm"
        aria-label={isMenuOpen ? t('menu.close') : t('menu.open')}
      />
      <Crumbs />
      <RunningBadge />
      <Button
        variant="default"
        visibleFrom="md"
        onClick={spotlight.open}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
      >
        {t('header.search')}
      </Button>
      <ActionIcon hiddenFrom="md" onClick={spotlight.open} aria-label={t('header.search')}>
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      <Tooltip label={t('header.help')}>
        <ActionIcon visibleFrom="md" onClick={onHelp} aria-label={t('header.help')}>
          <IconKeyboard size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ThemeMenu />
      <LanguageMenu />
      <UserMenu />
    </Group>
  )
}

/** How many runs are going on; leads to them. */
function RunningBadge() {
  const { t } = useTranslation()
  const { data } = useApi('GET /api/status')
  const count = data?.activeRuns.filter(({ status }) => status !== 'queued').length ?? 0
  if (count === 0) return null
  return (
    <Tooltip label={t('header.running', { count })}>
      <Badge
        component={Link}
        to="/runs"
        variant="light"
        color="blue"
        radius="sm"
        aria-label={t('header.running', { count })}
        leftSection={<IconLoader2 size={13} aria-hidden />}
        style={{ cursor: 'pointer', flexShrink: 0 }}
      >
        {count}
      </Badge>
    </Tooltip>
  )
}
