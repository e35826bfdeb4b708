import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { type Control, HoldfastError } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { OUTCOME_EXIT_CODES } from '../exit-codes.ts'
import { type JsonFlag, jsonOption, parseDuration } from '../options.ts'
import { formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'

interface AcquireOptions extends JsonFlag {
  holder?: string
  lease: number
  wait: number
}

/** Named locks for scripts outside Holdfast: jobs that name the same lock wait for them, and they for the jobs. */
export function lockCommand(cx: CommandContext): Command {
  return new Command('lock')
    .description('Named locks shared between jobs and scripts outside Holdfast')
    .addCommand(acquireCommand(cx))
    .addCommand(releaseCommand(cx))
    .addCommand(listCommand(cx))
}

/** Never the same twice: equal holders mean a renewal, and two scripts of one user must not both get the lock. */
function newHolder(cx: CommandContext): string {
  return `${cx.deps.io.env.USER ?? cx.deps.io.userName}@${hostname()}-${randomBytes(4).toString('hex')}`
}

function acquireCommand(cx: CommandContext): Command {
  return new Command('acquire')
    .description('Take a lock; exit code 11 when somebody else holds it')
    .argument('<lock>', 'name of the lock, such as veeam/nightly')
    .option(
      '--holder <text>',
      'who holds it; whoever gives the name of the present holder prolongs its lease (default: a new name, printed)',
    )
    .option(
      '--lease <duration>',
      'give it back after this time even if nobody releases it',
      parseDuration,
      28_800_000,
    )
    .option('--wait <duration>', 'how long to wait for it; 0: not at all', parseDuration, 0)
    .addOption(jsonOption('{name, holder, acquired: true}'))
    .action((name: string, options: AcquireOptions) =>
      cx.withControl((control) => acquire(cx, control, name, options)),
    )
}

async function acquire(
  cx: CommandContext,
  control: Control,
  name: string,
  options: AcquireOptions,
): Promise<void> {
  const holder = options.holder ?? newHolder(cx)
  const stop = new AbortController()
  using _ = cx.deps.io.onInterrupt(() => stop.abort())
  const request = { name, holder, leaseSeconds: Math.ceil(options.lease / 1000), by: cx.by }
  try {
    await waitForLock(control, { ...request, signal: stop.signal }, Math.ceil(options.wait / 1000))
  } catch (thrown) {
    if (stop.signal.aborted) throw new HoldfastError('wait-canceled', `nobody waits for ${name} any longer`)
    throw thrown
  }
  if (options.json) return cx.json({ name, holder, acquired: true })
  cx.line(`${cx.style.good('✔')} ${printable(name)} is held by ${printable(holder)}`)
  if (options.holder === undefined)
    cx.line(`  Give it back: holdfast lock release ${shellWord(name)} --holder ${shellWord(holder)}`)
}

/** Proxies end requests that take longer than a minute. */
const LONGEST_REQUEST_S = 50

/** Waits in requests one after the other; only the last of them counts as a wait in vain. */
async function waitForLock(
  control: Control,
  request: Omit<Parameters<Control['acquireLock']>[0], 'waitSeconds'>,
  seconds: number,
): Promise<void> {
  const startedMs = performance.now()
  for (;;) {
    const waitedSeconds = Math.floor((performance.now() - startedMs) / 1000)
    const leftSeconds = Math.max(0, seconds - waitedSeconds)
    const isLast = leftSeconds <= LONGEST_REQUEST_S
    const waitSeconds = Math.min(leftSeconds, LONGEST_REQUEST_S)
    try {
      const tellTimeout = isLast && seconds > 0
      return await control.acquireLock({ ...request, waitSeconds, waitedSeconds, tellTimeout })
    } catch (thrown) {
      const isHeld = thrown instanceof HoldfastError && thrown.code === 'lock-held'
      if (isLast || !isHeld) throw thrown
    }
  }
}

function shellWord(text: string): string {
  const word = printable(text)
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function releaseCommand(cx: CommandContext): Command {
  return new Command('release')
    .description('Give a lock back; exit code 3 when it was no longer held')
    .argument('<lock>', 'name of the lock')
    .requiredOption('--holder <text>', 'who holds it, as given to or printed by acquire')
    .addOption(jsonOption('{name, holder, released: boolean}'))
    .action((name: string, { holder, json }: { holder: string } & JsonFlag) =>
      cx.withControl(async (control) => {
        const released = await control.releaseLock(name, holder, cx.by)
        // A lease that lapsed means that something else may have worked at the same time: the script should know.
        if (!released) cx.exit(OUTCOME_EXIT_CODES.warning)
        if (json) return cx.json({ name, holder, released })
        cx.line(
          released
            ? `${printable(name)} is free`
            : `! ${printable(name)} was not held by ${printable(holder)}: released before, or its lease lapsed`,
        )
      }),
    )
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('Locks that are held')
    .addOption(jsonOption('LockStatus[]'))
    .action((options: JsonFlag) =>
      cx.withControl(async (control) => {
        const locks = await control.listLocks()
        if (options.json) return cx.json(locks)
        if (locks.length === 0) return cx.line('No lock is held.')
        cx.table(
          [
            { title: 'lock' },
            { title: 'mode', whole: true },
            { title: 'holder' },
            { title: 'since', whole: true },
            { title: 'lapses', whole: true },
          ],
          locks.map((lock) => [
            lock.name,
            lock.mode,
            lock.holder,
            formatRelative(lock.since, cx.now()),
            lock.expiresAt ? formatRelative(lock.expiresAt, cx.now()) : 'with its run',
          ]),
        )
      }),
    )
}
