import type { Environment } from '../../config.ts'

/** What is dangerous about the way the server is reached, to be said when it starts. */
export function exposureWarnings(
  env: Pick<Environment, 'listen' | 'tls' | 'trustedProxies' | 'url'>,
): string[] {
  if (env.tls || env.trustedProxies.length > 0) return []
  const warnings: string[] = []
  if (!/^(127\.|localhost$|::1$)/.test(env.listen.host)) {
    warnings.push(
      'passwords and data travel readable by others: set HOLDFAST_TLS_CERT and HOLDFAST_TLS_KEY, or put a proxy with TLS in front',
    )
  }
  if (env.url?.startsWith('https:')) {
    warnings.push(
      'HOLDFAST_URL is https, but the server has no certificate and trusts no proxy: name the proxy in HOLDFAST_TRUSTED_PROXIES, or set HOLDFAST_TLS_CERT and HOLDFAST_TLS_KEY',
    )
  }
  return warnings
}
