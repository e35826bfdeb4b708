import { isSecretVariable } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { environmentSchema } from '../config.ts'
import { maskSecrets, resolveSecret } from './secrets.ts'

const files = { directory: '/nonexistent', credentials: undefined, withheld: [] }
const read = (env: NodeJS.ProcessEnv, name: string) =>
  resolveSecret({ env: name }, null, { env, files, stored: async () => 'kept' })

describe('an environment variable', () => {
  test('is read when it was set to be a secret', async () => {
    expect(await read({ HOLDFAST_SECRET_CHAT: 'canary-env' }, 'HOLDFAST_SECRET_CHAT')).toBe('canary-env')
    expect(maskSecrets('a canary-env b')).toBe('a *** b')
    await expect(read({}, 'HOLDFAST_SECRET_CHAT')).rejects.toMatchObject({
      message: expect.stringContaining('not set'),
    })
  })

  test.each([
    'AWS_SECRET_ACCESS_KEY',
    'HOLDFAST_DATABASE_URL',
    'HOLDFAST_SECRET_KEY_FILE',
    'HOLDFAST_SECRET_',
    'holdfast_secret_x',
  ])('%s is not sent anywhere, set or not', async (name) => {
    const set = await read({ [name]: 'canary-other' }, name).catch((error: unknown) => error)
    const unset = await read({}, name).catch((error: unknown) => error)
    expect(set).toMatchObject({
      code: 'secret-unavailable',
      hint: expect.stringContaining('HOLDFAST_SECRET_'),
    })
    expect(set).toEqual(unset)
  })

  test('that is a setting of Holdfast is none for secrets', () => {
    expect(Object.keys(environmentSchema.shape).filter(isSecretVariable)).toEqual([])
  })
})
