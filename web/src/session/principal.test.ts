import { expect, it } from 'vitest'
import { parsePrincipal } from './principal.ts'

it.each([
  ['user:anna', { kind: 'user', name: 'anna' }],
  ['token:cli test of anna', { kind: 'token', token: 'cli test', owner: 'anna' }],
  ['token:jobs of ben of anna', { kind: 'token', token: 'jobs of ben', owner: 'anna' }],
  ['cli:root', { kind: 'account', name: 'root' }],
  ['hook:copy', { kind: 'hook', name: 'copy' }],
  ['nobody', { kind: 'nobody' }],
  ['nightly script', { kind: 'other', text: 'nightly script' }],
  ['user:', { kind: 'other', text: 'user:' }],
  ['token:x', { kind: 'other', text: 'token:x' }],
])('%s is read', (text, principal) => {
  expect(parsePrincipal(text)).toEqual(principal)
})
