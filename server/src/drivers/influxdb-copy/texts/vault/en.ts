import type { PhraseCatalog } from '@holdfast/contract'

/** What is said about vaults and restores from them. */
export const vaultEn = {
  'step.check-source': 'Check the source',
  'step.lock-job': 'Lock the job on the vault',
  'step.finish-earlier-runs': 'Finish what earlier runs left',
  'step.compare-with-last': 'See what has changed since the last restore point',
  'step.check-free-space': 'Check the free space',
  'step.save-windows': 'Save what has changed',
  'step.write-to-disk': 'Write everything to the disk',
  'step.commit': 'Commit the restore points',
  'step.compare-with-listings': 'Compare with the lists',
  'step.take-out-of-list': 'Take the restore point out of the list',
  'step.delete-files': 'Delete its files',
  'step.check-point-and-target': 'Check restore point and target',
  'step.restore-windows': 'Restore and compare',

  'guard.source-empty': 'The source is empty',

  'vault.planSummary': { one: 'read {count} window', other: 'read {count} windows' },
  'vault.planDatabase': 'save the database {database} to the vault {vault}',
  'vault.everything': 'everything is read',
  'vault.changed':
    'reads what may have changed: {changed} of {shards} groups of shards; all others are shared with {location}',
  'vault.shared': 'windows that hold the same as in {location} share its files',
  'vault.whyFirst': 'there is no earlier restore point to build on',
  'vault.whyUnknown':
    'the job reads something else than for the last restore point, or what that one knew of the source is lost',
  'vault.notDeleted': '{name} of an earlier run could not be deleted and takes up room: {reason}',
  'vault.summary':
    'saved {copied} windows, {moved, bytes}, and shared {unchanged}; the restore points hold {points} points',
  'vault.lacking': {
    one: 'In the restore point of the database {database} {count} window is lacking, because it could not be read; it is not complete: {names}',
    other:
      'In the restore point of the database {database} {count} windows are lacking, because they could not be read; it is not complete: {names}',
  },
  'vault.notSaved':
    'There is no restore point of the database {database}, because none of its windows could be read: {names}',
  'vault.rotten': {
    one: '{count} file of the restore point {location} is not what was saved and was saved anew: check that restore point in full, and those that share files with it: {names}',
    other:
      '{count} files of the restore point {location} are not what was saved and were saved anew: check that restore point in full, and those that share files with it: {names}',
  },
  'found.emptied': 'The database {database} is empty; its last restore point has {count} files.',
  'found.nothingLeft':
    'The database {database} has nothing any more of what the job saves; its last restore point has {count} files.',

  'restore.plan': { one: 'restore {count} window to {target}', other: 'restore {count} windows to {target}' },
  'restore.everything': 'restore the whole database',
  'restore.part': 'restore a part of the database: {measurements} measurements',
  'restore.from': 'from {location}',
  'restore.new': 'the database is new there',
  'restore.merge': 'into the database that is there: points of the same series and time are overwritten',
  'restore.policy': 'create the retention policy {policy}',
  'restore.policyFacts': 'it keeps {duration}, in shards of {shardDuration}',
  'restore.policyStays': 'the retention policy {policy} stays as it is there',
  'restore.tooOld': {
    one: 'leave out {count} window',
    other: 'leave out {count} windows',
  },
  'restore.tooOldReason':
    'the retention policy {policy} keeps {duration}, and they are older: the server would refuse them',
  'restore.summary': 'restored and compared {windows} windows, {points} points, to {target}',
  'restore.skipped': {
    one: 'In {count} window some or all points were left out: they are older than the retention policy keeps.',
    other:
      'In {count} windows some or all points were left out: they are older than the retention policy keeps.',
  },
  'restore.queryLeft':
    'The continuous query {name} was left out: it writes to another database, or is more than one statement.',
  'restore.queryKept': 'The continuous query {name} is there already and stays as it is.',
  'restore.lacking': {
    one: 'The restore point lacks {count} window of the database, which could not be read when it was made.',
    other:
      'The restore point lacks {count} windows of the database, which could not be read when it was made.',
  },
  'restore.lackingReason': 'it is not complete: what lacks is named in its manifest',
  'restore.surplus': {
    one: 'In {count} window the database holds more than the restore point, so equality cannot be proved there: {names}',
    other:
      'In {count} windows the database holds more than the restore point, so equality cannot be proved there: {names}',
  },
} as const satisfies PhraseCatalog
