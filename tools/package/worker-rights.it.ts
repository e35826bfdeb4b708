import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RestorePoint, Run } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { Installation } from '../e2e/installation.testkit.ts'
import { requires } from '../lab/requires.ts'
import { capabilitiesOfWorkerUnit } from './worker-unit.testkit.ts'

const NOBODY = 65_534
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']

/** Names, types, modes, owners, links and times, and all attributes, as other programs see them. */
function listingOf(directory: string): string {
  const options = { cwd: directory, encoding: 'utf8' } as const
  const found = execFileSync('find', ['.', '-printf', '%p|%y|%m|%U|%G|%T+|%n|%l\\n'], options)
  const attributes = execFileSync('getfattr', ['-R', '-h', '-d', '-m', '-', '-e', 'hex', '.'], options)
  return `${found.split('\n').sort().join('\n')}\n${attributes.split('\n\n').sort().join('\n\n')}`
}

function fillWithFilesOfOthers(source: string): void {
  mkdirSync(join(source, 'private'), { recursive: true })
  for (const name of ['plain', 'private/key', 'setuid', 'capable', 'shared'])
    writeFileSync(join(source, name), `content of ${name}`)
  execFileSync('mknod', [join(source, 'null'), 'c', '1', '3'])
  execFileSync('ln', [join(source, 'plain'), join(source, 'twin')])
  execFileSync('ln', ['-s', 'plain', join(source, 'link')])
  execFileSync('chown', ['-hR', '1234:5678', source])
  chownSync(join(source, 'private/key'), 4321, 8765)
  chmodSync(join(source, 'private/key'), 0o400)
  chmodSync(join(source, 'setuid'), 0o4750)
  chmodSync(join(source, 'shared'), 0o2771)
  execFileSync('setfacl', ['-m', 'u:1111:r,g:2222:rw', join(source, 'shared')])
  execFileSync('setcap', ['cap_net_bind_service=ep', join(source, 'capable')])
  chmodSync(join(source, 'private'), 0o500)
}

/** The effective capabilities of all processes that are PostgreSQL in this installation. */
function capabilitiesOfDatabase(directory: string): string[] {
  const isDatabase = (pid: string) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${directory}/data/postgres/bin-`)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8')
        return isDatabase(pid) ? [/^CapEff:\s*(\w+)$/m.exec(status)?.[1] ?? ''] : []
      } catch {
        return []
      }
    })
}

test.skipIf(requires('root', 'rsync', 'attr', 'acl', 'util-linux'))(
  'with the capabilities of its unit a worker that is not root keeps owners and modes of files of others, there and back',
  async () => {
    await using place = await Installation.create()
    chownSync(place.directory, NOBODY, NOBODY)
    place.launcher = [...AS_NOBODY, ...capabilitiesOfWorkerUnit()]
    place.env.HOME = place.directory
    fillWithFilesOfOthers(place.path('source'))
    await place.configure(
      `vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]\n` +
        `jobs: [{ name: files, kind: disk-copy, vault: v, config: { source: ${place.path('source')} } }]\n`,
    )
    await place.json('apply', place.path('config'))
    const worker = await place.startWorker()
    const status = readFileSync(`/proc/${worker.pid}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\s+65534\s+65534/m)
    const database = capabilitiesOfDatabase(place.directory)
    expect(database.length).toBeGreaterThan(0)
    expect([...new Set(database)]).toEqual(['0000000000000000'])

    const [run] = await place.json<Run[]>('run', 'files')
    expect(run).toMatchObject({ outcome: 'success' })
    const [point] = await place.list<RestorePoint>('points', 'list')
    expect(listingOf(place.path('vault', point?.location ?? '', 'data'))).toBe(
      listingOf(place.path('source')),
    )
    const [again] = await place.json<Run[]>('run', 'files')
    expect(again).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })

    const [restored] = await place.json<Run[]>('restore', point?.id ?? '', '--to', place.path('back'))
    expect(restored).toMatchObject({ outcome: 'success', operation: 'restore' })
    expect(listingOf(place.path('back'))).toBe(listingOf(place.path('source')))
    const doctor = await place.run('doctor')
    expect(doctor.stdout).not.toContain('does not run as root')
    await place.stop(worker)

    place.launcher = AS_NOBODY
    expect((await place.run('doctor')).stdout).toContain(
      'owners are not kept and private files cannot be read',
    )
  },
)
