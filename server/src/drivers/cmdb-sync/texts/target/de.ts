import type { Translated } from '@holdfast/contract'
import type { targetEn } from './en.ts'

export const targetDe: Translated<typeof targetEn> = {
  'lacking.class': 'Die Klasse {class} fehlt.',
  'lacking.lookupType': 'Der Lookup-Typ {type} fehlt.',
  'lacking.lookupValue': 'Dem Lookup-Typ {type} fehlt der Wert {code}.',
  'lacking.domain': 'Die Domain {domain} fehlt.',
  'lacking.attribute': 'Der Klasse {class} fehlt das Attribut {attribute}.',
  'lacking.rightCreate': 'Der Benutzer darf keine Karten der Klasse {class} anlegen.',
  'lacking.rightUpdate': 'Der Benutzer darf Karten der Klasse {class} nicht ändern.',
  'lacking.rightDelete': 'Der Benutzer darf Karten der Klasse {class} nicht löschen.',
  'lacking.attributeRead': 'Der Benutzer darf das Attribut {attribute} der Klasse {class} nicht lesen.',
  'lacking.attributeCreate':
    'Der Benutzer darf das Attribut {attribute} in neuen Karten der Klasse {class} nicht schreiben.',
  'lacking.attributeUpdate': 'Der Benutzer darf das Attribut {attribute} der Klasse {class} nicht ändern.',
  'lacking.domainRight': 'Der Benutzer darf keine Beziehungen der Domain {domain} anlegen.',
  'lacking.inactiveClass': 'Die Klasse {class} ist in der CMDB abgeschaltet.',
  'lacking.inactiveAttribute': 'Das Attribut {attribute} der Klasse {class} ist in der CMDB abgeschaltet.',
  'lacking.inactiveDomain': 'Die Domain {domain} ist in der CMDB abgeschaltet.',
  'lacking.domainSource':
    'Beziehungen der Domain {domain} können nicht bei Karten der Klasse {class} beginnen.',
  'lacking.domainDestination':
    'Beziehungen der Domain {domain} können nicht zu Karten der Klasse {class} führen.',
  'make.class': 'die Klasse {class} unter {parent} anlegen',
  'make.lookupType': 'den Lookup-Typ {type} anlegen',
  'make.lookupValue': 'den Wert {code} zum Lookup-Typ {type} hinzufügen',
  'make.domain': 'die Domain {domain} von {source} zu {destination} anlegen ({cardinality})',
  'make.attribute': 'das Attribut {attribute} ({type}) zur Klasse {class} hinzufügen',
  'lack.class': 'ohne sie lassen sich Einträge dieser Art nicht festhalten',
  'lack.lookupType': 'ein Attribut, das der Job schreibt, bezieht seine Werte daraus',
  'lack.lookupValue': 'der Job schreibt ihn, und CMDBuild nimmt nur Werte der Liste an',
  'lack.domain': 'ohne sie wird nicht verbunden, was zusammengehört',
  'lack.attribute': 'ohne es fällt weg, was der Job dort schreiben würde',
  'lack.byPerson':
    'Holdfast legt es nicht an: in der Verwaltung von CMDBuild anlegen oder in den Einstellungen des Jobs etwas anderes nennen',
  'lack.right': 'wer CMDBuild verwaltet, kann der Gruppe des Benutzers dieses Recht geben',
  'lack.inactive': 'wer CMDBuild verwaltet, kann es einschalten; bis dahin wird dort nichts geschrieben',
  'lack.domainEnd':
    'solche Beziehungen werden abgelehnt: in den Einstellungen des Jobs eine andere Domain oder Klasse nennen',
}
