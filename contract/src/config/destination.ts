import type { NodeSpec } from './node/node.ts'
import type { NotificationSpec } from './notification.ts'

/** What sends secrets to another machine. */
export type SecretSender = NotificationSpec | NodeSpec

/**
 * Where the secrets of a notification or a node are sent: scheme, host and port; null while its address is a secret
 * itself, and for a host, which none is sent to. Mail that travels unencrypted counts as another place.
 */
export function destinationOf(spec: SecretSender): string | null {
  switch (spec.kind) {
    case 'host':
      return null
    case 'influxdb':
    case 'veeam':
    case 'cmdbuild':
      return new URL(spec.url).origin
    case 'webhook':
      return typeof spec.url === 'string' ? new URL(spec.url).origin : null
    case 'mail': {
      const { host, port, tls } = spec.smtp
      return `${tls === 'none' ? 'smtp' : 'smtps'}://${host.toLowerCase()}:${port}`
    }
  }
}

/** Names of the stored secrets that it sends to its destination. The address of a webhook goes nowhere but to itself. */
export function sentSecrets(spec: SecretSender): string[] {
  return referencesOf(spec).flatMap((value) =>
    typeof value === 'object' && value !== null && 'secret' in value ? [value.secret] : [],
  )
}

function referencesOf(spec: SecretSender) {
  switch (spec.kind) {
    case 'host':
      return []
    case 'influxdb':
      return [spec.password, spec.token]
    case 'veeam':
    case 'cmdbuild':
      return [spec.password]
    case 'webhook':
      return Object.values(spec.headers)
    case 'mail':
      return [spec.smtp.password]
  }
}
