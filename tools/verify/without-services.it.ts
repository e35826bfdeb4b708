import { existsSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requires } from '../lab/requires.ts'
import { runProgram } from './run-program.ts'
import { withServicesHidden } from './without-services.ts'

const STARTER = '/usr/sbin/invoke-rc.d'
const missing = requires('root') || (existsSync(STARTER) ? false : 'this is not a Debian system')

test.skipIf(missing)(
  'only the command sees that services cannot be started, also when it is killed',
  async () => {
    const before = { text: readFileSync(STARTER, 'utf8'), mtimeMs: statSync(STARTER).mtimeMs }
    const [program = '', ...args] = withServicesHidden([
      'sh',
      '-c',
      `${STARTER} no-such-service start && cmp ${STARTER} /bin/true && echo hidden; kill -9 $$`,
    ])
    const { exitCode, output } = await runProgram(program, args)
    expect(output).toContain('hidden')
    expect(exitCode).not.toBe(0)
    expect({ text: readFileSync(STARTER, 'utf8'), mtimeMs: statSync(STARTER).mtimeMs }).toEqual(before)
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(STARTER)
  },
)
