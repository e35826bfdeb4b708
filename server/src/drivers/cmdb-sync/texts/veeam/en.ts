import type { PhraseCatalog } from '@holdfast/contract'

/** `{list}` is the name of a list as the interface of Veeam calls it. */
export const veeamEn = {
  'veeam-list-refused': 'the list {list} cannot be read: {reason}',
  'veeam-list-changed': 'the list {list} changed while it was read',
  'veeam-entries-left-out': {
    one: '{count} entry of the list {list} is left out: it lacks what identifies it',
    other: '{count} entries of the list {list} are left out: they lack what identifies them',
  },
  'veeam-identity-forbidden':
    'the user may not read the identity of the server, so {code} stands in for it: that needs the role Backup Administrator',
  'veeam-hosts-unnamed': {
    one: '{count} proxy is left out, as nothing tells the name of its machine: {proxies}',
    other: '{count} proxies are left out, as nothing tells the names of their machines: {proxies}',
  },
  'veeam-other-objects': {
    one: '{count} backed-up object is no machine and is left out: {types}',
    other: '{count} backed-up objects are no machines and are left out: {types}',
  },
  'veeam-objects-ambiguous': {
    one: '{count} backed-up object may belong to several machines of the same name and is left out: {names}',
    other:
      '{count} backed-up objects may belong to several machines of the same name and are left out: {names}',
  },
  'veeam-chains-unlisted': {
    one: '{count} backup does not list what it holds, so its job is not known to its machines: {names}',
    other:
      '{count} backups do not list what they hold, so their jobs are not known to their machines: {names}',
  },
  'veeam-points-unread': 'the last backups of machines may be older here than they are',
  'veeam-points-unmatched': {
    one: 'the last backup of {count} backed-up object is not certain, as its restore points bear other names',
    other:
      'the last backups of {count} backed-up objects are not certain, as their restore points bear other names',
  },
} as const satisfies PhraseCatalog
