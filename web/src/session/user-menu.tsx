import { ActionIcon, Menu } from '@mantine/core'
import { IconBook, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/queries.ts'
import { useMe } from './me.ts'

export function UserMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const signOut = useChange('POST /api/auth/logout', {
    onDone: () => void navigate({ to: '/sign-in', ignoreBlocker: true }).then(() => queryClient.clear()),
  })
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={t('header.user', { name: user.name })} title={user.name}>
          <IconUserCircle size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {t(`role.${user.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} aria-hidden />}>
          {t('menu.account')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/docs"
          target="_blank"
          leftSection={<IconBook size={16} aria-hidden />}
        >
          {t('header.apiDocs')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate({})}>
          {t('header.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
