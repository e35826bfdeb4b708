import type { Translated } from '@holdfast/contract'
import type { reconcileEn } from './en.ts'

export const reconcileIt: Translated<typeof reconcileEn> = {
  'match.sameKey': 'più schede portano la sua chiave: {cards}',
  'match.sameCode': 'più schede portano il suo identificativo come Code: {cards}',
  'match.severalCards': 'può essere una qualsiasi di più schede: {cards}',
  'match.otherItem': 'la sua scheda {cards} può essere anche quella di {other}',
  'match.twin':
    'ha lo stesso nome di {other}, che ha già la sua scheda ({cards}): può essere la stessa macchina, registrata di nuovo o con un altro ruolo',
  'match.shortName':
    'solo per il nome breve può essere la scheda {cards}, il cui nome host completo comincia così: l’impostazione dei nomi brevi dice che cosa fare',
  'match.unlisted':
    'la sua scheda {cards} porta la chiave di qualcosa che forse manca solo perché l’elenco non è completo',
  'match.twoClasses': {
    one: '{count} elemento ha una scheda in {class} e una in {other}: vale {class} ({names})',
    other: '{count} elementi hanno una scheda in {class} e una in {other}: vale {class} ({names})',
  },

  'write.noClass': 'al CMDB manca la classe {class}, oppure non è attiva',
  'write.noKey':
    'alla classe {class} manca l’attributo {attribute} per la chiave: le sue schede vengono riconosciute di nuovo a ogni esecuzione, e per quelle scomparse non si fa nulla',
  'write.noAttribute': 'non scritto: alla classe {class} manca l’attributo {attribute}',
  'write.inactiveAttribute': 'non scritto: l’attributo {attribute} della classe {class} non è attivo',
  'write.reservedAttribute': 'non scritto: l’attributo {attribute} della classe {class} è riservato',
  'write.sharedAttribute':
    'l’attributo {attribute} della classe {class} è mappato due volte: viene scritto solo il primo',
  'write.readOnly':
    'non scritto, o solo sulle schede nuove: nessun diritto sull’attributo {attribute} della classe {class}',
  'write.noLookup': {
    one: 'non scritto su {count} scheda: {lookup} non ha il valore {value} per {class}.{attribute} ({names})',
    other:
      'non scritto su {count} schede: {lookup} non ha il valore {value} per {class}.{attribute} ({names})',
  },
  'write.unfit': {
    one: 'non scritto su {count} scheda: {class}.{attribute}, di tipo {type}, non può contenerlo ({names})',
    other: 'non scritto su {count} schede: {class}.{attribute}, di tipo {type}, non può contenerlo ({names})',
  },
  'write.refused': {
    one: 'non riscritto su {count} scheda: il CMDB di recente non l’ha accettato ({names})',
    other: 'non riscritto su {count} schede: il CMDB di recente non l’ha accettato ({names})',
  },
  'write.cut': {
    one: '{count} valore viene troncato ai {length} caratteri che {class}.{attribute} contiene ({names})',
    other: '{count} valori vengono troncati ai {length} caratteri che {class}.{attribute} contiene ({names})',
  },
  'write.otherTarget': {
    one: 'non scritto su {count} scheda: {class}.{attribute} rimanda solo a schede di {target} ({names})',
    other: 'non scritto su {count} schede: {class}.{attribute} rimanda solo a schede di {target} ({names})',
  },

  'blocked.otherClass': 'la sua scheda {card} è della classe {class}, che non è mappata per questo',
  'blocked.mayNotUpdate':
    'le schede della classe {class} non possono essere modificate: lo sarebbero {attributes}',
  'blocked.noClass':
    'non è possibile creare la sua scheda: al CMDB manca la classe {class}, oppure non è attiva',
  'blocked.prototype':
    'non è possibile creare la sua scheda: {class} è una superclasse, che non ha schede proprie',
  'blocked.mayNotCreate':
    'non è possibile creare la sua scheda: nessun diritto di creare schede della classe {class}',
  'blocked.notFoundAgain':
    'la sua scheda non viene creata, perché non sarebbe ritrovata: nella classe {class} non può portare né chiave né un Code suo',
  'blocked.mandatory':
    'non è possibile creare la sua scheda: la classe {class} richiede {attributes}, che nulla riempie',
  'blocked.mayNotDelete': 'è scomparso, e manca il diritto di eliminare schede della classe {class}',
  'blocked.noGoneStatus':
    'è scomparso, e nessuno stato della classe {class} tra quelli scritti può dire {status}',
  'blocked.keepsKey': 'è scomparso, e {attribute} della classe {class} non può essere svuotato',

  'orphan.held': 'è scomparso, ma la sua scheda può essere quella di qualcos’altro, il che non è chiaro',
  'orphan.waiting':
    'manca dal {since, date}, esecuzioni in cui mancava: {runs}; resta com’è fino al {until, date} e ad almeno {most} esecuzioni',
  'brake.empty': 'nell’origine il loro elenco è vuoto',
  'brake.list': 'impronta dell’elenco: {list}',
  'brake.many': 'senza chiedere, al massimo {most} su {all}',
  'gone.infrastructure': {
    one: '{count} infrastruttura non è più nell’origine',
    other: '{count} infrastrutture non sono più nell’origine',
  },
  'gone.storage': {
    one: '{count} storage non è più nell’origine',
    other: '{count} storage non sono più nell’origine',
  },
  'gone.server': {
    one: '{count} server non è più nell’origine',
    other: '{count} server non sono più nell’origine',
  },
  'gone.job': {
    one: '{count} job non è più nell’origine',
    other: '{count} job non sono più nell’origine',
  },
  'gone.machine': {
    one: '{count} macchina non è più nell’origine',
    other: '{count} macchine non sono più nell’origine',
  },
  'gone.database': {
    one: '{count} database non è più nell’origine',
    other: '{count} database non sono più nell’origine',
  },
  'gone.folder': {
    one: '{count} cartella non è più nell’origine',
    other: '{count} cartelle non sono più nell’origine',
  },

  'relate.noDomain':
    'nulla viene messo in relazione con {domain}: al CMDB manca il dominio, oppure non è attivo',
  'relate.mayNot': 'nulla viene messo in relazione con {domain}: nessun diritto di crearne relazioni',
  'relate.shutOut': {
    one: '{count} relazione viene tralasciata: {domain} non ammette {from} con {to} ({names})',
    other: '{count} relazioni vengono tralasciate: {domain} non ammette {from} con {to} ({names})',
  },
  'relate.taken': {
    one: '{count} relazione viene tralasciata: {domain} è {cardinality}, e il posto è occupato ({names})',
    other:
      '{count} relazioni vengono tralasciate: {domain} è {cardinality}, e i posti sono occupati ({names})',
  },
}
