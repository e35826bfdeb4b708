import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileProblem, problemLine } from './problem.ts'
import { loadConfig, readConfig } from './read-config.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-config-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

async function mistakes(...paths: string[]): Promise<string[]> {
  const error = await readConfig(paths).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HoldfastError)) throw new Error('the configuration was accepted')
  expect(error.code).toBe('config-invalid')
  const problems = error.details?.problems as unknown as FileProblem[]
  return problems.map((each) =>
    `${problemLine(each)}${each.hint ? ` | ${each.hint}` : ''}`.replaceAll(`${folder}/`, ''),
  )
}

const vault = '  - name: shelf\n    kind: directory\n    path: /srv/shelf\n'

describe('readConfig', () => {
  it('reads a folder in the order of its file names, yaml and yml, not deeper', async () => {
    await write('20-jobs.yml', 'jobs:\n  - { name: files, kind: disk-copy, vault: shelf }\n')
    await write('10-vaults.yaml', `vaults:\n${vault}`)
    await write('notes.txt', 'not: [yaml')
    await write('.hidden.yaml', 'not: [yaml')
    await mkdir(join(folder, 'deeper.yaml'))
    const { document, sources } = await readConfig([folder])
    expect(document.vaults[0]).toMatchObject({ name: 'shelf', minFree: '1GiB' })
    expect(document.jobs[0]).toMatchObject({ name: 'files', timeLimit: '24h' })
    expect(sources.files.map((file) => file.replace(`${folder}/`, ''))).toEqual([
      '10-vaults.yaml',
      '20-jobs.yml',
    ])
  })

  it('accepts empty files and aliases', async () => {
    const empty = await write('a.yaml', '# nothing yet\n')
    const aliases = await write(
      'b.yaml',
      `vaults:\n${vault.replace('/srv', '&p /srv')}jobs:\n  - name: j\n    kind: k\n    config: { copy: *p }\n`,
    )
    expect((await readConfig([empty, aliases])).document.jobs[0]?.config).toEqual({ copy: '/srv/shelf' })
  })

  it.each([
    [
      'misspelt key',
      'jobs:\n  - name: a\n    kind: k\n    shedule: {}\n',
      '4:5: jobs[0].shedule: unknown key "shedule" | Did you mean `schedule`?',
    ],
    ['misspelt top key', 'job:\n  - name: a\n', '1:1: job: unknown key "job" | Did you mean `jobs`?'],
    ['missing key', 'jobs:\n  - name: a\n', '2:5: jobs[0].kind: "kind" is missing | Which driver does it.'],
    [
      'not a list',
      'jobs:\n  name: a\n',
      '1:1: jobs: "jobs" must be a list | Begin each entry with "- name: ...".',
    ],
    [
      'not a group',
      '- a\n',
      `1:1: a configuration file is a group of keys: nodes, vaults, policies, notifications, jobs`,
    ],
    [
      'list entry',
      'jobs:\n  - name: a\n    kind: k\n    windows:\n      - from: "22:00"\n        to: "06:00"\n        days: [mon, tues]\n',
      '7:21: jobs[0].windows[0].days[1]: "tues" is not one of mon, tue, wed, thu, fri, sat, sun | Did you mean `tue`?',
    ],
    [
      'repeated key',
      'vaults: []\njobs: []\nvaults: []\n',
      '3:1: Map keys must be unique | Keep one of the two; the second would silently win.',
    ],
    ['tab', 'jobs:\n\t- name: a\n', '2:1: Tabs are not allowed as indentation | Indent with spaces.'],
    [
      'unquoted colon',
      'jobs:\n  - name: a: b\n',
      '2:11: Nested mappings are not allowed in compact mappings | Put a text that contains ": " in quotes.',
    ],
    [
      'two documents',
      'jobs: []\n---\njobs: []\n',
      '2:1: Source contains multiple documents | Split the file at the line `---`.',
    ],
    ['unknown tag', 'jobs: !custom []\n', '1:7: Unresolved tag: !custom'],
    [
      'unknown alias',
      'jobs: *nothing\n',
      '1:1: Unresolved alias (the anchor must be set before the alias): nothing',
    ],
    ['alias in itself', 'jobs: &a\n  - *a\n', '1:1: an alias refers to a part that contains it'],
  ])('%s', async (_name, text, expected) => {
    const found = await mistakes(await write('a.yaml', text))
    expect(found).toHaveLength(1)
    expect(found[0]).toBe(`a.yaml:${expected}`)
  })

  it('tells every problem of every file', async () => {
    await write('a.yaml', 'jobs:\n  - name: a\n    knd: x\n    attempts: 0\n')
    await write('b.yaml', 'jobs: [')
    await write('c.yaml', 'vaults:\n  - name: v\n    kind: directory\n    path: relative\n')
    const found = await mistakes(folder)
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'a.yaml:2:5',
      'a.yaml:3:5',
      'a.yaml:4:5',
      'b.yaml:1:8',
      'c.yaml:4:5',
    ])
  })

  it('names both places of a repeated name', async () => {
    await write('a.yaml', `vaults:\n${vault}`)
    await write('b.yaml', `vaults:\n${vault}`)
    expect(await mistakes(folder)).toEqual([
      `b.yaml:2:5: vaults[0].name: the name "shelf" is used twice in vaults, first at ${folder}/a.yaml:2:5 | Rename or remove one of the two.`.replaceAll(
        `${folder}/`,
        '',
      ),
    ])
  })

  it('refuses an alias bomb quickly', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `x${level + 1}: &x${level + 1} [${Array(10).fill(`*x${level}`).join(', ')}]`,
    )
    const found = await mistakes(await write('bomb.yaml', `x0: &x0 lol\n${levels.join('\n')}\n`))
    expect(found).toEqual(['bomb.yaml:1:1: Excessive alias count indicates a resource exhaustion attack'])
  })

  it('refuses a file of more than 5 MiB', async () => {
    const found = await mistakes(await write('large.yaml', `# ${'x'.repeat(5 * 1024 * 1024)}\n`))
    expect(found).toEqual(['large.yaml:1:1: the file is larger than 5 MiB | Split it into several files.'])
  })

  it('refuses what is not UTF-8', async () => {
    const file = join(folder, 'latin.yaml')
    await writeFile(file, Buffer.from('vaults: # gr\xfcn\n', 'latin1'))
    expect(await mistakes(file)).toEqual([
      'latin.yaml:1:1: the file is not UTF-8 text | Save it in the encoding UTF-8.',
    ])
  })

  it.each([150, 20_000])('refuses %i levels in its own words', async (levels) => {
    const file = await write('deep.yaml', `jobs: ${'['.repeat(levels)}${']'.repeat(levels)}\n`)
    expect((await mistakes(file))[0]).toMatch(/^deep.yaml:1:\d+: the file is nested too deeply$/)
  })

  it('does not wait for a pipe in the folder', async () => {
    execFileSync('mkfifo', [join(folder, 'x.yaml')])
    await expect(readConfig([folder])).rejects.toMatchObject({
      code: 'config-unreadable',
      message: `${folder}/x.yaml is not a regular file`,
    })
  })

  it('says which path cannot be read', async () => {
    await expect(readConfig([join(folder, 'no')])).rejects.toMatchObject({
      code: 'config-unreadable',
      message: expect.stringContaining('it does not exist'),
    })
    await expect(readConfig([folder])).rejects.toMatchObject({ code: 'config-unreadable' })
  })
})

describe('loadConfig', () => {
  it('keeps what is right and places later problems', async () => {
    await write('a.yaml', `vaults:\n  - name: broken\n    kind: tape\n`)
    await write(
      'b.yaml',
      `jobs:\n  - name: bad\n    kind: 3\n  - name: good\n    kind: k\n    schedule:\n      cron: nonsense\n`,
    )
    const { document, sources, brokenNames } = await loadConfig([folder])
    expect(document.jobs.map((job) => job.name)).toEqual(['good'])
    expect(brokenNames).toEqual({ vaults: ['broken'], jobs: ['bad'] })
    const place = sources.place({ kind: 'jobs', index: 0, path: ['schedule', 'cron'], message: 'no' })
    expect(problemLine(place)).toBe(`${folder}/b.yaml:7:7: jobs[1].schedule.cron: no`)
  })
})
