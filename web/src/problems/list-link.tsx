import { Anchor, Button, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { MENU } from '../layout/menu.ts'
import type { ProblemFacts } from './problem-text.ts'

/** From the page of something that is not there to the list in which it would be. */
export function ListLink() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const entry = MENU.find(({ to }) => to !== '/' && pathname.startsWith(`${to}/`))
  if (!entry) return null
  return (
    <Button component={Link} to={entry.to as string} size="compact-sm" variant="default">
      {t('problem.toList', { list: t(`menu.${entry.word}`) })}
    </Button>
  )
}

/** The pages of what refers to a thing. */
export function UsedBy({ users }: { users: ProblemFacts['users'] }) {
  const { t } = useTranslation()
  return (
    <Text size="sm">
      {t('problem.usedBy')}:{' '}
      {users.map(({ kind, name }, index) => (
        <Fragment key={`${kind} ${name}`}>
          {index > 0 && ', '}
          <Anchor component={Link} to={`/${kind}/${encodeURIComponent(name)}` as string} inherit>
            {name}
          </Anchor>
        </Fragment>
      ))}
    </Text>
  )
}
