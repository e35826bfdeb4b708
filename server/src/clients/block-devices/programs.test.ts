import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ROOT } from '../../../../tools/repo/repository.ts'
import { createSubvolume } from './btrfs.ts'
import { namesOfCulprits } from './culprits.ts'
import { mappingPath, unlock, argumentsOf as unlockArguments } from './luks.ts'
import { asRoot } from './machine/as-root.ts'
import { withPatience } from './machine/patience.ts'
import { argumentsOf as mountArguments } from './mount.ts'
import { parseProbe } from './probe.ts'

const path = process.env.PATH
let directory = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'holdfast-programs-'))
  process.env.PATH = `${directory}:${path}`
})

afterEach(() => {
  vi.restoreAllMocks()
  process.env.PATH = path
  rmSync(directory, { recursive: true })
})

/** Puts a program in front of all others that writes down its arguments, one a line, and what it read. */
function pretend(program: string, script: string): void {
  const record = `printf '%s\\n' "$@" > ${directory}/arguments\ncat > ${directory}/input`
  writeFileSync(join(directory, program), `#!/bin/sh\n${record}\n${script}\n`)
  chmodSync(join(directory, program), 0o755)
}
const recorded = (name: 'arguments' | 'input') => readFileSync(join(directory, name), 'utf8')
const as = (user: number) => vi.spyOn(process as { geteuid: () => number }, 'geteuid').mockReturnValue(user)

describe('programs that need root', () => {
  it('are started directly by root, with what they are to read', async () => {
    as(0)
    pretend('cryptsetup', 'echo done; exit 4')
    const result = await asRoot('cryptsetup', ['close', 'x y'], { stdin: Buffer.from('secret') })
    expect(result).toMatchObject({ exitCode: 4, stdout: ['done'] })
    expect(recorded('arguments')).toBe('close\nx y\n')
    expect(recorded('input')).toBe('secret')
  })

  it('are started through sudo by anybody else, by their full path and without asking for a password', async () => {
    as(1000)
    pretend('sudo', 'echo "umount: /x: target is busy." >&2; exit 32')
    const result = await asRoot('umount', ['/run/holdfast/mounts/x'])
    expect(result).toMatchObject({ exitCode: 32, stderr: ['umount: /x: target is busy.'] })
    expect(recorded('arguments')).toBe('-n\n--\n/usr/bin/umount\n/run/holdfast/mounts/x\n')
  })

  it('say what is missing: the right, the program, sudo', async () => {
    as(1000)
    pretend('sudo', 'echo "sudo: a password is required" >&2; exit 1')
    await expect(asRoot('mount', [])).rejects.toMatchObject({
      code: 'permission-denied',
      message: 'Holdfast may not run mount as root: sudo: a password is required',
      hint: expect.stringContaining('/etc/sudoers.d/holdfast'),
    })
    pretend('sudo', 'echo "sudo: /usr/sbin/smartctl: command not found" >&2; exit 1')
    await expect(asRoot('smartctl', [])).rejects.toMatchObject({ code: 'command-missing' })
    rmSync(join(directory, 'sudo'))
    process.env.PATH = directory
    await expect(asRoot('mount', [])).rejects.toMatchObject({
      code: 'command-missing',
      hint: 'Install it: apt install sudo',
    })
  })

  it('are not started any more after a cancellation, and not stopped in the middle', async () => {
    as(0)
    const canceled = new HoldfastError('run-canceled', 'enough')
    await expect(asRoot('mount', [], { signal: AbortSignal.abort(canceled) })).rejects.toBe(canceled)
    pretend('mount', 'sleep 0.3; echo whole')
    const controller = new AbortController()
    setTimeout(() => controller.abort(canceled), 50)
    expect(await asRoot('mount', [], { signal: controller.signal })).toMatchObject({ stdout: ['whole'] })
  })

  it('get exactly the arguments that the rules for sudo allow', () => {
    const uuid = '2bcebba3-8d02-4a3f-9c1c-0d4b2f1f7a10'
    const mounts = ['ext4', 'btrfs'].flatMap((fsType) =>
      [true, false].flatMap((readOnly) =>
        ['/dev/sdb1', mappingPath(uuid)].map((device) =>
          mountArguments(
            { device, uuid, fsType, readOnly, mountPoint: `/run/holdfast/mounts/${uuid}` },
            false,
          ),
        ),
      ),
    )
    for (const args of mounts) expect(isAllowed('/usr/bin/mount', args), args.join(' ')).toBe(true)
    const unlocking = { device: '/dev/sdb1', uuid, name: uuid, passphrase: 'secret' }
    expect(isAllowed('/usr/sbin/cryptsetup', unlockArguments(unlocking, false))).toBe(true)
    expect(isAllowed('/usr/sbin/cryptsetup', ['luksFormat', '/dev/sdb1'])).toBe(false)
    expect(mounts[1]?.join(' ')).toBe(
      `-o ro,nosuid,nodev,noexec,noatime ${mappingPath(uuid)} /run/holdfast/mounts/${uuid}`,
    )
  })
})

/** As sudo does it: the words joined by spaces against the whole expression. */
function isAllowed(program: string, args: readonly string[]): boolean {
  const rules = readFileSync(join(ROOT, 'deploy/debian/holdfast.sudoers'), 'utf8')
  const expressions = [...rules.matchAll(/^ {4}(\S+) (\^.*\$)(?:, \\)?$/gm)]
  return expressions.some(([, allowed, expression]) => {
    const pattern = new RegExp(expression?.replaceAll(/\\([,=])/g, '$1') ?? '$^')
    return allowed === program && pattern.test(args.join(' '))
  })
}

describe('unlocking', () => {
  const options = { device: '/dev/null', uuid: 'x', name: 'x', passphrase: 'hunter2' }

  it('hands over the passphrase on the standard input only', async () => {
    as(0)
    pretend('cryptsetup', 'exit 2')
    await expect(unlock(options)).rejects.toMatchObject({ code: 'disk-removed' })
    expect(recorded('input')).toBe('hunter2')
    expect(recorded('arguments')).toBe('open\n--type\nluks\n--key-file=-\n/dev/null\nholdfast-x\n')
  })
})

describe('what programs say', () => {
  it('blkid: names and values, with every special character as it was', () => {
    const lines = [
      'ID_FS_LABEL=my_\\"dä$',
      'ID_FS_LABEL_ENC=my\\x20\\x5c\\x22dä\\x24\\x5cx41 = 1',
      'ID_FS_UUID_ENC=6BCA-E8FE',
      'ID_FS_TYPE=vfat',
      'OTHER=1',
    ]
    expect(parseProbe(lines)).toEqual({
      LABEL: 'my_\\"dä$',
      LABEL_ENC: 'my \\"dä$\\x41 = 1',
      UUID_ENC: '6BCA-E8FE',
      TYPE: 'vfat',
    })
  })

  it('btrfs: a full disk', async () => {
    const said = 'ERROR: cannot create subvolume: No space left on device'
    pretend('btrfs', `echo "${said}" >&2; exit 1`)
    await expect(createSubvolume(join(directory, 'new'))).rejects.toMatchObject({
      code: 'vault-full',
      message: expect.stringContaining(directory),
    })
    expect(recorded('arguments')).toBe(`subvolume\ncreate\n--\n${directory}/new\n`)
  })
})

describe('culprits in a message', () => {
  it('are at most five, and never nobody', () => {
    expect(namesOfCulprits([])).toBe('a program that Holdfast may not look into')
    const many = Array.from({ length: 7 }, (_, index) => ({ pid: index + 1, name: 'cat', holds: '/x' }))
    expect(namesOfCulprits(many)).toMatch(
      /^cat \(process 1\) holds \/x, .*cat \(process 5\) holds \/x, and 2 more$/,
    )
  })
})

describe('waiting for a disk', () => {
  it('gives the answer, null when it takes too long, and what it was canceled with', async () => {
    const never = new Promise<string>(() => {})
    expect(await withPatience(Promise.resolve('x'), 1000, undefined)).toBe('x')
    expect(await withPatience(never, 20, undefined)).toBeNull()
    await expect(withPatience(Promise.reject(new Error('no')), 1000, undefined)).rejects.toThrow('no')
    const canceled = new HoldfastError('run-canceled', 'enough')
    const controller = new AbortController()
    const waiting = withPatience(never, 10_000, controller.signal)
    controller.abort(canceled)
    await expect(waiting).rejects.toBe(canceled)
    await expect(withPatience(never, 10_000, controller.signal)).rejects.toBe(canceled)
  })
})
