import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { missingPackages } from './find-program.ts'
import { runProgram } from './run-program.ts'

const POLICY = '/usr/sbin/policy-rc.d'
const REFUSE_SERVICES = '#!/bin/sh\nexit 101\n'

/**
 * Installs the Debian packages that tests need and that are missing; as an ordinary user it only says which they are.
 * No service is started by it. What is still missing afterwards makes its tests skip, which in CI is a failure.
 */
export async function installMissingPackages(): Promise<void> {
  const missing = missingPackages()
  if (missing.length === 0) return
  for (const { name, reason } of missing) console.log(`missing: ${name} (${reason})`)
  const names = missing.map(({ name }) => name)
  if (process.getuid?.() !== 0) {
    console.log(`Tests that need them are skipped. To run them: sudo apt-get install ${names.join(' ')}`)
    return
  }
  await withServicesRefused(async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await aptGet(['update', '--quiet=2'], env)
    await aptGet(['install', '--yes', '--quiet=2', '--no-install-recommends', ...names], env)
  })
  for (const { name } of missingPackages()) console.log(`could not install ${name}: its tests are skipped`)
}

async function aptGet(args: string[], env: Record<string, string>): Promise<void> {
  const { exitCode, output } = await runProgram('apt-get', args, { env })
  if (exitCode !== 0) console.log(`apt-get ${args[0]} failed:\n${output}`)
}

/** Debian asks policy-rc.d before it starts the service of a new package; one that is there already is respected. */
async function withServicesRefused(work: () => Promise<void>): Promise<void> {
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, REFUSE_SERVICES, { mode: 0o755 })
  try {
    await work()
  } finally {
    if (isOurs) rmSync(POLICY, { force: true })
  }
}
