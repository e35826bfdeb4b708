import type { RunStatus } from '@holdfast/contract'
import { ActionIcon, Badge, Burger, Button, Group, Kbd, Tooltip } from '@mantine/core'
import { IconKeyboard, IconLoader2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/queries.ts'
import { BadgeLink } from '../routing/links.ts'
import { UserMenu } from '../session/user-menu.tsx'
import { RUN_STATUS } from '../status/status-map.ts'
import { Crumbs } from './crumbs.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { palette } from './palette.tsx'
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
        hiddenFrom="md"
        size="sm"
        aria-label={isMenuOpen ? t('menu.close') : t('menu.open')}
      />
      <Crumbs />
      <RunBadges />
      <Button
        variant="default"
        visibleFrom="md"
        onClick={palette.open}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
      >
        {t('header.search')}
      </Button>
      <ActionIcon hiddenFrom="md" onClick={palette.open} aria-label={t('header.search')}>
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

/** How many runs are going on, and how many wait for a person; leads to them. */
function RunBadges() {
  const { data } = useApi('GET /api/status')
  const count = (is: (status: RunStatus) => boolean) =>
    data?.activeRuns.filter(({ status }) => is(status)).length ?? 0
  return (
    <>
      <HeldBadge count={count((status) => status === 'held')} />
      <RunningBadge count={count((status) => status !== 'held' && status !== 'queued')} />
    </>
  )
}

function HeldBadge({ count }: { count: number }) {
  const { t } = useTranslation()
  const Icon = RUN_STATUS.held.icon
  if (count === 0) return null
  return (
    <Tooltip label={t('header.held', { count })}>
      <BadgeLink
        to="/runs"
        search={{ status: ['held'] }}
        variant="light"
        color={RUN_STATUS.held.color}
        radius="sm"
        aria-label={t('header.held', { count })}
        leftSection={<Icon size={13} aria-hidden />}
        style={{ cursor: 'pointer', flexShrink: 0 }}
      >
        {count}
      </BadgeLink>
    </Tooltip>
  )
}

function RunningBadge({ count }: { count: number }) {
  const { t } = useTranslation()
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
