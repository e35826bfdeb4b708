import { readFileSync } from 'node:fs'
import { configDocument, type ImportedConfig, type ImportProblem } from '@holdfast/contract'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { cronProblem } from '../../../domain/schedule/slots.ts'
import { checkConfig } from '../../../engine/configuration/check-config.ts'
import { DRIVERS } from '../../registry.ts'
import { configIni } from './config-ini.ts'

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
const ROOT = new URL('../../../../../', import.meta.url)
const example = (name: string) => readFileSync(new URL(`examples/backup-copy-script/${name}`, ROOT), 'utf8')
const golden = (name: string) => `./testdata/${name}.txt`

async function read(
  text: string,
  excludes: string | null = null,
): Promise<ImportedConfig | { problems: ImportProblem[] }> {
  expect(configIni.recognise(text)).toBe(true)
  return await configIni.read({
    fileName: 'config.ini',
    text,
    beside: async (name) => (name === 'rsync_excludes' ? excludes : null),
    timeZone: 'Europe/Berlin',
  })
}

async function imported(text: string, excludes: string | null = null): Promise<ImportedConfig> {
  const found = await read(text, excludes)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return found
}

/** What a person reads, without the value of any secret. */
function told({ document, lines, secrets }: ImportedConfig): string {
  const report = lines.map(
    ({ setting, line, value, outcome, remark }) =>
      `${line ?? '-'} | ${setting} | ${value} | ${outcome} | ${remark}`,
  )
  const names = secrets.map(
    ({ name, purpose, value }) => `${name} | ${purpose} | ${value === null ? 'made up' : 'known'}`,
  )
  return `${stringify(document, { lineWidth: 0 })}\n${[...report, ...names].join('\n')}\n`
}

/** The settings of a file, read apart from the importer: lines that begin a setting. */
function settingLines(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (/^[a-z].*?[=:]/i.test(line) ? [index + 1] : []))
}

describe('config.ini of the Backup-Copy-Script', () => {
  test('is taken over whole', async () => {
    const found = await imported(testdata('complete.ini'), testdata('complete.rsync_excludes'))
    await expect(told(found)).toMatchFileSnapshot(golden('complete'))
    const [password, token] = found.secrets
    expect(password).toMatchObject({ name: 'backup-copy-mail-password', value: 'pa%ss#w;ord = geheim' })
    expect(token).toMatchObject({ name: 'backup-copy-start-token', value: null })
    expect(told(found)).not.toContain('geheim')
  })

  test('means the same with the line ends of Windows', async () => {
    const windows = (name: string) => testdata(name).replaceAll('\n', '\r\n')
    const there = await imported(windows('complete.ini'), windows('complete.rsync_excludes'))
    expect(there).toEqual(await imported(testdata('complete.ini'), testdata('complete.rsync_excludes')))
  })

  test('becomes the example that lies beside the one of the documents', async () => {
    const { document, lines } = await imported(example('config.ini'), example('rsync_excludes'))
    expect(document).toEqual(configDocument.parse(parse(example('holdfast.yaml'))))
    const page = readFileSync(new URL('docs/how-to/move-from-the-backup-copy-script.md', ROOT), 'utf8')
    const untold = lines.filter(({ setting }) => !page.includes(`\`${setting.split('.').at(-1)}\``))
    expect(untold).toEqual([])
  })

  test('may hold the least there is', async () => {
    await expect(told(await imported(testdata('minimal.ini')))).toMatchFileSnapshot(golden('minimal'))
  })

  test('is told of where it holds what nobody can take over', async () => {
    const found = await imported(testdata('surprising.ini'))
    await expect(told(found)).toMatchFileSnapshot(golden('surprising'))
    expect(told(found)).not.toContain('s3cret')
  })

  test.each(['complete.ini', 'minimal.ini', 'surprising.ini'])('%s: no setting is lost', async (name) => {
    const { document, lines } = await imported(testdata(name))
    expect(checkConfig(document, DRIVERS, { cronProblem })).toEqual([])
    expect(lines.map(({ line }) => line)).toEqual(settingLines(testdata(name)))
    expect(lines.filter(({ remark }) => remark === '')).toEqual([])
  })

  test('is refused with every mistake at its place, and no password in any of them', async () => {
    const found = await read(testdata('broken.ini'))
    if (!('problems' in found)) throw new Error('it was taken')
    const problems = found.problems
      .toSorted((left, right) => left.line - right.line)
      .map(({ line, column, path, message, hint }) => `${line}:${column}: ${path}: ${message}\n    ${hint}`)
    await expect(`${problems.join('\n')}\n`).toMatchFileSnapshot(golden('broken'))
    expect(problems.join('\n')).not.toContain('s3cret')
  })

  test.each(['', '[Backup]\n', 'jobs: []\n', '{"backup-source": "/srv"}', '# backup-source = /srv\n'])(
    'is not what %j is',
    (text) => {
      expect(configIni.recognise(text)).toBe(false)
    },
  )

  test('with a port of its own for TLS, or none, never sends a password readable', async () => {
    const smtp = async (mail: string) => {
      const text = `${testdata('minimal.ini')}\n[Mail]\nserver = m.example.org\nfrom-mail-address = a@example.org\nto-mail-addresses-sysop = b@example.org\nusername = u\npassword = p\n${mail}`
      const [notification] = (await imported(text)).document.notifications
      return notification?.kind === 'mail' ? notification.smtp : null
    }
    expect(await smtp('port = 465')).toMatchObject({ port: 465, tls: 'tls' })
    expect(await smtp('port = 25')).toMatchObject({ port: 25, tls: 'starttls' })
    expect(await smtp('')).toMatchObject({ port: 25, tls: 'starttls' })
  })
})
