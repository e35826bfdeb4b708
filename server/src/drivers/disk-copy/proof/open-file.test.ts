import { execFileSync } from 'node:child_process'
import { closeSync } from 'node:fs'
import { mkdtempDisposable, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openFile } from './open-file.ts'

it('opens files, and neither what a symlink leads to nor a FIFO, for which it would wait', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-open-'))
  const at = (name: string) => join(directory.path, name)
  await writeFile(at('file'), 'x')
  await symlink('file', at('link'))
  execFileSync('mkfifo', [at('fifo')])
  closeSync(openFile(at('file')))
  expect(() => openFile(at('link'))).toThrow(expect.objectContaining({ code: 'ELOOP' }))
  for (const name of ['fifo', '.']) {
    expect(() => openFile(at(name))).toThrow(expect.objectContaining({ code: 'ENOTSUP' }))
  }
})
