import type { nodes as english } from '../en/nodes.ts'
import type { Same } from '../same.ts'

export const nodes: Same<typeof english> = {
  title: 'Nodos',
  lead: 'Los sistemas en los que trabajan los trabajos.',
  new: 'Nuevo nodo',
  emptyTitle: 'Todavía no hay nodos',
  emptyHint: 'Un nodo es un sistema que Holdfast protege. Los trabajos dicen en cuál trabajan.',
  kind: 'Tipo',
  address: 'Dirección',
  remark: 'Descripción',
  parallel: 'Ejecuciones simultáneas',
  changed: 'Modificado',
  jobs: 'Trabajos de este nodo',
}
