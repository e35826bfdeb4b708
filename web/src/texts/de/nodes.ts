import type { nodes as english } from '../en/nodes.ts'
import type { Same } from '../same.ts'

export const nodes: Same<typeof english> = {
  title: 'Knoten',
  lead: 'Die Systeme, an denen Jobs arbeiten.',
  new: 'Neuer Knoten',
  emptyTitle: 'Noch kein Knoten',
  emptyHint: 'Ein Knoten ist ein System, das Holdfast schützt. Jobs sagen, an welchem sie arbeiten.',
  kind: 'Art',
  address: 'Adresse',
  remark: 'Beschreibung',
  parallel: 'Gleichzeitige Läufe',
  changed: 'Geändert',
  jobs: 'Jobs dieses Knotens',
}
