import { HoldfastError, type NewUser, type User } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { LocalCommands } from '../deps.ts'
import { runCli } from '../run-cli.ts'
import { run, screen } from '../testkit/run-command.ts'

const PASSWORD = 'seven green tractors'

function userOf({ name, role, nodes, language, timeZone }: Omit<NewUser, 'password'>): User {
  const rest = { isDisabled: false, createdAt: '2026-08-20T10:00:00.000Z', lastSignInAt: null, revision: 1 }
  return { id: 'usr_000000000001', name, role, nodes, language, timeZone, ...rest }
}

function fakeAdmin(users: User[] = []) {
  const calls: unknown[][] = []
  const admin: LocalCommands['admin'] = {
    async create(user, by) {
      calls.push(['create', user, by])
      if (user.password === 'password1234') throw new HoldfastError('password-weak', 'the password is common')
      return userOf(user)
    },
    async resetPassword(...args) {
      calls.push(['reset', ...args])
    },
    list: async () => users,
  }
  return { calls, local: { admin } }
}

/** Types these answers one after the other. */
async function type(args: string[], answers: string[], local: Partial<LocalCommands>) {
  const { deps, result } = screen({ local, isTty: true })
  const questions: string[] = []
  const askHidden = async (question: string) => {
    questions.push(question)
    return answers.shift() ?? ''
  }
  await runCli(args, { ...deps, io: { ...deps.io, askHidden } })
  return { ...result(), questions }
}

describe('holdfast admin create', () => {
  it('makes an administrator with a password typed twice', async () => {
    const { calls, local } = fakeAdmin()
    const result = await type(['admin', 'create', 'anna'], [PASSWORD, PASSWORD], local)
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(' anna can sign in (admin)\n'),
      questions: ['New password of anna', 'Once more'],
    })
    const rest = { role: 'admin', nodes: null, language: 'en', timeZone: 'UTC' }
    expect(calls).toEqual([['create', { name: 'anna', password: PASSWORD, ...rest }, 'cli:ada']])
  })

  it('changes nothing when the two differ', async () => {
    const { calls, local } = fakeAdmin()
    const result = await type(['admin', 'create', 'anna'], [PASSWORD, 'seven green tractor'], local)
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not the same') })
    expect(result.stderr + result.stdout).not.toContain('tractor')
    expect(calls).toEqual([])
  })

  it('reads the password from standard input when told to, and never asks there unasked', async () => {
    const { calls, local } = fakeAdmin()
    const args = ['admin', 'create', 'bert', '--role', 'viewer']
    expect(await run(args, { local })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--password-stdin'),
    })
    const result = await run([...args, '--password-stdin', '--json'], { local, typed: PASSWORD })
    expect(result.json()).toMatchObject({ name: 'bert', role: 'viewer' })
    expect(result.stdout + result.stderr).not.toContain(PASSWORD)
    expect(calls).toMatchObject([['create', { name: 'bert', password: PASSWORD, role: 'viewer' }, 'cli:ada']])
  })

  it('tells why a password was refused', async () => {
    const { local } = fakeAdmin()
    const result = await run(['admin', 'create', 'anna', '--password-stdin'], {
      local,
      typed: 'password1234',
    })
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('password-weak') })
  })

  it.each([['Anna'], ['a b'], ['anna', '--role', 'king'], ['anna', '--password', PASSWORD]])(
    'refuses %s %s before it asks',
    async (...args) => {
      const { calls, local } = fakeAdmin()
      const result = await type(['admin', 'create', ...args], [PASSWORD, PASSWORD], local)
      expect(result).toMatchObject({ exitCode: 2, questions: [] })
      expect(calls).toEqual([])
    },
  )

  it('is for the machine of the server only', async () => {
    const { calls, local } = fakeAdmin()
    const args = ['--server', 'https://backup.example.org', 'admin', 'create', 'anna']
    expect(await type(args, [PASSWORD, PASSWORD], local)).toMatchObject({ exitCode: 2, questions: [] })
    expect(calls).toEqual([])
  })
})

describe('holdfast admin reset-password', () => {
  it('sets a new password', async () => {
    const { calls, local } = fakeAdmin()
    const result = await type(['admin', 'reset-password', 'anna'], [PASSWORD, PASSWORD], local)
    expect(result.stdout).toContain('anna can sign in with the new password')
    const again = await run(['admin', 'reset-password', 'anna', '--password-stdin', '--json'], {
      local,
      typed: PASSWORD,
    })
    expect(again.json()).toEqual({ name: 'anna' })
    expect(calls).toEqual(Array(2).fill(['reset', 'anna', PASSWORD, 'cli:ada']))
  })
})

describe('holdfast admin list', () => {
  it('shows who there is', async () => {
    const user = (name: string, role: User['role'], nodes: string[] | null) =>
      userOf({ name, role, nodes, language: 'en', timeZone: 'UTC' })
    const users = [
      { ...user('anna', 'admin', null), lastSignInAt: '2026-08-20T11:00:00.000Z' },
      { ...user('bert', 'operator', ['pve1', 'pve2']), isDisabled: true },
      user('carl', 'viewer', []),
    ]
    const { local } = fakeAdmin(users)
    const { stdout } = await run(['admin', 'list'], { local })
    expect(stdout.split('\n')).toEqual([
      'USER  ROLE      STATE     NODES                                 LAST SIGN-IN',
      'anna  admin     enabled   all                                   1 h ago',
      'bert  operator  disabled  pve1, pve2                            –',
      'carl  viewer    enabled   none: those that were named are gone  –',
      '',
    ])
    expect((await run(['admin', 'list', '--json'], { local })).json()).toEqual(users)
  })

  it('says how to make the first one', async () => {
    const { local } = fakeAdmin()
    expect((await run(['admin', 'list'], { local })).stdout).toContain('holdfast admin create NAME')
  })
})
