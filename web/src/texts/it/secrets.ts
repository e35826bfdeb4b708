import type { secrets as english } from '../en/secrets.ts'
import type { Same } from '../same.ts'

export const secrets: Same<typeof english> = {
  title: 'Segreti',
  lead: 'Password e token che Holdfast conserva cifrati. I valori non vengono mai mostrati.',
  new: 'Nuovo segreto',
  emptyTitle: 'Ancora nessun segreto',
  emptyHint: 'Conservate qui una password e richiamatela per nome dove serve.',
  updated: 'Valore del',
  by: 'Da',
  created: 'Creato',
  replace: 'Nuovo valore',
  replaceTitle: 'Nuovo valore di {{name}}',
  nameHint: 'Lettere minuscole, cifre e . _ - come smtp-password',
  nameInvalid: 'Sono ammessi solo minuscole, cifre e . _ -',
  value: 'Valore',
  valueHint: 'Conservato cifrato; non viene più mostrato a nessuno.',
  kept: 'Il segreto {{name}} è conservato.',
  removeTitle: 'Eliminare il segreto {{name}}?',
  removeHint: 'Ciò che vi fa riferimento fallisce finché non c’è di nuovo.',
  removed: 'Il segreto {{name}} è eliminato.',
}
