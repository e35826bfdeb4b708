import { attachIdOf } from './machine/sysfs.ts'

/** One attach of one device, as {@link FoundFileSystem} of probe.ts names it. */
export interface AttachedDevice {
  readonly device: string
  readonly attachId: string
}

/**
 * True while this very disk is attached: not pulled, not pulled and plugged in again, not another one at the same name.
 * Costs some file reads in /sys and never waits for the disk. A mapping is gone when the disk under it is.
 */
export function isAttached(attached: AttachedDevice): boolean {
  return attachIdOf(attached.device) === attached.attachId
}

/** Calls `onGone` once, at most `everyMs` after the disk has been pulled. Does not keep the process alive. */
export function watchPresence(
  attached: AttachedDevice,
  onGone: () => void,
  options: { readonly everyMs?: number } = {},
): Disposable {
  const timer = setInterval(() => {
    if (isAttached(attached)) return
    clearInterval(timer)
    onGone()
  }, options.everyMs ?? 500)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
