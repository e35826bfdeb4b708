import { configDocument, type ImportedConfig, type ImportedSecret, type Importer } from '@holdfast/contract'
import { schemaProblems } from '../../../kit/schema-problems.ts'
import { diskCopyConfig } from '../config.ts'
import { isOfWindows, readDisks } from './disks.ts'
import { readMail } from './mail.ts'
import { Settings } from './settings.ts'
import { readExcludes, readSource } from './source.ts'
import { tellUnneeded } from './unneeded.ts'
import { readWaiting, wholeNumber } from './waiting.ts'

const EXCLUDES = 'rsync_excludes'
const NAMES = {
  vault: 'backup-disks',
  policy: 'backup-copy',
  notification: 'backup-copy-mail',
  job: 'backup-copy',
}
const LOCK = 'veeam/backup-copy'
const TOKEN = 'backup-copy-start-token'
/** Keys that nothing else bears. */
const OWN_KEYS =
  /^\s*(filesystem-ids-and-notification-mail-addresses|backup-source|rsync-update-ratio-seconds)\s*[=:]/im

/** The `config.ini` of the Backup-Copy-Script, which copied a folder to the first of several disks that it found. */
export const configIni: Importer = {
  title: 'config.ini of the Backup-Copy-Script',
  recognise: (text) => OWN_KEYS.test(text),

  async read({ text, beside, timeZone }) {
    const settings = new Settings(text)
    const disks = readDisks(settings)
    const source = readSource(settings)
    tellUnneeded(settings)
    const waiting = readWaiting(settings, LOCK)
    const warnFree = readThreshold(settings)
    const mail = readMail(settings, NAMES.notification, { job: NAMES.job, timeZone })
    if (!source || settings.problems.length > 0) return { problems: settings.problems }

    const excludes = readExcludes(await beside(EXCLUDES), EXCLUDES, source)
    const document = {
      vaults: [{ name: NAMES.vault, kind: 'disk-set', disks, ...(warnFree !== null && { warnFree }) }],
      policies: [
        {
          name: NAMES.policy,
          retention: { keepLast: 3, keepDaily: 7, keepWeekly: 4, keepMonthly: 3, timeZone },
          rpo: '7d',
        },
      ],
      notifications: mail ? [mail.notification] : [],
      jobs: [
        {
          ...{ name: NAMES.job, kind: 'disk-copy', vault: NAMES.vault, policy: NAMES.policy },
          locks: waiting.locks,
          lockFiles: waiting.lockFiles,
          startHooks: [{ name: 'copy', token: { secret: TOKEN } }],
          ...(waiting.maxWait !== null && { maxWait: waiting.maxWait }),
          config: { source: source.path, exclude: excludes.exclude },
        },
      ],
    }
    const problems = [
      ...schemaProblems(configDocument, document),
      ...schemaProblems(diskCopyConfig, document.jobs[0]?.config),
    ]
    if (problems.length > 0) {
      return {
        problems: problems.map(({ path, message }) => ({
          line: 1,
          column: 1,
          path: path.join('.'),
          message,
        })),
      }
    }
    const secrets: ImportedSecret[] = [
      ...(mail?.secrets ?? []),
      { name: TOKEN, purpose: 'starting the copy by its address, /copy', value: null },
    ]
    return {
      document: configDocument.parse(document),
      lines: [...settings.report(), ...excludes.lines],
      secrets,
      advice: [...disks.filter(isOfWindows).map(formatAdvice), ...ADVICE],
    } satisfies ImportedConfig
  },
}

/** What the script did beside its settings, and what is otherwise now. */
const ADVICE = [
  'Older states stay on the disks now, as the policy "backup-copy" says; the script kept only the last one.',
  'The script deleted and overwrote what lay on a disk. Holdfast leaves it alone, so delete the old copy when the first new ones are verified, or format the disk.',
  'The job starts when a disk of the set is plugged in; add a `schedule` to it for other times, and `rotation` to the vault to hear of a disk that does not come back.',
  'Mails are in German, as those of the script were; `language` of the notification says so.',
]

function formatAdvice({ uuid, label }: { uuid: string; label: string }): string {
  return `The disk ${uuid} ("${label}") has the UUID of an NTFS, FAT or exFAT file system, which cannot keep owners and rights: format it with ext4, XFS or Btrfs, and enter its new UUID.`
}

/** The script compared with GiB, whatever the name of the setting says. */
function readThreshold(settings: Settings): string | null {
  const setting = settings.find('Backup', 'free-space-threshold-gb')
  if (!setting) return null
  const amount = wholeNumber(settings, setting)
  if (amount === 0) {
    settings.tell(setting, 'unneeded', 'a threshold of 0 never warned')
    return null
  }
  settings.tell(
    setting,
    'taken',
    `\`warnFree: ${amount}GiB\` of the vault: the script too counted in units of 1024³ bytes`,
  )
  return `${amount}GiB`
}
