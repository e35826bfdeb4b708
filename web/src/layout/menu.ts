import type { Permission } from '@holdfast/contract'
import {
  IconBell,
  IconCalendarTime,
  IconDatabase,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconLock,
  IconPlayerPlay,
  IconServer2,
  IconShieldCheck,
  IconStethoscope,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import type { en } from '../texts/en.ts'

export interface MenuEntry {
  to: string
  /** Key of its name: `menu.<word>`. */
  word: keyof (typeof en)['shell']['menu']
  icon: TablerIcon
  permission: Permission
  /** Pressed after `g`. */
  key?: string
  isSetting?: boolean
}

/** Every page of the menu, in its order. Menu, palette and keys are made from it. */
export const MENU: readonly MenuEntry[] = [
  { to: '/', word: 'overview', icon: IconLayoutDashboard, permission: 'read', key: 'o' },
  { to: '/jobs', word: 'jobs', icon: IconCalendarTime, permission: 'read', key: 'j' },
  { to: '/runs', word: 'runs', icon: IconPlayerPlay, permission: 'read', key: 'r' },
  { to: '/restore-points', word: 'points', icon: IconHistory, permission: 'read', key: 'p' },
  { to: '/vaults', word: 'vaults', icon: IconDatabase, permission: 'read', key: 'v' },
  { to: '/nodes', word: 'nodes', icon: IconServer2, permission: 'read', key: 'n' },
  { to: '/policies', word: 'policies', icon: IconShieldCheck, permission: 'read', key: 'y' },
  { to: '/notifications', word: 'notifications', icon: IconBell, permission: 'configure', key: 'm' },
  { to: '/account', word: 'account', icon: IconUser, permission: 'read', key: 'a', isSetting: true },
  { to: '/users', word: 'users', icon: IconUsers, permission: 'administer', key: 'u', isSetting: true },
  { to: '/secrets', word: 'secrets', icon: IconKey, permission: 'configure', isSetting: true },
  { to: '/locks', word: 'locks', icon: IconLock, permission: 'read', isSetting: true },
  { to: '/audit', word: 'audit', icon: IconListDetails, permission: 'administer', isSetting: true },
  { to: '/doctor', word: 'doctor', icon: IconStethoscope, permission: 'administer', isSetting: true },
]

export function menuFor(permissions: readonly Permission[]): MenuEntry[] {
  return MENU.filter(({ permission }) => permissions.includes(permission))
}
