import { readdirSync, readFileSync } from 'node:fs'
import { ERROR_CODES, ERROR_KINDS } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { DRIVERS } from '../../server/src/drivers/registry.ts'
import { configSchema } from './config-schema.ts'
import { REFERENCE_DIR, referenceFiles } from './reference.ts'

const fresh = await referenceFiles()

describe('docs/reference', () => {
  it.each(Object.keys(fresh))('%s is what the code says: else run `npm run docs`', (name) => {
    expect(readFileSync(new URL(name, REFERENCE_DIR), 'utf8')).toBe(fresh[name])
  })

  it('holds nothing that is no longer generated', () => {
    expect(readdirSync(REFERENCE_DIR).sort()).toEqual(Object.keys(fresh).sort())
  })

  it('has an anchor for every error code, and every exit code', () => {
    for (const code of Object.keys(ERROR_CODES)) expect(fresh['errors.md']).toContain(`\n### ${code}\n`)
    for (const { exitCode } of Object.values(ERROR_KINDS))
      expect(fresh['exit-codes.md']).toContain(`| ${exitCode} |`)
  })

  it('describes every command and job kind', () => {
    for (const command of ['run', 'runs cancel', 'lock acquire', 'restore']) {
      expect(fresh['cli.md']).toMatch(new RegExp(`^##+ holdfast ${command}$`, 'm'))
    }
    expect(fresh['cli.md']).not.toContain('__complete')
    for (const { info } of DRIVERS) expect(fresh['job-kinds.md']).toContain(`\n## ${info.kind}\n`)
  })
})

describe('config.schema.json', () => {
  it('asks each job kind for its own settings', () => {
    const job = configSchema(DRIVERS).properties?.jobs?.items
    expect(job?.properties?.kind?.enum).toEqual(DRIVERS.map((driver) => driver.info.kind))
    const rule = job?.allOf?.find((each) => each.if?.properties?.kind?.const === 'disk-copy')
    expect(rule?.then?.required).toEqual(['vault', 'config'])
    expect(rule?.then?.properties?.config?.required).toEqual(['source'])
  })
})
