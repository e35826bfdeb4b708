import type { PhraseCatalog } from '@holdfast/contract'

export const en = {
  'step.check-servers': 'Check source and destination',
  'step.prepare-destination': 'Prepare the destination',
  'step.relay-shards': 'Copy whole shards',
  'step.copy-windows': 'Copy and compare',
  'step.continuous-queries': 'Create the continuous queries',

  'count.windows': 'windows',
  'count.copied': 'windows copied',
  'count.unchanged': 'windows unchanged',
  'count.points': 'points',
  'count.values': 'values',
  'count.shards': 'shards copied whole',

  'guard.database-exists': 'A database of this name is at the destination already',

  'plan.summary': {
    one: 'look at {count} window',
    other: 'look at {count} windows',
  },
  'plan.databases': { one: 'in {count} database', other: 'in {count} databases' },
  'plan.database': 'copy the database {database} to {target}',
  'plan.relay': 'whole shards over the port for backups: the database is new, and both nodes name that port',
  'plan.fill': 'everything over HTTP, window by window',
  'plan.compare':
    'compares over HTTP what may have changed, and copies what differs: {changed} of {shards} shards',
  'plan.compareAll': 'compares every window over HTTP and copies those that differ',
  'plan.nothing': 'nothing to do: the source has written to none of the {shards} shards since the last run',
  'plan.leftover':
    'an earlier copy of whole shards was interrupted: the database {target}, which it had made, is deleted and made anew',
  'plan.resumed': 'goes on with an unfinished copy: {count} windows are done',
  'plan.severalTypes':
    'the field {field} of {measurement} ({policy}) has the types {types} in different shards: each shard keeps its own',
  'plan.severalTypesReason': 'one query never reads shards of different types',
  'plan.policyDiffers': 'the retention policy {policy} stays as it is at the destination',
  'plan.policyDurations':
    'it keeps {kept} there and {original} at the source: what is older than the shorter one is not copied',

  'why.new': 'the database is new at the destination',
  'why.empty': 'the database is empty at the destination',
  'why.noPort': 'not both nodes name a port for backups',
  'why.portSilent': 'the port for backups does not answer at {node}',
  'why.limited': 'the job limits the points per second',
  'why.otherServer': 'the port for backups of {node} is that of another server',
  'why.selection': 'the job copies a part of the database',
  'why.never': 'the job says so',
  'why.full': 'the job copies everything each time',
  'why.firstRun': 'nothing is known of an earlier copy',
  'why.restarted': 'a copy of it was not finished',

  'found.exists':
    'The database {target} is at the destination already and holds {count} measurements; points of the same series and time are overwritten.',

  'run.current': '{measurement} ({policy})',
  'run.summary': 'copied {copied} of {windows} windows; {points} points are equal at both ends',
  'run.relayed': 'copied {shards} shards whole',
  'run.nothingNew': 'nothing has changed since the last run',
  'run.summaryUnproved': 'copied {copied} of {windows} windows, {points} points; nothing was compared',
  'run.queriesOneServer':
    'Source and destination are one server: continuous queries were left out, since they would write to the originals.',
  'run.queryDiffers':
    'The continuous query {name} is at the destination with another statement, and stays as it is.',
  'run.moreMeasurements': {
    one: 'The destination holds {count} measurement that the source has not: {names}.',
    other: 'The destination holds {count} measurements that the source has not: {names}.',
  },
  'run.notCompared': 'Nothing was compared: the job says verify: false.',
  'run.surplus': {
    one: 'The destination holds more than the source in {count} window: {names}. What was deleted at the source stays there, or somebody else writes there.',
    other:
      'The destination holds more than the source in {count} windows: {names}. What was deleted at the source stays there, or somebody else writes there.',
  },
} as const satisfies PhraseCatalog
