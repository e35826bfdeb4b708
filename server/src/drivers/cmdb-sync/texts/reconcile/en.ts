import type { PhraseCatalog } from '@holdfast/contract'

/** Of comparing an inventory with a CMDB: why something is left alone, and what the CMDB lacks. */
export const reconcileEn = {
  'match.sameKey': 'several cards bear its key: {cards}',
  'match.sameCode': 'several cards bear its id as Code: {cards}',
  'match.severalCards': 'it may be any of several cards: {cards}',
  'match.otherItem': 'its card {cards} may as well be that of {other}',
  'match.twin':
    'its name is that of {other}, which has its card already ({cards}): it may be the same machine, registered anew or under another role',
  'match.shortName':
    'only by its short name it may be the card {cards}, whose full host name begins so: the setting of short names says what to do',
  'match.unlisted':
    'its card {cards} bears the key of something that may be missing only because the list is not complete',
  'match.twoClasses': {
    one: '{count} item has a card in {class} and one in {other}: {class} is taken ({names})',
    other: '{count} items have a card in {class} and one in {other}: {class} is taken ({names})',
  },

  'write.noClass': 'the CMDB lacks the class {class}, or it is not active',
  'write.noKey':
    'the class {class} lacks the attribute {attribute} for the key: its cards are recognised anew in each run, and nothing is done about those that are gone',
  'write.noAttribute': 'not written: the class {class} lacks the attribute {attribute}',
  'write.inactiveAttribute': 'not written: the attribute {attribute} of the class {class} is not active',
  'write.reservedAttribute': 'not written: the attribute {attribute} of the class {class} is reserved',
  'write.sharedAttribute':
    'the attribute {attribute} of the class {class} is mapped twice: only the first is written',
  'write.readOnly':
    'not written, or only on new cards: no right to the attribute {attribute} of the class {class}',
  'write.noLookup': {
    one: 'not written on {count} card: {lookup} has no value {value} for {class}.{attribute} ({names})',
    other: 'not written on {count} cards: {lookup} has no value {value} for {class}.{attribute} ({names})',
  },
  'write.unfit': {
    one: 'not written on {count} card: {class}.{attribute} of the type {type} cannot hold it ({names})',
    other: 'not written on {count} cards: {class}.{attribute} of the type {type} cannot hold it ({names})',
  },
  'write.refused': {
    one: 'not written again on {count} card: the CMDB did not take it lately ({names})',
    other: 'not written again on {count} cards: the CMDB did not take it lately ({names})',
  },
  'write.cut': {
    one: '{count} value is cut to the {length} characters that {class}.{attribute} holds ({names})',
    other: '{count} values are cut to the {length} characters that {class}.{attribute} holds ({names})',
  },
  'write.otherTarget': {
    one: 'not written on {count} card: {class}.{attribute} refers to cards of {target} only ({names})',
    other: 'not written on {count} cards: {class}.{attribute} refers to cards of {target} only ({names})',
  },

  'blocked.otherClass': 'its card {card} is of the class {class}, which is not mapped for it',
  'blocked.mayNotUpdate': 'cards of the class {class} may not be changed: {attributes} would be',
  'blocked.noClass': 'its card cannot be made: the CMDB lacks the class {class}, or it is not active',
  'blocked.prototype': 'its card cannot be made: {class} is a superclass, which has no cards of its own',
  'blocked.mayNotCreate': 'its card cannot be made: no right to create cards of the class {class}',
  'blocked.notFoundAgain':
    'its card is not made, since it would not be found again: in the class {class} it can bear neither key nor a Code of its own',
  'blocked.mandatory': 'its card cannot be made: the class {class} demands {attributes}, which nothing fills',
  'blocked.mayNotDelete': 'it is gone, and there is no right to delete cards of the class {class}',
  'blocked.noGoneStatus': 'it is gone, and no status of the class {class} that is written can say {status}',
  'blocked.keepsKey': 'it is gone, and {attribute} of the class {class} cannot be emptied',

  'orphan.held': 'it is gone, but its card may be that of something else, which is not clear',
  'orphan.waiting':
    'missing since {since, date}, number of runs: {runs}; left alone until {until, date} and {most} runs',
  'brake.empty': 'the source lists none of them at all',
  'brake.list': 'fingerprint of the list: {list}',
  'brake.many': 'without asking, {most} of {all} at most',
  'gone.infrastructure': {
    one: '{count} infrastructure is no longer in the source',
    other: '{count} infrastructures are no longer in the source',
  },
  'gone.storage': {
    one: '{count} storage is no longer in the source',
    other: '{count} storages are no longer in the source',
  },
  'gone.server': {
    one: '{count} server is no longer in the source',
    other: '{count} servers are no longer in the source',
  },
  'gone.job': {
    one: '{count} job is no longer in the source',
    other: '{count} jobs are no longer in the source',
  },
  'gone.machine': {
    one: '{count} machine is no longer in the source',
    other: '{count} machines are no longer in the source',
  },
  'gone.database': {
    one: '{count} database is no longer in the source',
    other: '{count} databases are no longer in the source',
  },
  'gone.folder': {
    one: '{count} folder is no longer in the source',
    other: '{count} folders are no longer in the source',
  },

  'relate.noDomain': 'nothing is related by {domain}: the CMDB lacks the domain, or it is not active',
  'relate.mayNot': 'nothing is related by {domain}: no right to create its relations',
  'relate.shutOut': {
    one: '{count} relation is left out: {domain} does not take {from} with {to} ({names})',
    other: '{count} relations are left out: {domain} does not take {from} with {to} ({names})',
  },
  'relate.taken': {
    one: '{count} relation is left out: {domain} is {cardinality}, and the place is taken ({names})',
    other: '{count} relations are left out: {domain} is {cardinality}, and the places are taken ({names})',
  },
} as const satisfies PhraseCatalog
