import type { SchemaTexts } from '@holdfast/contract'
import { PRODUCTS } from './products.ts'

/** What forms say about nodes. */
export const es: SchemaTexts = {
  'host.kind': { title: 'Tipo', description: 'De qué tipo es', values: { host: 'Host' } },
  'influxdb.kind': { title: 'Tipo', description: 'De qué tipo es', values: { influxdb: 'InfluxDB' } },
  'nodes.host': {
    title: 'Host',
    description: 'La máquina en la que se ejecuta un worker del sitio del trabajo',
  },
  'host.maxParallelRuns': {
    title: 'Ejecuciones simultáneas',
    description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
  },
  'influxdb.maxParallelRuns': {
    title: 'Ejecuciones simultáneas',
    description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
  },
  restoreRoots: {
    title: 'Carpetas para restaurar',
    description:
      'Rutas absolutas reales de carpetas. Quien no es administrador restaura solo dentro de ellas y, si no está limitado a algunos nodos, en el origen del trabajo',
  },
  'nodes.influxdb': {
    title: 'InfluxDB',
    description: 'Un servidor de InfluxDB, o de algo que habla su protocolo',
  },
  product: {
    title: 'Producto',
    description: 'Qué responde en la dirección: solo se lee de InfluxDB 1.x, se escribe en todos',
    values: PRODUCTS,
  },
  'influxdb.url': { title: 'Dirección', description: 'Dirección del servidor, sin usuario ni contraseña' },
  'influxdb.user': {
    title: 'Usuario',
    description: 'Nombre de acceso; sin él y sin token no se inicia sesión',
  },
  'influxdb.password': {
    title: 'Contraseña',
    description:
      'De dónde leer la contraseña: de los secretos que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
  },
  'influxdb.token': {
    title: 'Token',
    description: 'Token de InfluxDB 2.x y 3.x, en lugar de usuario y contraseña',
  },
  'influxdb.caFile': {
    title: 'Autoridades de certificación',
    description:
      'Archivo PEM de las autoridades de certificación en las que se confía para este servidor, en lugar de las públicas',
  },
  snapshotAddress: {
    title: 'Dirección para copias',
    description:
      'Host y puerto en los que InfluxDB 1.x sirve copias de seguridad (`bind-address` de su configuración); con ella una base de datos nueva se copia más deprisa',
  },
  readers: {
    title: 'Lecturas paralelas',
    description: 'Cuántas peticiones de una ejecución leen del servidor a la vez',
  },
  'influxdb.writers': {
    title: 'Escrituras paralelas',
    description: 'Cuántas peticiones de una ejecución escriben en el servidor a la vez',
  },
  'influxdb.timeout': {
    title: 'Desistir tras',
    description: 'Cuánto puede callar el servidor antes de desistir de una petición',
  },
  'veeam.kind': { title: 'Tipo', description: 'De qué tipo es', values: { veeam: 'Veeam' } },
  'nodes.veeam': {
    title: 'Veeam',
    description: 'Un servidor de Veeam Backup & Replication 12.3 o posterior',
  },
  'veeam.maxParallelRuns': {
    title: 'Ejecuciones simultáneas',
    description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
  },
  'veeam.password': {
    title: 'Contraseña',
    description:
      'De dónde leer la contraseña: de los secretos que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
  },
  'veeam.caFile': {
    title: 'Autoridades de certificación',
    description:
      'Archivo PEM de las autoridades de certificación en las que se confía para este servidor, en lugar de las públicas',
  },
  'veeam.timeout': {
    title: 'Desistir tras',
    description: 'Cuánto puede callar el servidor antes de desistir de una petición',
  },
  'cmdbuild.kind': { title: 'Tipo', description: 'De qué tipo es', values: { cmdbuild: 'CMDBuild' } },
  'nodes.cmdbuild': { title: 'CMDBuild', description: 'Una CMDB de CMDBuild, openMAINT o READY2USE' },
  'cmdbuild.maxParallelRuns': {
    title: 'Ejecuciones simultáneas',
    description: 'Cuántas ejecuciones pueden trabajar a la vez en este nodo; las demás esperan',
  },
  'cmdbuild.password': {
    title: 'Contraseña',
    description:
      'De dónde leer la contraseña: de los secretos que Holdfast guarda cifrados (`secret`), de una variable de entorno (`env`) o de un archivo que solo Holdfast puede leer (`file`)',
  },
  'cmdbuild.caFile': {
    title: 'Autoridades de certificación',
    description:
      'Archivo PEM de las autoridades de certificación en las que se confía para este servidor, en lugar de las públicas',
  },
  'cmdbuild.timeout': {
    title: 'Desistir tras',
    description: 'Cuánto puede callar el servidor antes de desistir de una petición',
  },
  'veeam.url': {
    title: 'Dirección',
    description: 'Dirección de la API REST, sin usuario ni contraseña; escucha en el puerto 9419',
  },
  'veeam.user': {
    title: 'Usuario',
    description:
      'Nombre de acceso, con su dominio si lo tiene; basta el rol Backup Viewer, y la autenticación multifactor debe estar desactivada para él',
  },
  fingerprint: {
    title: 'Huella del certificado',
    description:
      'Huella SHA-256 del certificado de este servidor: se confía exactamente en él, lo haya firmado quien lo haya firmado',
  },
  apiVersion: {
    title: 'Versión de la API',
    description: 'Qué revisión de la API REST se habla: `auto` para la más reciente que ofrece el servidor',
    values: {
      auto: 'La más reciente que ofrece el servidor',
      '1.3-rev2': '1.3-rev2',
      '1.3-rev1': '1.3-rev1',
      '1.2-rev1': '1.2-rev1',
    },
  },
  pageSize: { title: 'Elementos por respuesta', description: 'Cuántos elementos se piden de una vez' },
  parallelRequests: {
    title: 'Peticiones paralelas',
    description: 'Cuántas peticiones están en curso a la vez',
  },
  'cmdbuild.url': {
    title: 'Dirección',
    description:
      'Dirección de la aplicación, sin usuario ni contraseña; si no termina en `/services/rest/v3`, se añade',
  },
  'cmdbuild.user': {
    title: 'Usuario',
    description:
      'Nombre de acceso de un usuario de servicio que puede leer y escribir las clases del trabajo',
  },
  role: {
    title: 'Grupo',
    description:
      'Grupo con el que se trabaja; lo necesita un usuario de varios grupos sin uno predeterminado',
  },
  'cmdbuild.writers': {
    title: 'Escrituras paralelas',
    description: 'Cuántas modificaciones se escriben a la vez',
  },
}
