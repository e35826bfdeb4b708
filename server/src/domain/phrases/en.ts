import type { PhraseCatalog } from '@holdfast/contract'

export const en = {
  'step.wait-for-others': 'Wait for other programs',
  'step.plan': 'Plan',
  'step.find-disk': 'Find the disk in the bay',
  'step.check-disk': 'Ask the disk about its health',
  'step.check-disk-again': 'Ask the disk about its health once more',
  'step.mount-disk': 'Mount the disk',
  'step.unlock-and-mount': 'Unlock and mount the encrypted disk',
  'step.flush-disk': 'Write everything to the disk',
  'step.unmount-disk': 'Unmount the disk',
  'step.mount-read-only': 'Mount the disk for reading only, to check it',
  'step.mount-again': 'Mount the disk again',
  'step.read-back': 'Read back what was written last',
  'step.verify': 'Verify the restore point',
  'step.prune': 'Remove what retention does not keep',
  'count.removedPoints': 'restore points removed',
  'count.good': 'intact',
  'count.damaged': 'damaged',
  'count.checkedItems': 'entries checked',
  'count.checkedBytes': 'bytes checked',

  'check.summary': {
    one: '{good} of {count} restore point is what its manifest says',
    other: '{good} of {count} restore points are what their manifests say',
  },
  'warning.staleLock':
    'a lock file was left on disk “{disk}”: an earlier run was cut off. Its unfinished copy is checked and continued',
  'warning.lockGone': 'the lock file on disk “{disk}” was removed by somebody else while the run went on',
  'warning.diskFailing': 'disk “{disk}” says about itself that it is failing (SMART): replace it soon',
  'warning.diskWorse':
    'disk “{disk}” gave up {count} more sectors during this run: it is wearing out, replace it soon',
  'warning.littleSpace':
    'only {free, bytes} are left on the vault, less than the {wanted, bytes} wanted: the next copy may not fit',
  'warning.pointGone': 'restore point {point} of {takenAt, date} is no longer on the vault',
  'warning.lockFileIgnored':
    'lock file {file} of another program is {age, duration} old: it was taken for a leftover and ignored',
  'warning.lockFileRemoved':
    'lock file {file} of another program was {age, duration} old: it was taken for a leftover and removed',
  'warning.lockFileStays': 'leftover lock file {file} could not be removed: {reason}',
  'warning.ownLockFileLeft':
    'the own lock file {file} was left behind by run {run} on {host}, which did not end as it should; it was taken over',
  'warning.ownLockFileEmpty':
    'the own lock file {file} was there already but empty: the last run probably did not end as it should; it was taken over',
  'warning.ownLockFileGone':
    'the own lock file {file} was no longer there at the end: somebody else removed or replaced it, and another program may have worked meanwhile',
  'warning.ownLockFileStuck':
    'the own lock file {file} could not be removed: {reason}. Other programs go on waiting for it; the removal is tried again later',

  'waiting.window': 'its window, which opens at {opensAt, date}',
  'waiting.workerStopped': 'the worker was stopped; the run is planned again',
  'waiting.attempt': 'attempt {next} of {attempts} in {pause, duration}: {error}',
  'waiting.lock': '{lock}: held by {holder}',
  'waiting.lockOfRun': '{lock}: held by {run} of job {job}',
  'waiting.lockFull': '{lock}: {held} of {limit} runs, {holders}',
  'waiting.lockQueue': '{lock}: {run} waits longer',

  'retention.noRules': 'no retention rules: nothing is removed',
  'retention.noneGood': 'no good restore point exists: nothing is removed',
  'retention.newestGood': 'the newest good restore point always stays',
  'retention.newestComplete': 'the newest complete restore point always stays',
  'retention.newestDamaged': 'damaged, but no newer good restore point exists',
  'retention.protected': 'protected',
  'retention.inUse': 'in use by a restore or check',
  'retention.besideByHand': 'a rule would keep it without the runs started by hand',
  'retention.ahead': 'dated in the future: the clock was wrong when it was made',
  'retention.unwanted': 'no rule wants it',
  'retention.damaged': 'failed verification, and a newer good restore point exists',
  'retention.last': 'last {place} of {count}',
  'retention.hourly': 'newest of {period} (hourly {place} of {count})',
  'retention.daily': 'newest of {period} (daily {place} of {count})',
  'retention.weekly': 'newest of {period} (weekly {place} of {count})',
  'retention.monthly': 'newest of {period} (monthly {place} of {count})',
  'retention.yearly': 'newest of {period} (yearly {place} of {count})',
} as const satisfies PhraseCatalog
