import { type Control, fileSystemUuid, HoldfastError, type Run } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { printable } from '../output/printable.ts'
import { uuidOf } from './device-uuid.ts'
import { listDisks } from './list-disks.ts'

/** Disks of disk sets: where each one is, and what is plugged in. */
export function diskCommand(cx: CommandContext): Command {
  return new Command('disk')
    .description('Disks of disk sets, and what is plugged in')
    .addCommand(listCommand(cx))
    .addCommand(pluggedInCommand(cx))
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('Every disk of every disk set: where it is, its last good copy, and when it is due')
    .option('--bay', 'also what is plugged in to which machine, with the UUIDs that a configuration takes')
    .addOption(jsonOption('{disks: (DiskStatus & {vault})[], bay: BayDisk[] | null}'))
    .action((options: JsonFlag & { bay?: boolean }) =>
      cx.withControl((control) => listDisks(cx, control, options)),
    )
}

interface PluggedIn extends JsonFlag {
  sysfs?: string
}

function pluggedInCommand(cx: CommandContext): Command {
  return new Command('plugged-in')
    .description('Start the jobs of a disk, as when it is plugged in; none of those that wait or run already')
    .argument('[disk]', 'its UUID, or its device on this machine, such as /dev/sdb1')
    .option(
      '--sysfs <path>',
      'the device as systemd names it; a disk of no disk set is no mistake then, nor is a server that is not running',
    )
    .addOption(jsonOption('{uuid, runs: Run[]}'))
    .action(async (disk: string | undefined, options: PluggedIn) => {
      if (options.sysfs !== undefined) return await fromUdev(cx, options.sysfs, options)
      if (disk === undefined) throw new HoldfastError('config-invalid', 'name a disk: its UUID or its device')
      const uuid = disk.startsWith('/') ? await uuidOf({ file: disk }) : asUuid(disk)
      await cx.withControl((control) => start(cx, control, uuid, options))
    })
}

function asUuid(text: string): string {
  const uuid = fileSystemUuid.safeParse(text)
  if (uuid.success) return uuid.data
  throw new HoldfastError('config-invalid', `${text} is no UUID of a file system`, {
    hint: '`holdfast disk list --bay` and `lsblk -o NAME,UUID` show UUIDs. A device is named by its path.',
  })
}

/** Everything that is plugged in is told about, so whatever is none of our business ends well and at once. */
async function fromUdev(cx: CommandContext, sysfs: string, options: PluggedIn): Promise<void> {
  try {
    const uuid = await uuidOf({ sysfs })
    await cx.withQuickControl((control) => start(cx, control, uuid, options))
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown
    const why = NO_MISTAKE[thrown.code]
    if (why === undefined) throw thrown
    cx.note(`${sysfs}: ${why}`)
  }
}

const NO_MISTAKE: Partial<Record<HoldfastError['code'], string>> = {
  'disk-absent': 'it bears no file system, or was unplugged again',
  'name-unknown': 'it belongs to no disk set',
  'database-unreachable': 'Holdfast is not running; a worker sees the disk when it starts',
}

async function start(cx: CommandContext, control: Control, uuid: string, { json }: JsonFlag): Promise<void> {
  const runs: Run[] = await control.startByDisk(uuid, { by: cx.by })
  if (json) return cx.json({ uuid, runs })
  for (const { id, jobName } of runs)
    cx.line(`${cx.style.good('✔')} ${printable(jobName)} was started: holdfast runs show ${id}`)
  if (runs.length > 0) return
  cx.line(
    'No job was started: its jobs wait, run or were just started, are disabled, or do not start by disk.',
  )
}
