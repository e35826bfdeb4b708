import { AppShell, CloseButton, Group, NavLink } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/me.ts'
import { Logo } from './logo.tsx'
import { type MenuEntry, menuFor } from './menu.ts'
import classes from './shell.module.css'

/** The menu, with what the reader's role lets them see. */
export function NavMenu({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const entries = menuFor(useMe().permissions)
  return (
    <>
      <Group justify="space-between" wrap="nowrap" pr="sm">
        <Link to="/" className={classes.brand} aria-label={t('header.home')}>
          <Logo />
          Holdfast
        </Link>
        <CloseButton hiddenFrom="md" aria-label={t('menu.close')} onClick={onClose} />
      </Group>
      <AppShell.Section grow px="xs" style={{ overflowY: 'auto' }}>
        <Entries entries={entries.filter(({ isSetting }) => !isSetting)} />
        <div className={classes.section}>{t('menu.settings')}</div>
        <Entries entries={entries.filter(({ isSetting }) => isSetting)} />
      </AppShell.Section>
    </>
  )
}

function Entries({ entries }: { entries: MenuEntry[] }) {
  const { t } = useTranslation()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return entries.map(({ to, word, icon: Icon }) => {
    const isActive = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={t(`menu.${word}`)}
        leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        active={isActive}
        aria-current={isActive ? 'page' : undefined}
        className={classes.entry ?? ''}
      />
    )
  })
}
