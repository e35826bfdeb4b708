import { fileSystemUuid, type SetDisk } from '@holdfast/contract'
import { z } from 'zod'
import type { Setting, Settings } from './settings.ts'

const HINT = 'The form is UUID[,address]*[,UUID[,address]*]*: the addresses of a disk follow its UUID.'

/**
 * Disks of a list such as `UUID,a@example.org,b@example.org,UUID`: what holds an @ is an address of the UUID before it.
 * The order stays. Blanks and line breaks count for nothing.
 */
export function readDisks(settings: Settings): Pick<SetDisk, 'uuid' | 'label' | 'mail'>[] {
  const setting = settings.find('Backup', 'filesystem-ids-and-notification-mail-addresses')
  if (!setting) {
    settings.missing('Backup', 'filesystem-ids-and-notification-mail-addresses', HINT)
    return []
  }
  const disks: Pick<SetDisk, 'uuid' | 'label' | 'mail'>[] = []
  for (const item of setting.value.replace(/\s/g, '').split(',')) {
    if (item === '') continue
    const disk = disks.at(-1)
    if (!item.includes('@')) disks.push({ uuid: item, label: `disk ${disks.length + 1}`, mail: [] })
    else if (!disk) settings.mistake(setting, `the address ${item} stands before the first UUID`, HINT)
    else if (!disk.mail.includes(item)) disk.mail.push(item)
  }
  requireUsable(settings, setting, disks)
  const addresses = disks.flatMap(({ mail }) => mail).length
  const remark = `disks of the vault: ${disks.length}, addresses: ${addresses}; label them as they are labelled outside`
  if (disks.some(isOfWindows))
    settings.tell(setting, 'open', `${remark}. Not all of them can be used as they are`)
  else settings.tell(setting, 'taken', remark)
  return disks
}

/** NTFS, FAT and exFAT cannot keep owners, rights and links. Each has UUIDs of its own form. */
export function isOfWindows({ uuid }: Pick<SetDisk, 'uuid'>): boolean {
  return /^([0-9A-F]{16}|[0-9A-F]{4}-[0-9A-F]{4})$/i.test(uuid)
}

function requireUsable(
  settings: Settings,
  setting: Setting,
  disks: readonly Pick<SetDisk, 'uuid' | 'mail'>[],
): void {
  if (disks.length === 0) settings.mistake(setting, 'no disk is named', HINT)
  const seen = new Set<string>()
  for (const { uuid, mail } of disks) {
    if (!fileSystemUuid.safeParse(uuid).success) {
      settings.mistake(
        setting,
        `"${uuid}" is no UUID of a file system`,
        '`blkid -s UUID -o value` prints them.',
      )
    }
    if (seen.has(uuid.toLowerCase()))
      settings.mistake(setting, `the disk ${uuid} is named twice`, 'Name it once, with all its addresses.')
    seen.add(uuid.toLowerCase())
    for (const address of mail) requireAddress(settings, setting, address)
  }
}

export function requireAddress(settings: Settings, setting: Setting, address: string): void {
  if (z.email().safeParse(address).success) return
  settings.mistake(
    setting,
    `"${address}" is no mail address`,
    'Write name@domain, in Latin letters without accents.',
  )
}
