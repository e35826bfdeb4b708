import type { PhraseCatalog } from '@holdfast/contract'

export const en = {
  'step.check-source-and-vault': 'Check source and vault',
  'step.lock-job': 'Lock the job on the vault',
  'step.finish-earlier-runs': 'Finish what earlier runs left',
  'step.check-free-space': 'Check the free space',
  'step.check-unfinished-copy': 'Check the unfinished copy',
  'step.prepare-copy': 'Prepare the copy',
  'step.copy': 'Copy',
  'step.write-to-disk': 'Write everything to the disk',
  'step.list-and-hash': 'List and hash',
  'step.commit': 'Commit the restore point',
  'step.compare-with-listings': 'Compare with the listings',
  'step.take-out-of-list': 'Take the restore point out of the list',
  'step.delete-files': 'Delete its files',
  'step.check-point-and-target': 'Check restore point and target',
  'step.compare-with-point': 'Compare with the restore point',

  'count.new': 'new',
  'count.changed': 'changed',
  'count.deleted': 'deleted',
  'count.files': 'files',
  'count.leftOut': 'left out',
  'count.items': 'entries restored',
  'count.overwritten': 'overwritten',

  'guard.source-empty': 'The source is empty',
  'guard.mass-deletion': 'Unusually many files are gone',
  'guard.mass-change': 'Unusually many files have changed',
  'guard.new-extension': 'Many files were replaced by others with a new ending',
  'guard.source-unmounted': 'Another file system lies at the source',
  'guard.source-unreadable': 'Part of the source cannot be read',

  'plan.changes': '{created} new, {changed} changed, {deleted} deleted files',
  'plan.incremental': 'incremental from {takenAt, date}',
  'plan.full': 'full: no earlier restore point',
  'plan.continued': 'continues an unfinished copy, once compared with the source',
  'plan.compared': 'contents are compared, since the last restore point failed its check',
  'plan.comparedAlways': 'contents are compared, as the job says',
  'plan.beside':
    'beside what is there: a mirror takes the place of the last restore point only when that is not protected and shares no files with another one',
  'plan.replace': 'replace the restore point of {takenAt, date}',
  'plan.replaceReason':
    'the only copy on this disk is brought up to date: while the run goes on, this disk has no good restore point',
  'plan.attributesSet': 'adjust files: {files}',
  'plan.copy': 'copy {source}',
  'plan.newFiles': 'copy new files: {files}',
  'plan.newReason': 'not in the last restore point',
  'plan.changedFiles': 'copy changed files: {files}',
  'plan.changedReason': 'size or time differs',
  'plan.attributeFiles': 'rewrite files: {files}',
  'plan.attributeReason': 'owner, mode or attributes differ',
  'plan.deletedFiles': 'leave out files: {files}',
  'plan.deletedReason': 'deleted in the source',

  'found.noFiles': 'The source holds no files: is it the folder meant, and is its disk mounted?',
  'found.emptied': {
    one: 'The source is empty; the last restore point has {count} file.',
    other: 'The source is empty; the last restore point has {count} files.',
  },
  'found.deleted': '{gone} of {files} files of the last restore point ({share, percent}) are gone.',
  'found.changed': '{changed} of {files} files of the last restore point ({share, percent}) have changed.',
  'found.where': 'Most in the folders {folders}; endings: {extensions}.',
  'found.newExtension':
    '{files} new files bear the ending {extension}, which no file of the last restore point has, and {gone} files are gone. Most in the folders {folders}.',
  'found.unmounted':
    'At the last restore point {mountPoint} was mounted from {was}; now the source lies on {is}.',
  'found.unreadable': {
    one: 'The folder {names} could not be read: it is left out with everything below it.',
    other: '{count} folders could not be read, each folder is left out with everything below it: {names}',
  },

  'run.summary': {
    one: 'copied {moved, bytes}; the restore point holds {count} file',
    other: 'copied {moved, bytes}; the restore point holds {count} files',
  },
  'run.noFiles': 'The restore point holds no files.',
  'run.notRemoved':
    'Part of the source could not be read: the copy keeps what it had of it, and may hold more that is gone from the source.',
  'run.vanished': {
    one: '{count} file was deleted from the source while it was read.',
    other: '{count} files were deleted from the source while it was read.',
  },
  'run.leftOut': {
    one: '{count} file could not be copied: {names}',
    other: '{count} files could not be copied: {names}',
  },
  'run.unlisted': {
    one: '{count} path is too long to be listed, it and what is below it are not checked: {names}',
    other: '{count} paths are too long to be listed, they and what is below them are not checked: {names}',
  },
  'run.notDeleted': '{name} of an earlier run could not be deleted and takes up room: {reason}',
  'verify.noHashes': 'No content was checked: the job keeps no hashes (`hash: false`).',

  'restore.plan': 'write {written} files and overwrite {overwritten} in {target}',
  'restore.everything': 'restore everything',
  'restore.paths': 'restore {paths}',
  'restore.from': 'from {location}',
  'restore.overwrite': 'overwrite files: {files}',
  'restore.overwriteReason': 'they differ from the restore point',
  'restore.summary': {
    one: 'restored {count} entry to {target} and compared it',
    other: 'restored {count} entries to {target} and compared them',
  },
  'restore.noOwners': 'Owners were not restored: that takes a worker that runs as root or has CAP_CHOWN.',
} as const satisfies PhraseCatalog
