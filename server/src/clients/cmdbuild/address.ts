const SERVICES = /\/services(\/rest(\/v\d+)?)?\/*$/
const PAGES = /\/ui(_[a-z]+)?\/*$/

/**
 * Where REST v3 is, below the address of an installation. People copy addresses from the browser or from manuals: with
 * or without `/services/rest/v3`, with `/ui/#login` at the end, below any context. What is no address stays as it is.
 */
export function restUrl(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const context = url.pathname.replace(SERVICES, '').replace(PAGES, '').replace(/\/+$/, '')
  return `${url.origin}${context}/services/rest/v3`
}
