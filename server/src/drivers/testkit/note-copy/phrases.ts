import { type PhraseCatalog, type PhraseCatalogs, phrasesOf, type Translated } from '@holdfast/contract'

const en = {
  'step.copy': 'Copy the note',
  'step.commit': 'Commit the restore point',
  'step.take-out-of-list': 'Take the note out of the list',
  'step.delete': 'Delete it',
  'step.write': 'Write the note',
  'step.compare': 'Compare with the restore point',
  'count.notes': 'notes',
  'plan.new': 'its text is new',
  'plan.same': 'its text has not changed',
  'run.copied': 'copied the note',
  'run.same': 'the note has not changed',
  'restore.write': 'write {path}',
  'restore.asOf': 'as of {takenAt, date}',
  'restore.summary': 'the note is back',
} as const satisfies PhraseCatalog

const de: Translated<typeof en> = {
  'step.copy': 'Notiz kopieren',
  'step.commit': 'Wiederherstellungspunkt gültig machen',
  'step.take-out-of-list': 'Notiz aus der Liste nehmen',
  'step.delete': 'Löschen',
  'step.write': 'Notiz schreiben',
  'step.compare': 'Mit dem Wiederherstellungspunkt vergleichen',
  'count.notes': 'Notizen',
  'plan.new': 'ihr Text ist neu',
  'plan.same': 'ihr Text ist unverändert',
  'run.copied': 'Notiz kopiert',
  'run.same': 'die Notiz ist unverändert',
  'restore.write': '{path} schreiben',
  'restore.asOf': 'Stand vom {takenAt, date}',
  'restore.summary': 'die Notiz ist wieder da',
}

const it: Translated<typeof en> = {
  'step.copy': 'Copiare la nota',
  'step.commit': 'Rendere valido il punto di ripristino',
  'step.take-out-of-list': 'Togliere la nota dall’elenco',
  'step.delete': 'Eliminarla',
  'step.write': 'Scrivere la nota',
  'step.compare': 'Confrontare con il punto di ripristino',
  'count.notes': 'note',
  'plan.new': 'il suo testo è nuovo',
  'plan.same': 'il suo testo non è cambiato',
  'run.copied': 'nota copiata',
  'run.same': 'la nota non è cambiata',
  'restore.write': 'scrivere {path}',
  'restore.asOf': 'stato del {takenAt, date}',
  'restore.summary': 'la nota è di nuovo al suo posto',
}

const fr: Translated<typeof en> = {
  'step.copy': 'Copier la note',
  'step.commit': 'Valider le point de restauration',
  'step.take-out-of-list': 'Retirer la note de la liste',
  'step.delete': 'La supprimer',
  'step.write': 'Écrire la note',
  'step.compare': 'Comparer au point de restauration',
  'count.notes': 'notes',
  'plan.new': 'son texte est nouveau',
  'plan.same': 'son texte n’a pas changé',
  'run.copied': 'note copiée',
  'run.same': 'la note n’a pas changé',
  'restore.write': 'écrire {path}',
  'restore.asOf': 'état du {takenAt, date}',
  'restore.summary': 'la note est de retour',
}

const es: Translated<typeof en> = {
  'step.copy': 'Copiar la nota',
  'step.commit': 'Dar por válido el punto de restauración',
  'step.take-out-of-list': 'Quitar la nota de la lista',
  'step.delete': 'Eliminarla',
  'step.write': 'Escribir la nota',
  'step.compare': 'Comparar con el punto de restauración',
  'count.notes': 'notas',
  'plan.new': 'su texto es nuevo',
  'plan.same': 'su texto no ha cambiado',
  'run.copied': 'nota copiada',
  'run.same': 'la nota no ha cambiado',
  'restore.write': 'escribir {path}',
  'restore.asOf': 'estado del {takenAt, date}',
  'restore.summary': 'la nota está de vuelta',
}

export const notePhrases: PhraseCatalogs = { en, de, it, fr, es }

export const say = phrasesOf('note-copy', en)
