import { expect, test } from 'vitest'
import { exposureWarnings } from './exposure-warnings.ts'

const LOCAL = {
  listen: { host: '127.0.0.1', port: 8420 },
  tls: undefined,
  trustedProxies: [],
  url: undefined,
}
const url = 'https://backup.example.org'

test.each([
  ['this machine only', LOCAL, []],
  ['everybody, without encryption', { ...LOCAL, listen: { host: '0.0.0.0', port: 8420 } }, [/readable/]],
  ['https that nobody makes', { ...LOCAL, url }, [/HOLDFAST_TRUSTED_PROXIES/]],
  ['https of a proxy', { ...LOCAL, url, trustedProxies: ['10.0.0.1'] }, []],
  ['https of its own', { ...LOCAL, url, tls: { certFile: '/a', keyFile: '/b' } }, []],
])('a server for %s', (_, env, warnings) => {
  expect(exposureWarnings(env)).toEqual(warnings.map((text) => expect.stringMatching(text)))
})
