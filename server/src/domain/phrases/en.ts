import type { PhraseCatalog } from '@holdfast/contract'

export const en = {
  'step.plan': 'Plan',
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
  'warning.pointGone': 'restore point {point} of {takenAt, date} is no longer on the vault',

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
