import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { diskCopy } from '../index.ts'
import { Bench } from '../test-bench.ts'
import { openSource } from './source.ts'

/** The owner of the folder around a source puts a link to what they may not read in its place. */
async function swap(bench: Bench): Promise<void> {
  const victim = join(bench.directory, 'victim')
  await mkdir(victim)
  await writeFile(join(victim, 'diary'), 'private')
  await rename(bench.source, join(bench.directory, 'away'))
  await symlink(victim, bench.source)
}

describe.skipIf(requires('rsync'))('a source whose place is taken by a link', () => {
  it('is not copied, neither planned nor run', async () => {
    await using bench = await Bench.open()
    await bench.fill({ mine: 'mine' })
    const plan = await diskCopy.plan(bench.context())
    await swap(bench)
    const refused = { code: 'config-invalid', hint: expect.stringContaining('realpath') }
    await expect(diskCopy.plan(bench.context())).rejects.toMatchObject(refused)
    await expect(diskCopy.run(bench.context(), plan)).rejects.toMatchObject(refused)
    expect(await diskCopy.check(bench.context())).toContainEqual(
      expect.objectContaining({ level: 'error', subject: 'source' }),
    )
    expect(existsSync(bench.vaultPath)).toBe(false)
  })

  it.each(['copy', 'check-unfinished-copy'])('is copied as it was when that happens at "%s"', async (at) => {
    await using bench = await Bench.open()
    await bench.fill({ mine: 'mine' })
    if (at !== 'copy') {
      await bench.run()
      await mkdir(join(bench.jobDirectory, '.partial', 'data'), { recursive: true })
      await writeFile(join(bench.jobDirectory, '.partial', 'data', 'mine'), 'torn')
    }
    const cx = bench.context()
    const plan = await diskCopy.plan(cx)
    const step = cx.step.bind(cx)
    cx.step = async (name, work) => {
      if (name === at) await swap(bench)
      return await step(name, work)
    }
    await bench.run(cx, plan)
    expect(await readdir(bench.dataOf(await bench.newest()))).toEqual(['mine'])
  })
})

it('says the same of a link, wherever it leads', async () => {
  await using bench = await Bench.open()
  const said = new Set<string>()
  for (const end of ['/etc', '/nowhere/at/all', '/etc/passwd']) {
    await rm(bench.source, { recursive: true })
    await symlink(end, bench.source)
    const thrown: unknown = await openSource(bench.source).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'config-invalid' })
    said.add(`${(thrown as Error).message}`)
  }
  expect(said.size).toBe(1)
})
