import { AppShell } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveBanner } from '../live/live-banner.tsx'
import { useLive } from '../live/use-live.ts'
import { PageGuard } from '../session/page-guard.tsx'
import { usePageTitle } from './crumbs.tsx'
import { Header } from './header.tsx'
import { KeyHelp } from './key-help.tsx'
import { useKeys } from './keys.ts'
import { NavMenu } from './nav-menu.tsx'
import { Palette } from './palette.tsx'
import classes from './shell.module.css'

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { t } = useTranslation()
  const [isMenuOpen, menu] = useDisclosure(false)
  const [isHelpOpen, help] = useDisclosure(false)
  const isLive = useLive()
  const path = useRouterState({ select: (state) => state.location.pathname })
  usePageTitle()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  useKeys({ onHelp: help.open })

  // Someone who reads by ear starts each new page at its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it waits for
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
    menu.close()
  }, [path])

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 264, breakpoint: 'md', collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
      layout="alt"
    >
      <a className={classes.skip} href="#main">
        {t('header.skip')}
      </a>
      <AppShell.Header>
        <Header isMenuOpen={isMenuOpen} onMenu={menu.toggle} onHelp={help.open} />
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('menu.label')} className={classes.navbar ?? ''}>
        <NavMenu onClose={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} ref={main} className={classes.main ?? ''}>
        {!isLive && <LiveBanner />}
        <PageGuard>
          <Outlet />
        </PageGuard>
      </AppShell.Main>
      <Palette />
      {isHelpOpen && <KeyHelp onClose={help.close} />}
    </AppShell>
  )
}
