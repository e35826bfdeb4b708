/** Every error code of the contract: what it means, and what the person at the screen does about it. */
export const errors = {
  'config-invalid': {
    title: 'A value is not valid',
    hint: 'Correct the value that is named, then try again.',
  },
  'config-unreadable': {
    title: 'A configuration file or folder could not be read',
    hint: 'Check that the path exists and that the user Holdfast runs as may read it.',
  },
  'config-conflict': {
    title: 'The configuration was changed by somebody else since it was planned or read',
    hint: 'Run `holdfast plan` again to see what is left to change, then apply once more.',
  },
  'name-unknown': {
    title: 'A job, vault, node, policy, run or restore point of that name or id does not exist',
    hint: 'Look in the list what there is: it may have been renamed or deleted.',
  },
  'environment-invalid': {
    title: 'An environment variable of Holdfast has a value that cannot be used',
    hint: 'Correct the variable named; docs/reference/environment.md lists them all.',
  },
  'secret-unavailable': {
    title: 'A secret is referenced that cannot be read',
    hint: 'Set the environment variable or create the file that the secret refers to, readable by Holdfast only.',
  },
  'secret-bound': {
    title: 'A stored secret is to be sent to another address than the one it was entered for',
    hint: 'Enter the secret again, then save the change: it is bound to the new address.',
  },
  'permission-denied': {
    title: 'The operating system refused to read or write a file',
    hint: 'Give the user Holdfast runs as the right named, or run the worker as a user who has it.',
  },
  'database-unreachable': {
    title: 'PostgreSQL does not answer',
    hint: 'Check HOLDFAST_DATABASE_URL and that the server runs; for the embedded database look at the log in the data directory.',
  },
  'database-unsafe': {
    title: 'The PostgreSQL server is set up in a way that can lose acknowledged data',
    hint: 'Turn the settings named back on (fsync, full_page_writes, synchronous_commit) and start again.',
  },
  'database-version': {
    title: 'The database was made by another version than the one that is installed',
    hint: 'Run `holdfast upgrade-db`, or install the version of Holdfast that made the database.',
  },
  'database-not-empty': {
    title: 'A restore of the control database found data already there',
    hint: 'Restore into a fresh data directory, or say --replace to discard what is there.',
  },
  'backup-file-invalid': {
    title: 'A backup file of the control database is damaged or not one of ours',
    hint: 'Take an older backup file; if there is none, rebuild the catalog with `holdfast reindex`.',
  },
  'no-progress': {
    title: 'A transfer stopped moving and was given up',
    hint: 'Look at the health of the disk and the network between the two ends.',
  },
  'lock-held': {
    title: 'Something else holds a lock that this needs',
    hint: 'Wait for the holder named. A run can be canceled, the lock of a script given back with `holdfast lock release`; `holdfast lock list` shows all locks.',
  },
  'window-closed': {
    title: 'The job may only run inside its window, and the window is closed',
    hint: 'Nothing to do: the run starts when the window opens. Widen the window if runs are skipped.',
  },
  'run-state': {
    title: 'The run is in a state that does not allow what was asked',
    hint: 'Look at the run with `holdfast runs show ID`: only a held run can be approved, only a live one canceled.',
  },
  'source-gone': {
    title: 'The folder to protect does not exist',
    hint: 'Mount or create the source, or correct the path in the job.',
  },
  'vault-absent': {
    title: 'The place that holds the restore points is not there',
    hint: 'Mount the disk or create the directory of the vault, then run the job again.',
  },
  'vault-foreign': {
    title: 'The directory of a vault holds files Holdfast did not make, or belongs to another vault',
    hint: 'Give the vault an empty directory of its own, or correct its path.',
  },
  'disk-absent': {
    title: 'The disk that is needed is not plugged in',
    hint: 'Plug in one of the disks named; the job starts by itself when it may.',
  },
  'disk-ambiguous': {
    title: 'Two devices bear the UUID of the disk: one is a copy of the other',
    hint: 'Unplug the copy, or give it a UUID of its own (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    title: 'The disk carries the system of this machine or the data of Holdfast',
    hint: 'Correct the UUID in the disk set: copies never go to the disk the system runs from.',
  },
  'disk-unlock-failed': {
    title: 'The encrypted disk cannot be opened with the passphrase of the disk set',
    hint: 'Enter the passphrase of this disk again under “Secrets”, then start the job again.',
  },
  'disk-mount-failed': {
    title: 'The disk cannot be mounted',
    hint: 'Read what mount says in the details; if the file system is damaged, check it with fsck while the disk is not in use.',
  },
  'disk-read-only': {
    title: 'The disk is write-protected or its file system accepts no writes',
    hint: 'Look for a write-protect switch; if there is none, the disk may be failing: check its SMART values and use another one.',
  },
  'disk-busy': {
    title: 'The disk cannot be unmounted or used because another program is using it',
    hint: 'Close the programs named, then it is unmounted by itself. Do not unplug the disk before.',
  },
  'disk-removed': {
    title: 'The disk was unplugged or failed while it was in use',
    hint: 'Plug it in again and start the job: the copy goes on where it was. If nobody touched the disk, check its cable and its SMART values.',
  },
  'disk-failing': {
    title: 'The disk did not give back what was written to it',
    hint: 'Do not rely on this disk: replace it, and run the job with another one of the set today.',
  },
  'file-system-unsupported': {
    title: 'The file system of a disk cannot keep what a copy needs',
    hint: 'Format the disk with ext4, XFS or Btrfs, for example “mkfs.ext4 -m 0 -L LABEL DEVICE”, and enter its new UUID.',
  },
  'lock-files-unreachable': {
    title: 'The folder in which another program puts its lock files cannot be read',
    hint: 'Mount the share it lies on, or correct “lockFiles” of the job. Without it nobody knows whether the other program is at work, so the run does not begin.',
  },
  'lock-file-refused': {
    title: 'The lock file that keeps another program waiting cannot be made',
    hint: 'Create its folder and give the user Holdfast runs as the right to write there, on a share also the rights of the share; or correct “own” in “lockFiles” of the job.',
  },
  'vault-full': {
    title: 'The vault has not enough free space for what the run would write',
    hint: 'Free space on the vault, add a larger disk, or keep fewer restore points.',
  },
  'restore-target-exists': {
    title: 'The folder to restore into is not empty',
    hint: 'Name a folder that does not exist yet, or say which of its files may be overwritten.',
  },
  'restore-target-refused': {
    title: 'Nothing may be restored to this folder',
    hint: 'Restore to a folder apart from vaults, homes and the system, or have an administrator add a folder to `restoreRoots` of the node of the job.',
  },
  'restore-point-damaged': {
    title: 'A restore point is not what its manifest says',
    hint: 'Do not rely on this restore point: restore from another one and check the disk it lies on.',
  },
  'restore-differs': {
    title: 'What was restored differs from the restore point',
    hint: 'Check the disk that was restored to, then restore again to another place.',
  },
  'export-target-exists': {
    title: 'The folder to export the configuration to holds other configuration files',
    hint: 'Name an empty folder, or say --replace to overwrite the files of an earlier export.',
  },
  'change-declined': {
    title: 'A change would delete or replace something and nobody agreed to it',
    hint: 'Look at the changes shown; say --yes to go on without being asked, or leave --prune out to delete nothing.',
  },
  'write-failed': {
    title: 'The disk reported an error while data was written',
    hint: 'Treat the disk as failing: check its cable and its SMART values, and run the job against another disk.',
  },
  'command-failed': {
    title: 'A program that Holdfast started ended with an error',
    hint: 'The last lines of its output are in the details; solve what they say and run again.',
  },
  'command-missing': {
    title: 'A program that is needed is not installed',
    hint: 'Install the package named and run `holdfast doctor` again.',
  },
  'run-canceled': {
    title: 'Somebody canceled the run',
    hint: 'Start the job again when it may run.',
  },
  'run-refused': {
    title: 'Somebody refused a held run',
    hint: 'Look at what the guard found before you start the job again.',
  },
  'wait-canceled': {
    title: 'A command that waited for something was interrupted',
    hint: 'Nothing was changed. Call it again to wait once more.',
  },
  'worker-stopping': {
    title: 'The worker was stopped while the run was going on',
    hint: 'Nothing to do: the run is planned again when a worker starts.',
  },
  'time-limit': {
    title: 'The run took longer than its time limit',
    hint: 'Raise the time limit of the job, or find out in the run log what took so long.',
  },
  'worker-lost': {
    title: 'The worker died or lost its connection while the run was going on',
    hint: 'Nothing to do: what the run held was released and it is planned again. If it repeats, look at the memory of the machine.',
  },
  'slot-missed': {
    title: 'Slots of a job passed while no worker was running',
    hint: 'Keep a worker running as a system service; the job says what becomes of missed slots (`schedule.missed`).',
  },
  'notification-unreachable': {
    title:
      'A mail server or webhook that is to be told about a run does not answer or asks to come back later',
    hint: 'Check host, port and network from the machine Holdfast runs on; the message is sent again by itself.',
  },
  'notification-refused': {
    title: 'A mail server or webhook refused a message about a run',
    hint: 'Check user, password, recipients and headers of the notification: sending the same again would be refused again.',
  },
  'not-signed-in': {
    title: 'A request bears no valid session or token, or it has expired or was revoked',
    hint: 'Sign in again, or make a new API token.',
  },
  'password-needed': {
    title: 'Enter your password',
    hint: 'An API token is made with the password, some time after a sign-in.',
  },
  'password-wrong': {
    title: 'This is not your present password',
    hint: 'Enter the password with which you signed in.',
  },
  'sign-in-failed': {
    title: 'Name and password do not belong together',
    hint: 'Check both. An administrator of the machine can set a new password: `holdfast admin reset-password NAME`.',
  },
  'sign-in-locked': {
    title: 'Too many attempts to sign in failed',
    hint: 'Wait until the time named, then try again.',
  },
  'not-allowed': {
    title: 'The role of the user or the scope of the token does not allow this',
    hint: 'Ask an administrator for the right, or use a token with the scope named.',
  },
  'cross-site-request': {
    title: 'A browser sent a change that did not come from a page of Holdfast itself',
    hint: 'Use Holdfast at the address that HOLDFAST_URL names; a proxy in front must pass on the Host header.',
  },
  'hook-refused': {
    title: 'There is no such start address, or its token is wrong',
    hint: 'Compare name and token with the start addresses of the job.',
  },
  'setup-needed': {
    title: 'Holdfast has no user yet',
    hint: 'Open the set-up link that the server printed when it started, or run `holdfast admin create NAME`.',
  },
  'setup-link-invalid': {
    title: 'The set-up link was used, or is not the one that the server printed last',
    hint: 'Use the newest link in the log of the server; sign in if a user has been made already.',
  },
  'password-weak': {
    title: 'A new password is too easy to guess',
    hint: 'Take at least 12 characters, not the user name and none of the common passwords.',
  },
  'rate-limited': {
    title: 'Too many requests from one address',
    hint: 'Wait for the seconds named and send fewer requests at a time.',
  },
  'request-invalid': {
    title: 'A request to the API is not well formed',
    hint: 'Compare it with the description at /docs.',
  },
  'request-too-large': {
    title: 'The body of a request is larger than the API takes',
    hint: 'Send less at a time.',
  },
  'route-unknown': {
    title: 'There is nothing at this address of the API',
    hint: 'Compare address and method with the description at /docs.',
  },
  'edit-conflict': {
    title: 'Somebody else has changed the object since it was read',
    hint: 'Read it again, look at what has changed, then make your change once more.',
  },
  'edit-unconditional': {
    title: 'An edit does not say which state of the object it is meant for',
    hint: 'Send the ETag that was read as If-Match.',
  },
  'object-exists': {
    title: 'An object of that name exists already',
    hint: 'Choose another name, or edit the one there is.',
  },
  'object-in-use': {
    title: 'Something cannot be deleted while others refer to it',
    hint: 'Change or delete those named first.',
  },
  'last-admin': {
    title: 'The change would leave nobody who can administer Holdfast',
    hint: 'Make another user an administrator first.',
  },
  'idempotency-conflict': {
    title: 'An idempotency key was used for another request before, or that request is still being worked on',
    hint: 'Use a new key for a new request; send the same request again a little later to get its answer.',
  },
  'secret-key-missing': {
    title: 'The key that the stored secrets are encrypted with is missing or another one',
    hint: 'Put back the file secret.key from your backup, beside the data of Holdfast; or enter the secrets anew.',
  },
  'worker-absent': {
    title: 'No worker of the site is running that could do this',
    hint: 'Start one with `holdfast worker --site NAME` or `systemctl start holdfast-worker`.',
  },
  'server-unreachable': {
    title: 'The Holdfast server does not answer',
    hint: 'Check your network, and that the service runs: `systemctl status holdfast`. What is shown comes up to date by itself once it answers; a change has to be sent again.',
  },
  'server-certificate-untrusted': {
    title: 'The certificate of the Holdfast server is not one that the command line trusts',
    hint: 'Name the file of its certificate authority with --ca-file, or have the server’s certificate corrected.',
  },
  'server-answer-invalid': {
    title: 'What answers at the address is not the Holdfast server that this command line fits to',
    hint: 'Check the address; use a command line of the same version as the server.',
  },
  'listen-failed': {
    title: 'The server cannot listen at its address',
    hint: 'Stop what uses the port, or choose another one with HOLDFAST_LISTEN.',
  },
  'invariant-broken': {
    title: 'Holdfast met a situation that its makers thought impossible',
    hint: 'Please report it with the run log; run `holdfast doctor` to see whether anything else is wrong.',
  },
  'node-unreachable': {
    title: 'A node does not answer, or the connection broke off',
    hint: 'Check that the server runs, that its address in the node is right, and that no firewall lies between; `holdfast doctor` tries it again.',
  },
  'node-auth-failed': {
    title: 'A node refused user, password or token',
    hint: 'Enter the right user and secret in the node, then check it with `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    title:
      'The certificate of a node is not signed by an authority this machine trusts, or is for another name',
    hint: 'Name the file with the certificate of the authority in the node (`caFile`) or, where the node takes it, the fingerprint of the certificate once you have compared it with the one on the server (`fingerprint`); or correct the address.',
  },
  'privilege-missing': {
    title: 'The user of a node may not do what the job needs',
    hint: 'Give the user of the node the right named, or enter another user.',
  },
  'node-refused': {
    title: 'A node understood a request and refused it',
    hint: 'Look at what the node said; its own log tells more.',
  },
  'node-answer-invalid': {
    title: 'A node answered in a way that cannot be understood, or broke its answer off',
    hint: 'Check that the address is that of the server itself, not of a proxy or another program.',
  },
  'node-full': {
    title: 'A node has no space left for what it is to store',
    hint: 'Free space on the machine of the node, then start the run again: it goes on where it stopped.',
  },
  'database-absent': {
    title: 'A database that a job names does not exist on its node',
    hint: 'Correct the name in the job, or create the database; `holdfast doctor` lists what there is.',
  },
  'destination-exists': {
    title: 'A database came to the source or the destination between the plan and the run',
    hint: 'Start the job again: it plans anew, and asks first before it copies into what is there.',
  },
  'points-refused': {
    title:
      'The destination refused points: a field has another type there, or they are older than its retention policy keeps',
    hint: 'Copy into a new database, or correct the destination: the message names measurement, field and reason.',
  },
  'copy-differs': {
    title: 'What arrived at the destination differs from the source',
    hint: 'Look whether something else writes to the destination, then start the run again; the run names measurement, window and field.',
  },
} as const
