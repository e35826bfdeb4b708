import { execFileSync } from 'node:child_process'
import { mkdir, mkdtempDisposable, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readJson, writeDurably } from './durable-file.ts'

it('reads what was written, and nothing that somebody put in its place', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-json-'))
  const at = (name: string) => join(directory.path, name)
  await writeDurably(at('good'), '{"a":1}')
  expect(await readJson(at('good'))).toEqual({ a: 1 })
  await symlink('good', at('link'))
  await writeFile(at('text'), 'no JSON')
  await mkdir(at('folder'))
  execFileSync('mkfifo', [at('pipe')])
  await writeFile(at('long'), '1')
  await truncate(at('long'), 2 ** 40)
  for (const name of ['link', 'text', 'folder', 'pipe', 'long', 'none', 'good/x'])
    expect(await readJson(at(name)), name).toBeNull()
})
