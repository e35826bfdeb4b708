import type { BayDisk, Control, DiskStatus } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import type { JsonFlag } from '../options.ts'
import { formatBytes, formatRelative } from '../output/format.ts'

type ListedDisk = DiskStatus & { vault: string }

const STATES: Record<DiskStatus['state'], string> = {
  absent: 'not plugged in',
  present: 'plugged in',
  busy: 'in use, must stay',
  safe: 'safe to remove',
}

export async function listDisks(
  cx: CommandContext,
  control: Control,
  options: JsonFlag & { bay?: boolean },
): Promise<void> {
  const { vaults } = await control.status()
  const disks = vaults.flatMap(({ name, disks }) => (disks ?? []).map((disk) => ({ vault: name, ...disk })))
  const bay = options.bay ? await control.listBay() : null
  if (options.json) return cx.json({ disks, bay })
  if (disks.length === 0)
    cx.line('No disk set yet: a vault of kind disk-set names the disks that take turns.')
  else printDisks(cx, disks)
  if (bay === null) return
  cx.line()
  if (bay.length === 0) cx.line('No worker sees a file system in its bay.')
  else printBay(cx, bay)
}

function printDisks(cx: CommandContext, disks: readonly ListedDisk[]): void {
  const now = cx.now()
  cx.table(
    [
      { title: 'disk' },
      { title: 'vault' },
      { title: 'state', whole: true, painted: true },
      { title: 'where' },
      { title: 'last good copy', whole: true },
      { title: 'due', whole: true, painted: true },
      { title: 'points', align: 'right', whole: true },
      { title: 'free', align: 'right', whole: true },
      { title: 'health', whole: true, painted: true },
    ],
    disks.map((disk) => [
      disk.label,
      disk.vault,
      stateText(cx, disk),
      whereText(disk, now),
      disk.lastCopyAt ? formatRelative(disk.lastCopyAt, now) : 'never',
      dueText(cx, disk, now),
      String(disk.pointCount),
      formatBytes(disk.freeBytes),
      healthText(cx, disk),
    ]),
  )
}

function stateText(cx: CommandContext, { state }: DiskStatus): string {
  const text = STATES[state]
  if (state === 'safe') return cx.style.good(`✔ ${text}`)
  return state === 'busy' ? cx.style.warn(`! ${text}`) : text
}

function whereText({ host, device, seenAt }: DiskStatus, now: Date): string {
  if (host !== null) return `${host} ${device}`
  return seenAt === null ? 'never seen' : `seen ${formatRelative(seenAt, now)}`
}

function dueText(cx: CommandContext, { dueAt, overdue }: DiskStatus, now: Date): string {
  if (dueAt === null) return '–'
  return overdue ? cx.style.bad(`✖ ${formatRelative(dueAt, now)}`) : formatRelative(dueAt, now)
}

function healthText(cx: CommandContext, { health }: DiskStatus): string {
  if (health === null || health.status === 'unknown') return '–'
  return health.status === 'ok' ? cx.style.good('✔ ok') : cx.style.bad('✖ failing')
}

function printBay(cx: CommandContext, bay: readonly BayDisk[]): void {
  cx.table(
    [
      { title: 'machine' },
      { title: 'device', whole: true },
      { title: 'UUID', whole: true },
      { title: 'file system', whole: true },
      { title: 'label' },
      { title: 'size', align: 'right', whole: true },
      { title: 'disk' },
      { title: 'used for' },
    ],
    bay.map((disk) => [
      disk.host,
      disk.device,
      disk.uuid,
      disk.fileSystem,
      disk.label ?? '–',
      formatBytes(disk.sizeBytes),
      [disk.model, disk.serial].filter(Boolean).join(' ') || '–',
      disk.isSystem ? 'the system: never for copies' : (disk.vault ?? '–'),
    ]),
  )
}
