import { existsSync } from 'node:fs'
import { missingPackages } from './find-program.ts'
import { type ProgramEnd, runProgram } from './run-program.ts'
import { canHideServices, withServicesHidden } from './without-services.ts'

const POLICY = '/usr/sbin/policy-rc.d'

/**
 * Installs Debian packages that are missing, of all that tests need or of the ones named; as an ordinary user it only
 * says which they are. No service is started by it. `consequence` tells what happens while they are missing: in the
 * tests those that need them skip, which in CI is a failure.
 */
export async function installMissingPackages(
  consequence = 'Tests that need them are skipped',
  only?: readonly string[],
): Promise<void> {
  const find = () => missingPackages().filter(({ name }) => !only || only.includes(name))
  const missing = find()
  if (missing.length === 0) return
  for (const { name, reason } of missing) console.log(`missing: ${name} (${reason})`)
  const names = missing.map(({ name }) => name)
  const byHand = `${consequence}. To install them: sudo apt-get install ${names.join(' ')}`
  if (process.getuid?.() !== 0) return console.log(byHand)
  const canHide = await canHideServices()
  // Where no mount is allowed, as in most containers, such a policy refuses services already.
  if (!canHide && !existsSync(POLICY)) {
    console.log('Nothing is installed: here it could not be kept from starting services.')
    return console.log(byHand)
  }
  await aptGet(['update', '--quiet=2'], canHide)
  await aptGet(['install', '--yes', '--quiet=2', '--no-install-recommends', ...names], canHide)
  for (const { name } of find()) console.log(`could not install ${name}. ${consequence}.`)
}

async function aptGet(args: readonly string[], canHide: boolean): Promise<void> {
  const [program = '', ...rest] = canHide ? withServicesHidden(['apt-get', ...args]) : ['apt-get', ...args]
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const { exitCode, output }: ProgramEnd = await runProgram(program, rest, { env })
  if (exitCode !== 0) console.log(`apt-get ${args[0]} failed:\n${output}`)
}
