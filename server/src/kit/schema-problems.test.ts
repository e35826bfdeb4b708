import { jobSpec, notificationSpec, policySpec, vaultSpec } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { schemaProblems } from './schema-problems.ts'

const job = { name: 'a', kind: 'disk-copy' }
const mail = { name: 'm', kind: 'mail', from: 'a@example.org', to: ['b@example.org'] }

function lines(schema: z.ZodType, value: unknown): string[] {
  return schemaProblems(schema, value).map(
    ({ path, message, hint }) => `${path.join('.')}: ${message}${hint ? ` | ${hint}` : ''}`,
  )
}

describe('schemaProblems', () => {
  it('says nothing about a valid value', () => {
    expect(schemaProblems(jobSpec, job)).toEqual([])
  })

  it.each([
    [
      'misspelt key',
      jobSpec,
      { ...job, shedule: {} },
      'shedule: unknown key "shedule" | Did you mean `schedule`?',
    ],
    [
      'key in a nested group with a default',
      jobSpec,
      { ...job, schedule: { cron: '* * * * *', zone: 'UTC' } },
      'schedule.zone: unknown key "zone" | Use one of: cron, timeZone, missed.',
    ],
    [
      'key in a list',
      jobSpec,
      { ...job, locks: [{ name: 'a', mod: 'shared' }] },
      'locks.0.mod: unknown key "mod" | Did you mean `mode`?',
    ],
    [
      'missing key',
      jobSpec,
      { kind: 'x' },
      'name: "name" is missing | A name that no other of its kind has, and that does not look like an id such as job_0123456789ab; others refer to it by this name.',
    ],
    [
      'number for text',
      jobSpec,
      { ...job, name: 3 },
      'name: "name" must be a text, not a number | Put the value in quotes to make it a text.',
    ],
    ['empty value', jobSpec, { ...job, site: null }, 'site: "site" must be a text, not empty'],
    ['text for list', jobSpec, { ...job, windows: 'night' }, 'windows: "windows" must be a list, not a text'],
    ['too large', jobSpec, { ...job, attempts: 50 }, 'attempts: "attempts" must be at most 20'],
    [
      'fraction',
      jobSpec,
      { ...job, attempts: 1.5 },
      'attempts: "attempts" must be a whole number, not a number',
    ],
    [
      'misspelt word',
      jobSpec,
      { ...job, whenAbsent: 'skp' },
      'whenAbsent: "skp" is not one of skip, fail | Did you mean `skip`?',
    ],
    [
      'rule of our own',
      policySpec,
      { name: 'p', retention: {} },
      'retention: at least one keep rule must be greater than 0, or every restore point would go',
    ],
    [
      'unknown variant',
      vaultSpec,
      { name: 'v', kind: 'directroy' },
      'kind: "directroy" is not one of directory, disk-set | Did you mean `directory`?',
    ],
    [
      'missing variant',
      vaultSpec,
      { name: 'v' },
      'kind: "kind" is missing | Use one of: directory, disk-set.',
    ],
    [
      'bad map key',
      notificationSpec,
      { name: 'w', kind: 'webhook', url: 'https://x.example', headers: { 'a b': 'c' } },
      'headers.a b: the key "a b" is not valid: invalid string: must match pattern /^[A-Za-z0-9-]+$/',
    ],
  ] as const)('%s', (_name, schema, value, expected) => {
    expect(lines(schema, value)).toEqual([expected])
  })

  it('knows the keys of the variant chosen', () => {
    const [line] = lines(notificationSpec, { ...mail, smtp: { host: 'h' }, url: 'x' })
    expect(line).toMatch(/^url: unknown key "url" \| Use one of: .*\bsmtp\b/)
    expect(line).not.toContain('headers')
  })

  it('explains a secret that was written down, without repeating it', () => {
    const [line, ...others] = lines(notificationSpec, {
      ...mail,
      smtp: { host: 'h', user: 'u', password: 'hunter2' },
    })
    expect(others).toEqual([])
    expect(line).toContain('"password" must be a group of keys, not a text | Where to read the secret from')
    expect(line).not.toContain('hunter2')
  })

  it('follows the branch of a union that was meant', () => {
    expect(
      lines(notificationSpec, { ...mail, smtp: { host: 'h', user: 'u', password: { file: 'relative' } } }),
    ).toEqual([expect.stringContaining('smtp.password.file: ')])
  })

  it('tells all problems at once', () => {
    expect(
      schemaProblems(jobSpec, { nme: 1, kind: 2, attempts: 0 }).map((each) => each.path.join('.')),
    ).toEqual(expect.arrayContaining(['nme', 'name', 'kind', 'attempts']))
  })
})
