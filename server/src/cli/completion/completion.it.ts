import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../testkit/run-command.ts'

describe('the bash script', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-bash-'))
    const kit = fileURLToPath(new URL('../testkit/run-command.ts', import.meta.url))
    const program = `import { run, sampleControl } from ${JSON.stringify(kit)}
const result = await run(process.argv.slice(2), { control: sampleControl() })
process.stdout.write(result.stdout)
process.exitCode = result.exitCode
`
    await writeFile(join(folder, 'main.ts'), program)
    const script = `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'main.ts')}' "$@"\n`
    await writeFile(join(folder, 'holdfast'), script, { mode: 0o755 })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** What bash would offer for a line, the cursor at its end. */
  async function bash(...line: string[]): Promise<string[]> {
    const program = `
      source <(holdfast completion bash)
      complete -p holdfast >/dev/null || exit 9
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _holdfast
      printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', program, 'bash', ...line], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
      cwd: folder,
    })
    return stdout.split('\n').filter(Boolean)
  }

  it('completes commands, quotes names with blanks, and leaves files to bash', async () => {
    expect(await bash('holdfast', 'sta')).toEqual(['status'])
    expect(await bash('holdfast', 'run', '')).toEqual(['nightly\\ files', 'photos'])
    expect(await bash('holdfast', 'run', 'nightly\\ f')).toEqual(['nightly\\ files'])
    expect(await bash('holdfast', 'plan', '--job', '=', 'ph')).toEqual(['photos'])
    expect(await bash('holdfast', 'apply', 'ma')).toEqual(['main.ts'])
  })

  it('is text that each shell can read', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout } = await run(['completion', shell])
      expect(stdout).toContain('__complete --')
    }
  })
})
