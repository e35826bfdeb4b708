import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readEnvironment } from '../config.ts'
import { installedFolders, ownPaths } from './own-paths.ts'

const places = (env: NodeJS.ProcessEnv) => ownPaths(readEnvironment(env), env)

test('the places of Holdfast are its data and whatever its settings name', () => {
  const env = {
    HOLDFAST_DATA: '/srv/holdfast',
    HOLDFAST_BACKUP_DIR: '/mnt/backups',
    HOLDFAST_SECRET_KEY_FILE: '/srv/keys/secret.key',
    HOLDFAST_SECRETS_DIR: '/srv/secrets',
    CREDENTIALS_DIRECTORY: '/opt/credentials',
    HOLDFAST_LOG_FILE: '/srv/log/server.log',
    HOLDFAST_LOKI_URL: 'http://loki:3100',
    HOLDFAST_LOKI_CREDENTIALS_FILE: '/srv/loki/credentials',
    HOLDFAST_TLS_CERT: '/srv/tls/cert.pem',
    HOLDFAST_TLS_KEY: '/srv/tls-key/key.pem',
    XDG_CONFIG_HOME: '/srv/config',
  }
  expect(places(env).sort()).toEqual([
    '/mnt/backups',
    '/opt/credentials',
    '/srv/config/holdfast',
    '/srv/holdfast',
    '/srv/keys',
    '/srv/log',
    '/srv/loki',
    '/srv/secrets',
    '/srv/tls',
    '/srv/tls-key',
  ])
})

test('a file in / is one itself, and does not make the whole machine one', () => {
  const env = { HOLDFAST_DATA: '/srv/holdfast', HOLDFAST_TLS_CERT: '/cert.pem', HOLDFAST_TLS_KEY: '/key.pem' }
  expect(places(env)).toEqual(expect.arrayContaining(['/cert.pem', '/key.pem', '/srv/holdfast']))
  expect(places(env)).not.toContain('/')
})

test.each(['/', '/srv', '/srv/holdfast'])(
  '%s is no directory for secrets beside the data in it',
  (directory) => {
    const env = { HOLDFAST_DATA: '/srv/holdfast', HOLDFAST_SECRETS_DIR: directory }
    expect(() => readEnvironment(env)).toThrow(expect.objectContaining({ code: 'environment-invalid' }))
  },
)

test('the programs of Holdfast are its own, a folder with what somebody tries out is not', () => {
  const beside = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url))
  expect(installedFolders()).toEqual(expect.arrayContaining([beside('server'), beside('node_modules')]))
  expect(installedFolders()).not.toContain(beside('data'))
})
