import type { PhraseCatalog } from '@holdfast/contract'

/** Of destinations that are no InfluxDB 1.x. */
export const modelEn = {
  'plan.sendChanged': 'copies over HTTP the shards that may have changed: {changed} of {shards}',

  'model.metrics': 'each field becomes a metric, such as {example}, with the label db={target}',
  'model.numbers':
    'VictoriaMetrics keeps times to the millisecond (of several points in one, the last), fractions to 12 digits, whole numbers to 2^53, booleans as 0 and 1',
  'model.overwritten':
    'a point that is overwritten at the source has both numbers there, a deleted one stays',
  'model.adds': 'VictoriaMetrics only ever adds samples; those that are there already are not sent again',
  'model.oneRetention': 'retention policies and continuous queries are not made there',
  'model.retention':
    'VictoriaMetrics keeps everything for {retention}: what is older than {from} is left out',
  'model.retentionUnknown':
    'VictoriaMetrics does not say for how long it keeps samples: what is older it drops, which the comparison shows',
  'model.strings': 'left out: the strings of {names}',
  'model.numbersOnly': 'VictoriaMetrics keeps numbers only',
  'model.policies': 'points of the retention policies {names} get the label rp',
  'model.policiesReason': 'they would be mixed with those of the default one',
  'model.sharedNames': 'several measurements share the metrics {names}',
  'model.sharedReason': 'the names of measurement and field are joined by an underscore',

  'model.notMade': 'databases, retention policies and continuous queries are not made there: {names}',
  'model.bucketsOf2': 'InfluxDB 2.x needs a bucket for each, and a mapping (DBRP) that gives it this name',
  'model.databasesOf3': 'InfluxDB 3.x makes a database when it takes its first points',
  'model.notCompared': 'nothing is compared',
  'model.noReadingBack': 'what InfluxDB 2.x and 3.x have taken is not read back',

  'run.cannotCompare':
    'Nothing was compared: what InfluxDB 2.x and 3.x have taken is not read back. Every batch was confirmed by the server.',
  'run.outside': {
    one: '{count} window lies wholly or in part outside the time that the destination keeps: what is outside was left out.',
    other:
      '{count} windows lie wholly or in part outside the time that the destination keeps: what is outside was left out.',
  },
  'run.surplusSamples': {
    one: 'VictoriaMetrics holds more than the source in {count} window: {names}. It keeps what was overwritten or deleted at the source, or somebody else writes there.',
    other:
      'VictoriaMetrics holds more than the source in {count} windows: {names}. It keeps what was overwritten or deleted at the source, or somebody else writes there.',
  },

  'step.check-files': 'Check the files before anything is sent',
  'step.wait-for-disk': 'Wait until it is on the disk of the destination',
  'restore.newLabel': 'VictoriaMetrics holds nothing with the label db={target} yet',
  'restore.addNumbers':
    'VictoriaMetrics holds series with this label: only what is missing is added; where another number is there, it stays, and the restore fails',
  'restore.unseen':
    'whether it holds data is not looked at: points of the same series and time are overwritten',
  'restore.numbersCompared': 'every number is read back and compared with the files',
  'restore.numbersAdded':
    'VictoriaMetrics only ever adds numbers; those that are there already are not sent again',
  'restore.noStrings': 'left out: all strings; the report names their fields',
  'restore.outsideReason': '{policy}: the destination does not keep points that are so old',
  'restore.stringsLeft': 'Left out were the strings of {names}: VictoriaMetrics keeps numbers only.',
  'restore.summaryNumbers': 'restored and compared {windows} windows, {points} numbers, to {target}',
  'restore.summaryUnproved': 'restored {windows} windows, {points} points, to {target}; nothing was compared',
} as const satisfies PhraseCatalog
