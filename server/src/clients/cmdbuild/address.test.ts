import { expect, test } from 'vitest'
import { restUrl } from './address.ts'

test.each([
  ['https://cmdb/cmdbuild', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['https://cmdb/cmdbuild/', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['https://cmdb/cmdbuild/services/rest/v3', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['https://cmdb/cmdbuild/services/rest/v3/', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['https://cmdb/cmdbuild/services/rest', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['https://cmdb/cmdbuild/ui/#login', 'https://cmdb/cmdbuild/services/rest/v3'],
  ['http://cmdb:8080/ready2use-2.2-3.4', 'http://cmdb:8080/ready2use-2.2-3.4/services/rest/v3'],
  ['https://cmdb/behind/a/proxy/openmaint', 'https://cmdb/behind/a/proxy/openmaint/services/rest/v3'],
  ['https://cmdb', 'https://cmdb/services/rest/v3'],
  ['no address', 'no address'],
])('REST of %s is at %s', (address, rest) => {
  expect(restUrl(address)).toBe(rest)
})
