/** Generated forms, and what all kinds of object have: saving, deleting, changes. */
export const forms = {
  advanced_one: 'One more setting',
  advanced_other: '{{count}} more settings',
  saved: '{{name}} is saved.',
  updated: 'Changed',
  problem: {
    required: 'This is needed.',
    pattern: 'This does not have the form that is described above.',
    range: 'This number is too small or too large.',
    json: 'This is not valid JSON yet.',
  },
  zone: {
    here: 'Take that of this browser: {{zone}}',
  },
  texts: {
    placeholder: 'Type, then Enter',
  },
  reference: {
    choose: 'Choose',
    nothing: 'Nothing of this name',
    create: 'Make a new one',
  },
  list: {
    add: 'Add',
    remove: 'Remove number {{number}}',
  },
  map: {
    name: 'Name',
    remove: 'Remove {{name}}',
  },
  secret: {
    where: 'Where it is read from',
    new: 'Enter a new secret',
    name: 'Name of the secret',
    nameHint: 'Lower-case letters, digits and . _ - such as smtp-password',
    value: 'Value',
    valueHint: 'Kept encrypted; nobody is shown it again.',
    keep: 'Keep it',
    cancel: 'Cancel',
    kept: 'The secret {{name}} is kept.',
  },
  cron: {
    examples: 'Ready schedules',
    hourly: 'Every hour',
    fourHours: 'Every 4 hours',
    nightly: 'Every night at 2:30',
    workdays: 'Monday to Friday at 22:00',
    sundays: 'Sundays at 3:00',
    monthly: 'On the 1st at 4:00',
    next: 'The next times ({{zone}})',
  },
  remove: {
    title: 'Delete {{name}}?',
    hint: 'Only the configuration is deleted; no restore point is touched. What other objects still refer to cannot be deleted.',
    done: '{{name}} is deleted.',
  },
  changes: {
    title: 'Changes',
    created: 'Created',
    changed: 'Changed',
    deleted: 'Deleted',
    revision: 'Revision {{number}}',
    nothing: 'Nothing differs from before',
    before: 'Before',
    after: 'After',
    absent: 'not set',
  },
} as const
