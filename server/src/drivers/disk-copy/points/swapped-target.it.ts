import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asHoldfastError } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { Bench } from '../test-bench.ts'
import { diskCopyRestore } from './restore.ts'

/** Hostile owners of the folders around a target: what they put there while root restores. */
interface Stage {
  bench: Bench
  at(...parts: string[]): string
  /** Plans, and calls `swap` when the restore comes to its step of that name; null when the plan is made. */
  restore(target: string, before: 'copy' | null, swap: () => Promise<void>): Promise<string>
}

async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  await using bench = await Bench.open()
  await bench.fill({ file: 'of the point', 'sub/deep': 'of the point' })
  await bench.run()
  const at = (...parts: string[]) => join(bench.directory, ...parts)
  await mkdir(at('anna', 'out'), { recursive: true })
  await mkdir(at('victim'))
  await writeFile(at('victim', 'theirs'), 'precious')
  const point = await bench.newest()
  await play({
    bench,
    at,
    async restore(target, before, swap) {
      const options = { existing: 'overwrite' } as const
      const input = { point, vault: bench.vault, target, paths: null, options }
      const cx = bench.context()
      const step = cx.step.bind(cx)
      cx.step = async (name, work) => {
        if (name === before) await swap()
        return await step(name, work)
      }
      const plan = await diskCopyRestore.plan(cx, input)
      if (before === null) await swap()
      return await diskCopyRestore.run(cx, input, plan).then(
        () => 'done',
        (thrown: unknown) => asHoldfastError(thrown).code,
      )
    },
  })
  expect(await readdir(at('victim'))).toEqual(['theirs'])
}

describe.skipIf(requires('rsync'))('a target whose owner swaps it for a link', () => {
  it.each(['anna', 'anna/out'])('once the plan is made, %s: nothing is restored', (swapped) =>
    onStage(async ({ at, restore }) => {
      const swap = async () => {
        await rename(at(swapped), at('away'))
        await symlink(at('victim'), at(swapped))
      }
      expect(await restore(at('anna', 'out'), null, swap)).toBe('restore-target-refused')
    }),
  )

  it('before what is missing of it is made: nothing is restored', () =>
    onStage(async ({ at, restore }) => {
      const swap = async () => await symlink(at('victim'), at('anna', 'new'))
      expect(await restore(at('anna', 'new', 'deep'), null, swap)).toBe('restore-target-refused')
    }))

  it.each(['anna', 'anna/out'])('while root restores, %s: it goes to the folder that was judged', (swapped) =>
    onStage(async ({ at, restore }) => {
      const swap = async () => {
        await rename(at(swapped), at('away'))
        await symlink(at('victim'), at(swapped))
      }
      expect(await restore(at('anna', 'out'), 'copy', swap)).toBe('done')
      const judged = swapped === 'anna' ? at('away', 'out') : at('away')
      expect(await readFile(join(judged, 'sub', 'deep'), 'utf8')).toBe('of the point')
    }),
  )

  it('is made where it is missing', () =>
    onStage(async ({ at, restore }) => {
      expect(await restore(at('anna', 'a', 'b'), null, async () => {})).toBe('done')
      expect(await readFile(at('anna', 'a', 'b', 'file'), 'utf8')).toBe('of the point')
    }))

  it('is reached through no link, and a link inside it is replaced, not followed', () =>
    onStage(async ({ at, restore }) => {
      await symlink(at('anna', 'out'), at('link'))
      await symlink(at('victim'), at('anna', 'out', 'sub'))
      const nothing = async () => {}
      await expect(restore(at('link'), null, nothing)).rejects.toMatchObject({
        code: 'restore-target-refused',
      })
      expect(await restore(at('anna', 'out'), null, nothing)).toBe('done')
      expect(await readFile(at('anna', 'out', 'sub', 'deep'), 'utf8')).toBe('of the point')
    }))
})

describe('a vault that the configuration does not know', () => {
  it('is told by its marker, in any folder around the target', () =>
    onStage(async ({ at, restore }) => {
      await writeFile(at('anna', 'holdfast-vault.json'), '{}')
      const work = restore(at('anna', 'out', 'new'), null, async () => {})
      await expect(work).rejects.toMatchObject({ code: 'vault-foreign' })
    }))

  it.skipIf(requires('root', 'mount'))('is told by its marker behind a bind mount of a folder in it', () =>
    onStage(async ({ at, restore }) => {
      await mkdir(at('old', 'job'), { recursive: true })
      await writeFile(at('old', 'holdfast-vault.json'), '{}')
      execFileSync('mount', ['--bind', at('old', 'job'), at('anna', 'out')])
      try {
        const work = restore(at('anna', 'out', 'new'), null, async () => {})
        await expect(work).rejects.toMatchObject({ code: 'vault-foreign' })
      } finally {
        execFileSync('umount', [at('anna', 'out')])
      }
    }),
  )
})
