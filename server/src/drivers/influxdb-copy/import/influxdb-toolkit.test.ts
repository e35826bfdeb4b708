import { readFileSync } from 'node:fs'
import { configDocument, type ImportedConfig, type ImportProblem, sentSecrets } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { isAlias, isMap, isSeq, LineCounter, type Node, parse, parseDocument, stringify } from 'yaml'
import { cronProblem } from '../../../domain/schedule/slots.ts'
import { influxdbCopyConfig } from '../config.ts'
import { influxdbToolkit } from './influxdb-toolkit.ts'

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}.yaml`, import.meta.url), 'utf8')
const ROOT = new URL('../../../../../', import.meta.url)
const example = (name: string) => readFileSync(new URL(`examples/influxdb-toolkit/${name}`, ROOT), 'utf8')
const golden = (name: string) => `./testdata/${name}.txt`

async function read(
  text: string,
  fileName = 'Anlage_2.yaml',
): Promise<ImportedConfig | { problems: ImportProblem[] }> {
  expect(influxdbToolkit.recognise(text)).toBe(true)
  return await influxdbToolkit.read({
    ...{ fileName, text, timeZone: 'Atlantic/Canary' },
    beside: () => Promise.reject(new Error('nothing beside the file is read')),
  })
}

async function imported(text: string, fileName?: string): Promise<ImportedConfig> {
  const found = await read(text, fileName)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return found
}

async function problems(text: string): Promise<ImportProblem[]> {
  const found = await read(text)
  if (!('problems' in found)) throw new Error('it was taken')
  return found.problems
}

/** What a person reads, without the value of any secret. */
function told({ document, lines, secrets }: ImportedConfig): string {
  const report = lines.map(
    ({ setting, line, value, outcome, remark }) => `${line} | ${setting} | ${value} | ${outcome} | ${remark}`,
  )
  const names = secrets.map(({ name, purpose }) => `${name} | ${purpose}`)
  return `${stringify(document, { lineWidth: 0 })}\n${[...report, ...names].join('\n')}\n`
}

/** Lines of the values of a file, found apart from the importer. */
function valueLines(text: string): number[] {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const found = new Set<number>()
  const visit = (node: unknown, key: unknown) => {
    if (isMap(node) && node.items.length > 0) {
      for (const pair of node.items) if (String(pair.key) !== '<<') visit(pair.value, pair.key)
    } else if (isSeq(node) && node.items.some((item) => isMap(item))) {
      for (const item of node.items) visit(item, item)
    } else if (!isAlias(node)) found.add(counter.linePos((key as Node).range?.[0] ?? 0).line)
  }
  visit(document.contents, null)
  return [...found]
}

const CANARY = /s3cret|#1|007/

describe('a file of the InfluxDB Backup Toolkit', () => {
  test.each(['documented', 'enforced', 'minimal'])('%s: is taken over whole', async (name) => {
    const found = await imported(testdata(name))
    await expect(told(found)).toMatchFileSnapshot(golden(name))
    expect(told(found)).not.toMatch(CANARY)
    expect(found.lines.filter(({ remark }) => remark === '')).toEqual([])
    expect(new Set(found.lines.map(({ line }) => line))).toEqual(new Set(valueLines(testdata(name))))
  })

  test.each(['documented', 'enforced', 'minimal'])('%s: becomes what Holdfast takes', async (name) => {
    const { document, secrets } = await imported(testdata(name))
    expect(configDocument.parse(document)).toEqual(document)
    for (const { config, schedule, node } of document.jobs) {
      const { destination } = influxdbCopyConfig.parse(config)
      expect(document.nodes.map((each) => each.name)).toEqual(
        expect.arrayContaining([node, destination?.node]),
      )
      expect(schedule && cronProblem(schedule.cron)).toBeFalsy()
    }
    expect(document.nodes.flatMap(sentSecrets)).toEqual(secrets.map((secret) => secret.name))
  })

  test('keeps passwords as they are written, as secrets', async () => {
    const { secrets } = await imported(testdata('documented'))
    expect(secrets.map(({ value }) => value)).toEqual(['s3cret: "ä" #1', 's3cret: "ä" #1', '007'])
    expect(new Set(secrets.map(({ name }) => name)).size).toBe(3)
  })

  test('means the same with the line ends of Windows, and with each read', async () => {
    for (const name of ['documented', 'enforced']) {
      const first = await imported(testdata(name))
      expect(await imported(testdata(name).replaceAll('\n', '\r\n'))).toEqual(first)
      expect(await imported(testdata(name))).toEqual(first)
    }
  })

  test('becomes the example that lies beside those of the documents, and the page tells of each setting', async () => {
    const documented = await imported(example('backup_config_1.yaml'), 'backup_config_1.yaml')
    const enforced = await imported(example('plant.yaml'), 'plant.yaml')
    expect({
      ...documented.document,
      nodes: [...documented.document.nodes, ...enforced.document.nodes],
      jobs: [...documented.document.jobs, ...enforced.document.jobs],
    }).toEqual(configDocument.parse(parse(example('becomes/holdfast.yaml'))))
    const page = readFileSync(new URL('docs/how-to/move-from-the-influxdb-toolkit.md', ROOT), 'utf8')
    const all = [...documented.lines, ...enforced.lines]
    expect(all.filter(({ setting }) => !page.includes(`${setting.split('.').at(-1)}\``))).toEqual([])
    expect(all.filter(({ outcome }) => outcome === 'open')).toEqual([])
  })

  test('may bear the name of its file that no job may have', async () => {
    const nameOf = async (file: string) => (await imported(testdata('minimal'), file)).document.jobs[0]?.name
    expect(await nameOf('plant.yml')).toBe('plant')
    expect(await nameOf('copia (1).yaml')).toBe('copia -1-')
    expect(await nameOf('job_0123456789ab.yaml')).toBe('copy job_0123456789ab')
    expect(await nameOf('***.yaml')).toBe('influxdb copy')
  })
})

describe('a wrong file of the InfluxDB Backup Toolkit', () => {
  test.each(['broken-documented', 'broken-enforced', 'refused'])(
    '%s: each mistake is told at its place, with what to do, and no password',
    async (name) => {
      const found = (await problems(testdata(name)))
        .toSorted((left, right) => left.line - right.line)
        .map(({ line, column, path, message, hint }) => `${line}:${column}: ${path}: ${message}\n    ${hint}`)
      await expect(`${found.join('\n')}\n`).toMatchFileSnapshot(golden(name))
      expect(found.join('\n')).not.toMatch(CANARY)
    },
  )

  test.each([
    ['password: *s3cret', 'an alias (*) that no anchor (&) stands for'],
    ['password: !s3cret x', 'this is not YAML'],
    ['password: "s3cret', 'this is not YAML'],
    ['password: "\\s3cret"', 'this is not YAML'],
    ['password: @s3cret', 'this is not YAML'],
    ['password: a: s3cret', 'a value that looks like a key'],
    ['password: a\n  password: s3cret', 'the same key stands here a second time'],
  ])('with %j is no YAML, and repeats nothing of it', async (line, message) => {
    const found = await problems(`source:\n  url: http://influxdb:8086\n  ${line}\n`)
    expect(found[0]).toMatchObject({ message, hint: expect.stringMatching(/\./) })
    expect(JSON.stringify(found)).not.toMatch(CANARY)
  })

  test('cannot fill the memory', async () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}]`)
    levels[0] = 'a0: &a0 [x]'
    const [first] = await problems(`source: {}\n${levels.join('\n')}\n`)
    expect(first?.message).toContain('aliases stand for too much')
    expect((await problems(`source: ${'['.repeat(500)}${']'.repeat(500)}\n`)).length).toBe(1)
  })
})

test.each([
  '',
  'jobs: []\n',
  'nodes:\n  - name: source\n',
  '[Backup]\nbackup-source = /srv\n',
  '# source: x\n',
])('%j is no file of the toolkit', (text) => {
  expect(influxdbToolkit.recognise(text)).toBe(false)
})
