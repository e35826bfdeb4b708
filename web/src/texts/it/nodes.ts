import type { nodes as english } from '../en/nodes.ts'
import type { Same } from '../same.ts'

export const nodes: Same<typeof english> = {
  title: 'Nodi',
  lead: 'I sistemi su cui lavorano i job.',
  new: 'Nuovo nodo',
  emptyTitle: 'Ancora nessun nodo',
  emptyHint: 'Un nodo è un sistema che Holdfast protegge. I job dicono su quale lavorano.',
  kind: 'Tipo',
  address: 'Indirizzo',
  remark: 'Descrizione',
  parallel: 'Esecuzioni simultanee',
  changed: 'Modificato',
  jobs: 'Job di questo nodo',
}
