import { posix } from 'node:path'
import { type JobLockFiles, jobLockFiles } from '@holdfast/contract'
import type { Setting, Settings } from './settings.ts'

/** How the job and Veeam keep out of each other's way. */
export interface Waiting {
  locks: { name: string }[]
  lockFiles: JobLockFiles[]
  maxWait: string | null
}

/** `lock` is the name under which scripts of Veeam keep the job away, and it them. */
export function readWaiting(settings: Settings, lock: string): Waiting {
  const lockFiles = readLockFiles(settings)
  const isShared = readScriptsWait(settings, lock)
  return { locks: isShared ? [{ name: lock }] : [], lockFiles, maxWait: readMaxWait(settings) }
}

function readScriptsWait(settings: Settings, lock: string): boolean {
  const setting = settings.find('VEEAM', 'wait-for-backup-minutes')
  if (!setting) return false
  const minutes = wholeNumber(settings, setting)
  const wait = minutes > 0 ? ` --wait ${minutes}m` : ''
  settings.tell(
    setting,
    'open',
    `the job holds the lock "${lock}" now: have the script before a Veeam job call \`holdfast lock acquire ${lock} --holder JOB${wait}\``,
  )
  return true
}

function readLockFiles(settings: Settings): JobLockFiles[] {
  const listed = settings.find('Backup', 'veeam-lockfile-path', 'veeam-lockfile-dir')
  const scripts = settings.find('VEEAM', 'veeam-lockfiles')
  const own = settings.find('Backup', 'backup-lockfile-path')
  const directory = listed ?? (scripts?.value.startsWith('/') ? scripts : null)
  if (scripts && scripts !== directory) {
    const isSame =
      directory !== null && posix.normalize(`${scripts.value}/`) === posix.normalize(`${directory.value}/`)
    const remark = isSame
      ? 'the same folder as that of the section Backup'
      : 'where the scripts on the side of Veeam put their files; they need it as long as they are used'
    settings.tell(scripts, 'unneeded', remark)
  }
  if (!directory) {
    if (own) settings.tell(own, 'unneeded', 'each disk is locked by a file of its own while a run uses it')
    return []
  }
  settings.tell(directory, 'taken', 'the run waits while a file lies in this folder')
  const ownFile = own && ownLockFile(settings, own)
  const checked = jobLockFiles.safeParse({ directory: directory.value, ...(ownFile && { own: ownFile }) })
  if (checked.success) return [checked.data]
  settings.mistake(
    directory,
    'the folder of the lock files is not named by its absolute path',
    'Begin it with a slash.',
  )
  return []
}

/** At the same path as before, on which the scripts of the other side rely. */
function ownLockFile(settings: Settings, own: Setting): string | null {
  const destination = settings.find('Backup', 'backup-destination')
  if (!destination?.value.startsWith('/')) {
    settings.tell(own, 'open', 'not taken over: without "backup-destination" nobody knows where it was')
    return null
  }
  const file = posix.join(destination.value, own.value)
  settings.tell(
    own,
    'changed',
    `the run makes ${file}, where Veeam scripts looked for it, so the folder has to stay; the disk has a lock file of its own`,
  )
  return file
}

function readMaxWait(settings: Settings): string | null {
  const setting = settings.find('Backup', 'wait-for-veeam-minutes')
  if (!setting) return null
  const minutes = wholeNumber(settings, setting)
  if (minutes > 0)
    settings.tell(
      setting,
      'taken',
      `\`maxWait: ${minutes}m\`; a run that waited longer is skipped and told of`,
    )
  else settings.tell(setting, 'changed', '`maxWait: 1m`, the shortest there is')
  return `${Math.max(1, minutes)}m`
}

/** Python's `int()`: a sign and underscores too, which nobody writes here. */
export function wholeNumber(settings: Settings, setting: Setting): number {
  if (/^\d{1,6}$/.test(setting.value)) return Number(setting.value)
  settings.mistake(setting, `"${setting.value}" is no whole number`, 'Write digits only.')
  return 0
}
