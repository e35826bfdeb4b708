import type { ErrorKind } from './errors.ts'

interface ErrorCodeEntry {
  kind: ErrorKind
  /** What it means, in one line, for the reference page. */
  meaning: string
  /** What to do, said to the person who must act. */
  hint: string
}

/** Every error code there is. A test fails when one is unused or missing from docs/reference/errors.md. */
export const ERROR_CODES = {
  'config-invalid': {
    kind: 'config',
    meaning: 'A configuration file or a value given on the command line is not valid.',
    hint: 'Correct the value at the place named and run `holdfast validate` again.',
  },
  'config-unreadable': {
    kind: 'config',
    meaning: 'A configuration file or folder could not be read.',
    hint: 'Check that the path exists and that the user Holdfast runs as may read it.',
  },
  'config-conflict': {
    kind: 'conflict',
    meaning: 'Two changes of the configuration were made at the same moment.',
    hint: 'Run `holdfast plan` again to see what is left to change, then apply once more.',
  },
  'name-unknown': {
    kind: 'config',
    meaning: 'A job, vault, node, policy, run or restore point of that name or id does not exist.',
    hint: 'List what there is with `holdfast status`, `holdfast runs` or `holdfast points`.',
  },
  'environment-invalid': {
    kind: 'config',
    meaning: 'An environment variable of Holdfast has a value that cannot be used.',
    hint: 'Correct the variable named; docs/reference/environment.md lists them all.',
  },
  'secret-unavailable': {
    kind: 'config',
    meaning: 'A secret is referenced that cannot be read.',
    hint: 'Set the environment variable or create the file that the secret refers to, readable by Holdfast only.',
  },
  'permission-denied': {
    kind: 'access',
    meaning: 'The operating system refused to read or write a file.',
    hint: 'Give the user Holdfast runs as the right named, or run the worker as a user who has it.',
  },
  'database-unreachable': {
    kind: 'unreachable',
    meaning: 'PostgreSQL does not answer.',
    hint: 'Check HOLDFAST_DATABASE_URL and that the server runs; for the embedded database look at the log in the data directory.',
  },
  'database-unsafe': {
    kind: 'config',
    meaning: 'The PostgreSQL server is set up in a way that can lose acknowledged data.',
    hint: 'Turn the settings named back on (fsync, full_page_writes, synchronous_commit) and start again.',
  },
  'database-version': {
    kind: 'config',
    meaning: 'The database was made by another version than the one that is installed.',
    hint: 'Run `holdfast upgrade-db`, or install the version of Holdfast that made the database.',
  },
  'database-not-empty': {
    kind: 'conflict',
    meaning: 'A restore of the control database found data already there.',
    hint: 'Restore into a fresh data directory, or say --replace to discard what is there.',
  },
  'backup-file-invalid': {
    kind: 'integrity',
    meaning: 'A backup file of the control database is damaged or not one of ours.',
    hint: 'Take an older backup file; if there is none, rebuild the catalog with `holdfast reindex`.',
  },
  'no-progress': {
    kind: 'unreachable',
    meaning: 'A transfer stopped moving and was given up.',
    hint: 'Look at the health of the disk and the network between the two ends.',
  },
  'lock-held': {
    kind: 'busy',
    meaning: 'Something else holds a lock that this needs.',
    hint: 'Wait for the holder named, or cancel it; `holdfast lock list` shows all locks.',
  },
  'window-closed': {
    kind: 'busy',
    meaning: 'The job may only run inside its window, and the window is closed.',
    hint: 'Nothing to do: the run starts when the window opens. Widen the window if runs are skipped.',
  },
  'run-state': {
    kind: 'conflict',
    meaning: 'The run is in a state that does not allow what was asked.',
    hint: 'Look at the run with `holdfast runs show ID`: only a held run can be approved, only a live one canceled.',
  },
  'source-gone': {
    kind: 'absent',
    meaning: 'The folder to protect does not exist.',
    hint: 'Mount or create the source, or correct the path in the job.',
  },
  'vault-absent': {
    kind: 'absent',
    meaning: 'The place that holds the restore points is not there.',
    hint: 'Mount the disk or create the directory of the vault, then run the job again.',
  },
  'vault-foreign': {
    kind: 'conflict',
    meaning: 'The directory of a vault holds files Holdfast did not make, or belongs to another vault.',
    hint: 'Give the vault an empty directory of its own, or correct its path.',
  },
  'vault-full': {
    kind: 'capacity',
    meaning: 'The vault has not enough free space for what the run would write.',
    hint: 'Free space on the vault, add a larger disk, or keep fewer restore points.',
  },
  'restore-target-exists': {
    kind: 'conflict',
    meaning: 'The folder to restore into is not empty.',
    hint: 'Name a folder that does not exist yet, or say which of its files may be overwritten.',
  },
  'restore-point-damaged': {
    kind: 'integrity',
    meaning: 'A restore point is not what its manifest says.',
    hint: 'Do not rely on this restore point: restore from another one and check the disk it lies on.',
  },
  'restore-differs': {
    kind: 'integrity',
    meaning: 'What was restored differs from the restore point.',
    hint: 'Check the disk that was restored to, then restore again to another place.',
  },
  'export-target-exists': {
    kind: 'conflict',
    meaning: 'The folder to export the configuration to holds other configuration files.',
    hint: 'Name an empty folder, or say --replace to overwrite the files of an earlier export.',
  },
  'change-declined': {
    kind: 'canceled',
    meaning: 'A change would delete something and nobody agreed to it.',
    hint: 'Look at the changes shown; say --yes to delete without being asked, or leave --prune out to keep everything.',
  },
  'write-failed': {
    kind: 'tool',
    meaning: 'The disk reported an error while data was written.',
    hint: 'Treat the disk as failing: check its cable and its SMART values, and run the job against another disk.',
  },
  'command-failed': {
    kind: 'tool',
    meaning: 'A program that Holdfast started ended with an error.',
    hint: 'The last lines of its output are in the details; solve what they say and run again.',
  },
  'command-missing': {
    kind: 'tool',
    meaning: 'A program that is needed is not installed.',
    hint: 'Install the package named and run `holdfast doctor` again.',
  },
  'run-canceled': {
    kind: 'canceled',
    meaning: 'Somebody canceled the run.',
    hint: 'Start the job again when it may run.',
  },
  'run-refused': {
    kind: 'canceled',
    meaning: 'Somebody refused a held run.',
    hint: 'Look at what the guard found before you start the job again.',
  },
  'wait-canceled': {
    kind: 'canceled',
    meaning: 'A command that waited for something was interrupted.',
    hint: 'Nothing was changed. Call it again to wait once more.',
  },
  'worker-stopping': {
    kind: 'canceled',
    meaning: 'The worker was stopped while the run was going on.',
    hint: 'Nothing to do: the run is planned again when a worker starts.',
  },
  'time-limit': {
    kind: 'canceled',
    meaning: 'The run took longer than its time limit.',
    hint: 'Raise the time limit of the job, or find out in the run log what took so long.',
  },
  'worker-lost': {
    kind: 'unreachable',
    meaning: 'The worker died or lost its connection while the run was going on.',
    hint: 'Nothing to do: what the run held was released and it is planned again. If it repeats, look at the memory of the machine.',
  },
  'slot-missed': {
    kind: 'unreachable',
    meaning: 'Slots of a job passed while no worker was running.',
    hint: 'Keep a worker running as a system service; the job says what becomes of missed slots (`schedule.missed`).',
  },
  'notification-unreachable': {
    kind: 'unreachable',
    meaning:
      'A mail server or webhook that is to be told about a run does not answer or asks to come back later.',
    hint: 'Check host, port and network from the machine Holdfast runs on; the message is sent again by itself.',
  },
  'notification-refused': {
    kind: 'access',
    meaning: 'A mail server or webhook refused a message about a run.',
    hint: 'Check user, password, recipients and headers of the notification: sending the same again would be refused again.',
  },
  'invariant-broken': {
    kind: 'bug',
    meaning: 'Holdfast met a situation that its makers thought impossible.',
    hint: 'Please report it with the run log; run `holdfast doctor` to see whether anything else is wrong.',
  },
} as const satisfies Record<string, ErrorCodeEntry>

export type ErrorCode = keyof typeof ERROR_CODES
