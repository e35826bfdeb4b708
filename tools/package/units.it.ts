import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { environmentSchema } from '../../server/src/config.ts'
import { requires } from '../lab/requires.ts'
import { ROOT } from '../repo/repository.ts'

const UNITS = [
  'holdfast.service',
  'holdfast-worker.service',
  'holdfast-worker@.service',
  'holdfast-disk@.service',
]
const unit = (name: string) => join(ROOT, 'deploy/systemd', name)
const text = (name: string) => readFileSync(unit(name), 'utf8')

describe.skipIf(requires('systemd'))('the units', () => {
  test.each(UNITS)('systemd accepts %s', (name) => {
    // The program must exist for this check: the unit is read in a root where it does.
    const root = mkdtempSync(join(tmpdir(), 'holdfast-units-'))
    try {
      mkdirSync(join(root, 'usr/bin'), { recursive: true })
      writeFileSync(join(root, 'usr/bin/holdfast'), '')
      chmodSync(join(root, 'usr/bin/holdfast'), 0o755)
      const program = text(name).replaceAll('=/usr/bin/holdfast', `=${root}/usr/bin/holdfast`)
      writeFileSync(join(root, name), program)
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', join(root, name)], {
        encoding: 'utf8',
      })
      expect({ status, stderr: stderr.split('\n').filter((line) => line.includes('holdfast')) }).toEqual({
        status: 0,
        stderr: [],
      })
    } finally {
      rmSync(root, { recursive: true })
    }
  })

  test.each([
    ['holdfast.service', 25],
    ['holdfast-worker.service', 80],
    ['holdfast-worker@.service', 80],
    ['holdfast-disk@.service', 25],
  ])('%s is exposed no more than %i tenths', (name, threshold) => {
    const args = ['security', '--offline=true', `--threshold=${threshold}`, unit(name)]
    expect(() => execFileSync('systemd-analyze', args, { stdio: 'pipe' })).not.toThrow()
  })
})

test('the worker of another site differs by its site only', () => {
  expect(text('holdfast-worker@.service')).toBe(
    text('holdfast-worker.service').replace('site main', 'site %i').replace('--site main', '--site %i'),
  )
})

test('the settings file names variables that exist', () => {
  const settings = readFileSync(join(ROOT, 'deploy/debian/holdfast.env'), 'utf8')
  const named = [...settings.matchAll(/^#?(HOLDFAST_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value])
  expect(named.length).toBeGreaterThan(5)
  expect(environmentSchema.strict().safeParse(Object.fromEntries(named)).error).toBeUndefined()
})

test.skipIf(requires('sudo'))('sudo accepts the rules', () => {
  expect(() =>
    execFileSync('visudo', ['-cf', join(ROOT, 'deploy/debian/holdfast.sudoers')], { stdio: 'pipe' }),
  ).not.toThrow()
})
