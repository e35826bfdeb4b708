import type { ErrorKind } from './errors.ts'

interface ErrorCodeEntry {
  kind: ErrorKind
  /** What it means, in one line, for the reference page. */
  meaning: string
  /** What to do, said to the person who must act. */
  hint: string
  /** Where the API answers with another status than the one of the kind. */
  httpStatus?: number
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
    meaning: 'The configuration was changed by somebody else since it was planned or read.',
    hint: 'Run `holdfast plan` again to see what is left to change, then apply once more.',
  },
  'name-unknown': {
    kind: 'config',
    meaning: 'A job, vault, node, policy, run or restore point of that name or id does not exist.',
    hint: 'List what there is with `holdfast status`, `holdfast runs` or `holdfast points`.',
    httpStatus: 404,
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
  'secret-bound': {
    kind: 'conflict',
    meaning: 'A stored secret is to be sent to another address than the one it was entered for.',
    hint: 'Enter the secret again with `holdfast secret set NAME` (or on the page Secrets), then save the change: it is bound to the new address.',
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
  'node-unreachable': {
    kind: 'unreachable',
    meaning: 'A node does not answer, or the connection broke off.',
    hint: 'Check that the server runs, that its address in the node is right, and that no firewall lies between; `holdfast doctor` tries it again.',
  },
  'node-auth-failed': {
    kind: 'access',
    meaning: 'A node refused user, password or token.',
    hint: 'Enter the right user and secret in the node, then check it with `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    kind: 'access',
    meaning:
      'The certificate of a node is not signed by an authority this machine trusts, or is for another name.',
    hint: 'Name the file with the certificate of the authority in the node (`caFile`) or, where the node takes it, the fingerprint of the certificate once you have compared it with the one on the server (`fingerprint`); or correct the address.',
  },
  'privilege-missing': {
    kind: 'access',
    meaning: 'The user of a node may not do what the job needs.',
    hint: 'Give the user of the node the right named, or enter another user.',
  },
  'node-refused': {
    kind: 'tool',
    meaning: 'A node understood a request and refused it.',
    hint: 'Look at what the node said; its own log tells more.',
  },
  'node-answer-invalid': {
    kind: 'tool',
    meaning: 'A node answered in a way that cannot be understood, or broke its answer off.',
    hint: 'Check that the address is that of the server itself, not of a proxy or another program.',
  },
  'node-full': {
    kind: 'capacity',
    meaning: 'A node has no space left for what it is to store.',
    hint: 'Free space on the machine of the node, then start the run again: it goes on where it stopped.',
  },
  'database-absent': {
    kind: 'absent',
    meaning: 'A database that a job names does not exist on its node.',
    hint: 'Correct the name in the job, or create the database; `holdfast doctor` lists what there is.',
  },
  'destination-exists': {
    kind: 'conflict',
    meaning: 'A database came to the source or the destination between the plan and the run.',
    hint: 'Start the job again: it plans anew, and asks first before it copies into what is there.',
  },
  'points-refused': {
    kind: 'conflict',
    meaning:
      'The destination refused points: a field has another type there, or they are older than its retention policy keeps.',
    hint: 'Copy into a new database, or correct the destination: the message names measurement, field and reason.',
  },
  'copy-differs': {
    kind: 'integrity',
    meaning: 'What arrived at the destination differs from the source.',
    hint: 'Look whether something else writes to the destination, then start the run again; the run names measurement, window and field.',
  },
  'lock-held': {
    kind: 'busy',
    meaning: 'Something else holds a lock that this needs.',
    hint: 'Wait for the holder named. A run can be canceled, the lock of a script given back with `holdfast lock release`; `holdfast lock list` shows all locks.',
  },
  'lock-files-unreachable': {
    kind: 'unreachable',
    meaning: 'The folder in which another program puts its lock files cannot be read.',
    hint: 'Mount the share it lies on, or correct lockFiles of the job. Without it nobody knows whether the other program is at work, so the run does not begin.',
  },
  'lock-file-refused': {
    kind: 'access',
    meaning: 'The lock file that keeps another program waiting cannot be made.',
    hint: 'Create its folder and give the user Holdfast runs as the right to write there, on a share also the rights of the share; or correct `own` in lockFiles of the job.',
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
  'disk-absent': {
    kind: 'absent',
    meaning: 'None of the disks of a disk set is in the bay, or not the one that is needed.',
    hint: 'Plug in one of the disks named; the job starts by itself when it may.',
  },
  'disk-ambiguous': {
    kind: 'conflict',
    meaning: 'Two devices bear the UUID of the disk: one is a copy of the other.',
    hint: 'Unplug the copy, or give it a UUID of its own (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    kind: 'conflict',
    meaning: 'The disk carries the system of this machine or the data of Holdfast.',
    hint: 'Correct the UUID in the disk set: copies never go to the disk the system runs from.',
  },
  'disk-unlock-failed': {
    kind: 'access',
    meaning: 'The encrypted disk cannot be opened with the passphrase of the disk set.',
    hint: 'Enter the passphrase of this disk again (`holdfast secret set NAME`), then start the job again.',
  },
  'disk-mount-failed': {
    kind: 'tool',
    meaning: 'The disk cannot be mounted.',
    hint: 'Read what mount says in the details; if the file system is damaged, check it with fsck while the disk is not in use.',
  },
  'disk-read-only': {
    kind: 'conflict',
    meaning: 'The disk is write-protected or its file system accepts no writes.',
    hint: 'Look for a write-protect switch; if there is none, the disk may be failing: check its SMART values and use another one.',
  },
  'disk-busy': {
    kind: 'tool',
    meaning: 'The disk cannot be unmounted or used because another program is using it.',
    hint: 'Close the programs named; a worker then unmounts it by itself within seconds. Do not unplug the disk before. Switch off programs that mount every new disk.',
  },
  'disk-removed': {
    kind: 'tool',
    meaning: 'The disk was unplugged or failed while it was in use.',
    hint: 'Plug it in again and start the job: the copy goes on where it was. If nobody touched the disk, check its cable and its SMART values.',
  },
  'disk-failing': {
    kind: 'integrity',
    meaning: 'The disk did not give back what was written to it.',
    hint: 'Do not rely on this disk: replace it, and run the job with another one of the set today.',
  },
  'file-system-unsupported': {
    kind: 'config',
    meaning: 'The file system of a disk cannot keep what a copy needs.',
    hint: 'Format the disk with ext4, XFS or Btrfs, for example `mkfs.ext4 -m 0 -L LABEL DEVICE`, and enter its new UUID.',
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
  'restore-target-refused': {
    kind: 'access',
    meaning: 'Nothing may be restored to this folder.',
    hint: 'Restore to a folder apart from vaults, homes and the system, or have an administrator add a folder to `restoreRoots` of the node of the job.',
    httpStatus: 403,
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
    meaning: 'A change would delete or replace something and nobody agreed to it.',
    hint: 'Look at the changes shown; say --yes to go on without being asked, or leave --prune out to delete nothing.',
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
  'not-signed-in': {
    kind: 'access',
    meaning: 'A request bears no valid session or token, or it has expired or was revoked.',
    hint: 'Sign in again, or make a new API token.',
    httpStatus: 401,
  },
  'password-needed': {
    kind: 'access',
    meaning: 'This is done with the password of the one who is signed in.',
    hint: 'Enter your password: an API token is made with it, some time after a sign-in.',
    httpStatus: 403,
  },
  'password-wrong': {
    kind: 'access',
    meaning: 'The password given as the present one is another one.',
    hint: 'Enter the password with which you signed in.',
    httpStatus: 403,
  },
  'sign-in-failed': {
    kind: 'access',
    meaning: 'Name and password do not belong together.',
    hint: 'Check both. An administrator of the machine can set a new password: `holdfast admin reset-password NAME`.',
    httpStatus: 401,
  },
  'sign-in-locked': {
    kind: 'access',
    meaning: 'Too many attempts to sign in failed.',
    hint: 'Wait until the time named, then try again.',
    httpStatus: 429,
  },
  'not-allowed': {
    kind: 'access',
    meaning: 'The role of the user or the scope of the token does not allow this.',
    hint: 'Ask an administrator for the right, or use a token with the scope named.',
    httpStatus: 403,
  },
  'cross-site-request': {
    kind: 'access',
    meaning: 'A browser sent a change that did not come from a page of Holdfast itself.',
    hint: 'Use Holdfast at the address that HOLDFAST_URL names; a proxy in front must pass on the Host header.',
    httpStatus: 403,
  },
  'hook-refused': {
    kind: 'access',
    meaning: 'There is no start address of this name, or the token is not the one that opens it.',
    hint: 'Compare name and token with `startHooks` of the job; the log of the server says so when the secret itself cannot be used.',
    httpStatus: 403,
  },
  'setup-needed': {
    kind: 'access',
    meaning: 'Holdfast has no user yet.',
    hint: 'Open the set-up link that the server printed when it started, or run `holdfast admin create NAME`.',
    httpStatus: 403,
  },
  'setup-link-invalid': {
    kind: 'access',
    meaning: 'The set-up link was used, or is not the one that the server printed last.',
    hint: 'Use the link that the server printed at its last start (as a service: `journalctl -u holdfast`); sign in if a user has been made already.',
    httpStatus: 403,
  },
  'password-weak': {
    kind: 'config',
    meaning: 'A new password is too easy to guess.',
    hint: 'Take at least 12 characters, not the user name and none of the common passwords.',
    httpStatus: 422,
  },
  'rate-limited': {
    kind: 'access',
    meaning: 'Too many requests from one address.',
    hint: 'Wait for the seconds named and send fewer requests at a time.',
    httpStatus: 429,
  },
  'request-invalid': {
    kind: 'config',
    meaning: 'A request to the API is not well formed.',
    hint: 'Compare it with the description at /docs.',
    httpStatus: 400,
  },
  'request-too-large': {
    kind: 'config',
    meaning: 'The body of a request is larger than the API takes.',
    hint: 'Send less at a time.',
    httpStatus: 413,
  },
  'route-unknown': {
    kind: 'config',
    meaning: 'There is nothing at this address of the API.',
    hint: 'Compare address and method with the description at /docs.',
    httpStatus: 404,
  },
  'edit-conflict': {
    kind: 'conflict',
    meaning: 'Somebody else has changed the object since it was read.',
    hint: 'Read it again, look at what has changed, then make your change once more.',
    httpStatus: 412,
  },
  'edit-unconditional': {
    kind: 'config',
    meaning: 'An edit does not say which state of the object it is meant for.',
    hint: 'Send the ETag that was read as If-Match.',
    httpStatus: 428,
  },
  'object-exists': {
    kind: 'conflict',
    meaning: 'An object of that name exists already.',
    hint: 'Choose another name, or edit the one there is.',
    httpStatus: 409,
  },
  'object-in-use': {
    kind: 'conflict',
    meaning: 'Something cannot be deleted while others refer to it.',
    hint: 'Change or delete those named first.',
    httpStatus: 409,
  },
  'last-admin': {
    kind: 'conflict',
    meaning: 'The change would leave nobody who can administer Holdfast.',
    hint: 'Make another user an administrator first.',
    httpStatus: 409,
  },
  'idempotency-conflict': {
    kind: 'conflict',
    meaning:
      'An idempotency key was used for another request before, or that request is still being worked on.',
    hint: 'Use a new key for a new request; send the same request again a little later to get its answer.',
    httpStatus: 409,
  },
  'secret-key-missing': {
    kind: 'config',
    meaning: 'The key that the stored secrets are encrypted with is missing or another one.',
    hint: 'Put back the file secret.key from your backup, beside the data of Holdfast; or enter the secrets anew.',
  },
  'worker-absent': {
    kind: 'unreachable',
    meaning: 'No worker of the site is running that could do this.',
    hint: 'Start one with `holdfast worker --site NAME` or `systemctl start holdfast-worker`.',
  },
  'server-unreachable': {
    kind: 'unreachable',
    meaning: 'The Holdfast server does not answer.',
    hint: 'Check the address with `holdfast login`, and that the service runs: `systemctl status holdfast`.',
  },
  'server-certificate-untrusted': {
    kind: 'access',
    meaning: 'The certificate of the Holdfast server is not one that the command line trusts.',
    hint: 'Name the file of its certificate authority with --ca-file, or have the server’s certificate corrected.',
  },
  'server-answer-invalid': {
    kind: 'tool',
    meaning: 'What answers at the address is not the Holdfast server that this command line fits to.',
    hint: 'Check the address; use a command line of the same version as the server.',
  },
  'listen-failed': {
    kind: 'config',
    meaning: 'The server cannot listen at its address.',
    hint: 'Stop what uses the port, or choose another one with HOLDFAST_LISTEN.',
  },
  'invariant-broken': {
    kind: 'bug',
    meaning: 'Holdfast met a situation that its makers thought impossible.',
    hint: 'Please report it with the run log; run `holdfast doctor` to see whether anything else is wrong.',
  },
} as const satisfies Record<string, ErrorCodeEntry>

export type ErrorCode = keyof typeof ERROR_CODES
