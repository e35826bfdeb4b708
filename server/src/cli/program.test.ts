import { describe, expect, it } from 'vitest'
import { buildProgram } from './program.ts'
import { run, screen } from './testkit/run-command.ts'

/** Names of the commands that were loaded for a command line. */
async function loadedFor(...args: string[]): Promise<string[]> {
  const program = await buildProgram(screen().deps, args)
  return program.commands.map((command) => command.name())
}

describe('buildProgram', () => {
  it('loads the one command that the line begins with', async () => {
    expect(await loadedFor('jobs', 'list')).toEqual(['jobs'])
    expect(await loadedFor('backup-db', 'runs')).toEqual(['backup-db'])
  })

  it('loads no command for the version', async () => {
    expect(await loadedFor('--version')).toEqual([])
    expect((await run(['-V'])).stdout).toMatch(/^\d+\.\d+\.\d+/)
  })

  it.each([[], ['--help'], ['help', 'jobs'], ['jbos'], ['--local', 'jobs'], ['constructor']])(
    'loads all of them for `%s %s`',
    async (...args) => {
      const all = await loadedFor(...args)
      expect(all).toEqual(expect.arrayContaining(['status', 'jobs', 'serve', 'completion', '__complete']))
    },
  )

  it('finds every command under its own name', async () => {
    for (const name of (await loadedFor()).filter((each) => each !== '__complete'))
      expect(await loadedFor(name)).toEqual([name])
  })

  it('knows the programs that can be taken over only where somebody may read of them', async () => {
    let asked = 0
    const { deps } = screen()
    const importers = async () => {
      asked += 1
      return []
    }
    await buildProgram({ ...deps, importers }, ['--help'])
    expect(asked).toBe(0)
    await buildProgram({ ...deps, importers }, ['help', 'import'])
    expect(asked).toBe(1)
  })

  it('tells a misspelled command the nearest one', async () => {
    expect((await run(['jbos'])).stderr).toContain('Did you mean jobs?')
  })
})
