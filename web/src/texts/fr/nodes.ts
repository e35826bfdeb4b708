import type { nodes as english } from '../en/nodes.ts'
import type { Same } from '../same.ts'

export const nodes: Same<typeof english> = {
  title: 'Nœuds',
  lead: 'Les systèmes sur lesquels travaillent les jobs.',
  new: 'Nouveau nœud',
  emptyTitle: 'Pas encore de nœud',
  emptyHint: 'Un nœud est un système que Holdfast protège. Les jobs disent sur lequel ils travaillent.',
  kind: 'Type',
  address: 'Adresse',
  remark: 'Description',
  parallel: 'Exécutions simultanées',
  changed: 'Modifié',
  jobs: 'Jobs de ce nœud',
}
