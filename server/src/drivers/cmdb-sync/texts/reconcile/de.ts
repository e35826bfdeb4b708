import type { Translated } from '@holdfast/contract'
import type { reconcileEn } from './en.ts'

export const reconcileDe: Translated<typeof reconcileEn> = {
  'match.sameKey': 'mehrere Karten tragen seinen Schlüssel: {cards}',
  'match.sameCode': 'mehrere Karten tragen seine Kennung als Code: {cards}',
  'match.severalCards': 'es kann jede von mehreren Karten sein: {cards}',
  'match.otherItem': 'seine Karte {cards} kann ebenso die von {other} sein',
  'match.twin':
    'es heißt wie {other}, das seine Karte schon hat ({cards}): Es kann dieselbe Maschine sein, neu registriert oder in anderer Rolle',
  'match.shortName':
    'nur nach ihrem kurzen Namen kann es die Karte {cards} sein, deren voller Rechnername so beginnt: Was dann geschieht, sagt die Einstellung für kurze Namen',
  'match.unlisted':
    'seine Karte {cards} trägt den Schlüssel von etwas, das vielleicht nur fehlt, weil die Liste unvollständig ist',
  'match.twoClasses': {
    one: '{count} Eintrag hat eine Karte in {class} und eine in {other}: genommen wird {class} ({names})',
    other:
      '{count} Einträge haben eine Karte in {class} und eine in {other}: genommen wird {class} ({names})',
  },

  'write.noClass': 'der CMDB fehlt die Klasse {class}, oder sie ist nicht aktiv',
  'write.noKey':
    'der Klasse {class} fehlt das Attribut {attribute} für den Schlüssel: ihre Karten werden in jedem Lauf neu erkannt, und mit verschwundenen geschieht nichts',
  'write.noAttribute': 'nicht geschrieben: der Klasse {class} fehlt das Attribut {attribute}',
  'write.inactiveAttribute': 'nicht geschrieben: das Attribut {attribute} der Klasse {class} ist nicht aktiv',
  'write.reservedAttribute': 'nicht geschrieben: das Attribut {attribute} der Klasse {class} ist reserviert',
  'write.sharedAttribute':
    'das Attribut {attribute} der Klasse {class} ist doppelt zugeordnet: geschrieben wird nur das erste',
  'write.readOnly':
    'nicht geschrieben, oder nur auf neue Karten: kein Recht auf das Attribut {attribute} der Klasse {class}',
  'write.noLookup': {
    one: 'auf {count} Karte nicht geschrieben: {lookup} hat keinen Wert {value} für {class}.{attribute} ({names})',
    other:
      'auf {count} Karten nicht geschrieben: {lookup} hat keinen Wert {value} für {class}.{attribute} ({names})',
  },
  'write.unfit': {
    one: 'auf {count} Karte nicht geschrieben: {class}.{attribute} vom Typ {type} kann es nicht aufnehmen ({names})',
    other:
      'auf {count} Karten nicht geschrieben: {class}.{attribute} vom Typ {type} kann es nicht aufnehmen ({names})',
  },
  'write.refused': {
    one: 'auf {count} Karte nicht noch einmal geschrieben: die CMDB hat es jüngst nicht übernommen ({names})',
    other:
      'auf {count} Karten nicht noch einmal geschrieben: die CMDB hat es jüngst nicht übernommen ({names})',
  },
  'write.cut': {
    one: '{count} Wert wird auf die {length} Zeichen gekürzt, die {class}.{attribute} fasst ({names})',
    other: '{count} Werte werden auf die {length} Zeichen gekürzt, die {class}.{attribute} fasst ({names})',
  },
  'write.otherTarget': {
    one: 'auf {count} Karte nicht geschrieben: {class}.{attribute} verweist nur auf Karten von {target} ({names})',
    other:
      'auf {count} Karten nicht geschrieben: {class}.{attribute} verweist nur auf Karten von {target} ({names})',
  },

  'blocked.otherClass': 'seine Karte {card} ist von der Klasse {class}, die dafür nicht zugeordnet ist',
  'blocked.mayNotUpdate':
    'Karten der Klasse {class} dürfen nicht geändert werden: betroffen wäre {attributes}',
  'blocked.noClass':
    'seine Karte lässt sich nicht anlegen: der CMDB fehlt die Klasse {class}, oder sie ist nicht aktiv',
  'blocked.prototype':
    'seine Karte lässt sich nicht anlegen: {class} ist eine Oberklasse, die keine eigenen Karten hat',
  'blocked.mayNotCreate':
    'seine Karte lässt sich nicht anlegen: kein Recht, Karten der Klasse {class} anzulegen',
  'blocked.notFoundAgain':
    'seine Karte wird nicht angelegt, da sie nicht wiedergefunden würde: in der Klasse {class} kann sie weder Schlüssel noch einen eigenen Code tragen',
  'blocked.mandatory':
    'seine Karte lässt sich nicht anlegen: die Klasse {class} verlangt {attributes}, und nichts füllt es',
  'blocked.mayNotDelete': 'verschwunden, und es fehlt das Recht, Karten der Klasse {class} zu löschen',
  'blocked.noGoneStatus':
    'verschwunden, und kein Status der Klasse {class}, der geschrieben wird, kann {status} besagen',
  'blocked.keepsKey': 'verschwunden, und {attribute} der Klasse {class} lässt sich nicht leeren',

  'orphan.held': 'verschwunden, doch seine Karte kann die von etwas anderem sein, was nicht klar ist',
  'orphan.waiting':
    'fehlt seit {since, date}, Zahl der Läufe: {runs}; bleibt unberührt bis {until, date} und {most} Läufe',
  'brake.empty': 'die Quelle nennt überhaupt keine davon',
  'brake.list': 'Fingerabdruck der Liste: {list}',
  'brake.many': 'ohne zu fragen höchstens {most} von {all}',
  'gone.infrastructure': {
    one: '{count} Infrastruktur ist nicht mehr in der Quelle',
    other: '{count} Infrastrukturen sind nicht mehr in der Quelle',
  },
  'gone.storage': {
    one: '{count} Speicher ist nicht mehr in der Quelle',
    other: '{count} Speicher sind nicht mehr in der Quelle',
  },
  'gone.server': {
    one: '{count} Server ist nicht mehr in der Quelle',
    other: '{count} Server sind nicht mehr in der Quelle',
  },
  'gone.job': {
    one: '{count} Job ist nicht mehr in der Quelle',
    other: '{count} Jobs sind nicht mehr in der Quelle',
  },
  'gone.machine': {
    one: '{count} Maschine ist nicht mehr in der Quelle',
    other: '{count} Maschinen sind nicht mehr in der Quelle',
  },
  'gone.database': {
    one: '{count} Datenbank ist nicht mehr in der Quelle',
    other: '{count} Datenbanken sind nicht mehr in der Quelle',
  },
  'gone.folder': {
    one: '{count} Ordner ist nicht mehr in der Quelle',
    other: '{count} Ordner sind nicht mehr in der Quelle',
  },

  'relate.noDomain':
    'mit {domain} wird nichts in Beziehung gesetzt: der CMDB fehlt die Domäne, oder sie ist nicht aktiv',
  'relate.mayNot': 'mit {domain} wird nichts in Beziehung gesetzt: kein Recht, solche Beziehungen anzulegen',
  'relate.shutOut': {
    one: '{count} Beziehung wird ausgelassen: {domain} lässt {from} mit {to} nicht zu ({names})',
    other: '{count} Beziehungen werden ausgelassen: {domain} lässt {from} mit {to} nicht zu ({names})',
  },
  'relate.taken': {
    one: '{count} Beziehung wird ausgelassen: {domain} ist {cardinality}, und der Platz ist vergeben ({names})',
    other:
      '{count} Beziehungen werden ausgelassen: {domain} ist {cardinality}, und die Plätze sind vergeben ({names})',
  },
}
