import type { secrets as english } from '../en/secrets.ts'
import type { Same } from '../same.ts'

export const secrets: Same<typeof english> = {
  title: 'Secretos',
  lead: 'Contraseñas y tokens que Holdfast guarda cifrados. Sus valores nunca se muestran.',
  new: 'Nuevo secreto',
  emptyTitle: 'Todavía no hay secretos',
  emptyHint: 'Guarde aquí una contraseña y use su nombre donde haga falta.',
  updated: 'Valor del',
  by: 'Por',
  created: 'Creado',
  replace: 'Nuevo valor',
  replaceTitle: 'Nuevo valor de {{name}}',
  nameHint: 'Minúsculas, cifras y . _ - como smtp-password',
  nameInvalid: 'Solo se permiten minúsculas, cifras y . _ -',
  value: 'Valor',
  valueHint: 'Se guarda cifrado; no se vuelve a mostrar a nadie.',
  kept: 'El secreto {{name}} está guardado.',
  removeTitle: '¿Eliminar el secreto {{name}}?',
  removeHint: 'Lo que se refiere a él falla hasta que vuelva a existir.',
  removed: 'El secreto {{name}} está eliminado.',
}
