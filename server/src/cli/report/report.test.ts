import type { ReportTable } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { succeeded } from '../testkit/fake-control.ts'
import { type RunOptions, run, sampleControl } from '../testkit/run-command.ts'

const TABLE: ReportTable = {
  columns: ['name', 'changedValue', 'isNew', 'count'],
  rows: [
    ['web01', '=1+1', true, 3],
    ['db, 02', 'a\nb', false, null],
  ],
  total: 2,
}

function reported(table: ReportTable | null) {
  const control = sampleControl()
  const report = { warnings: ['one was left out'], ...(table ? { table } : {}) }
  const { id } = control.addRun('nightly files', succeeded('changed 2 of 40', report))
  const call = (args: string[] = [], options: RunOptions = {}) =>
    run(['runs', 'report', id, ...args], { control, ...options })
  return { control, id, call }
}

describe('holdfast runs report', () => {
  it('prints how it ended and each line of the table', async () => {
    const { stdout, stderr } = await reported(TABLE).call()
    expect(stdout).toBe(
      [
        '! warning  nightly files: changed 2 of 40',
        '! one was left out',
        'NAME    CHANGED VALUE  IS NEW  COUNT',
        'web01   =1+1           yes         3',
        'db, 02  a b            no',
        '',
      ].join('\n'),
    )
    expect(stderr).toBe('')
  })

  it('fits a narrow terminal', async () => {
    const wide = { ...TABLE, rows: [['x'.repeat(200), 'y'.repeat(200), true, 1]], total: 1 }
    const { stdout } = await reported(wide).call([], { isTty: true, columns: 60, env: { NO_COLOR: '1' } })
    for (const line of stdout.split('\n').slice(2)) expect(line.length).toBeLessThanOrEqual(60)
  })

  it('prints the table as CSV for other programs', async () => {
    const { stdout } = await reported(TABLE).call(['--csv'])
    expect(stdout).toBe(`name,changedValue,isNew,count\r\nweb01,'=1+1,true,3\r\n"db, 02",a b,false,\r\n`)
  })

  it('prints the whole report as JSON', async () => {
    const { call, control } = reported(TABLE)
    expect((await call(['--json'])).json()).toEqual(control.runs.at(-1)?.report)
  })

  it('says how much was cut, where it disturbs no other program', async () => {
    const { call } = reported({ ...TABLE, total: 12_000 })
    for (const args of [[], ['--csv']]) {
      const { stdout, stderr } = await call(args)
      expect(stderr).toBe('The report holds the first 2 of 12000 rows.\n')
      expect(stdout).not.toContain('12000 rows')
    }
  })

  it('lets no value of the table command the terminal', async () => {
    const evil = 'evil\u001b[2J\u202e\r\nforged\u0007'
    const { call } = reported({ columns: [evil, 'b'], rows: [[evil, 1]], total: 1 })
    for (const args of [[], ['--csv'], ['--json']]) {
      const { stdout } = await call(args)
      expect(stdout).toContain('evil')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^forged/m)
    }
  })

  it('is happy with a report that has no table, and says so where the table was asked for', async () => {
    const { call } = reported(null)
    expect((await call()).stdout).toContain('changed 2 of 40')
    const csv = await call(['--csv'])
    expect([csv.exitCode, csv.stdout]).toEqual([5, ''])
    expect(csv.stderr).toContain('Print the report with --json.')
  })

  it('refuses a run that has not ended, and two forms at once', async () => {
    const { control, call } = reported(TABLE)
    const { id } = control.addRun('photos', { status: 'running' })
    control.courses.set('photos', [])
    const result = await run(['runs', 'report', id], { control })
    expect(result.exitCode).toBe(5)
    expect(result.stderr).toContain('A report is there once the run has ended.')
    expect((await call(['--csv', '--json'])).exitCode).toBe(2)
  })
})

describe('the plan of a run', () => {
  const plan = { summary: 'changes 1', items: [], guards: [], expectedBytes: null, changes: [{ id: 'a' }] }

  it('is whole as JSON', async () => {
    const control = sampleControl()
    const { id } = control.addRun('photos', { ...succeeded('done'), plan })
    expect((await run(['runs', 'show', id, '--json'], { control })).json()).toMatchObject({ run: { plan } })
  })
})
