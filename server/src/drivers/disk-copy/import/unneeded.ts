import type { Settings } from './settings.ts'

const LOG = 'each run keeps its own log: `holdfast logs RUN`, the page of the run, and attached to the mails'

/** Settings of the script that Holdfast does without, and why. */
const UNNEEDED: readonly [section: string, key: string, why: string][] = [
  ['Backup', 'backup-destination', 'each disk is mounted in a private folder, for the time of a run only'],
  ['Backup', 'log-file-path', LOG],
  ['Backup', 'rsync-log-file-path', LOG],
  [
    'Backup',
    'rsync-update-ratio-seconds',
    'the page of the run and `holdfast run` show progress as it happens',
  ],
  ['Webserver', 'webhost', 'one server shows all runs, at the address of HOLDFAST_LISTEN'],
  ['Webserver', 'webport', 'one server shows all runs, at the address of HOLDFAST_LISTEN'],
  [
    'Debug',
    'debug',
    '`holdfast doctor` checks the surroundings, and no log holds the environment with its passwords',
  ],
]

export function tellUnneeded(settings: Settings): void {
  for (const [section, key, why] of UNNEEDED) {
    const setting = settings.find(section, key)
    if (setting) settings.tell(setting, 'unneeded', why)
  }
}
