import { Anchor, Breadcrumbs, Text } from '@mantine/core'
import { Link, useMatches } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './shell.module.css'

/** The pages from the menu down to this one, named by `staticData.title` of their routes. */
export function useCrumbs(): { name: string; path: string }[] {
  const { i18n } = useTranslation()
  return useMatches().flatMap(({ staticData, params, pathname }) =>
    staticData.title ? [{ name: staticData.title(i18n.t, params), path: pathname }] : [],
  )
}

/** Names the window after the page. */
export function usePageTitle(): void {
  const name = useCrumbs().at(-1)?.name
  useEffect(() => {
    document.title = name === undefined ? 'Holdfast' : `${name} · Holdfast`
  }, [name])
}

export function Crumbs() {
  const { t } = useTranslation()
  const crumbs = useCrumbs()
  return (
    <nav aria-label={t('header.breadcrumbs')} style={{ minWidth: 0, flex: 1 }}>
      <Breadcrumbs
        separatorMargin={8}
        classNames={{ root: classes.crumbs ?? '', breadcrumb: classes.crumb ?? '' }}
      >
        {crumbs.map(({ name, path }, index) =>
          index === crumbs.length - 1 ? (
            <Text key={path} span size="sm" fw={600} aria-current="page">
              {name}
            </Text>
          ) : (
            <Anchor key={path} component={Link} to={path} size="sm" c="dimmed">
              {name}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
    </nav>
  )
}
