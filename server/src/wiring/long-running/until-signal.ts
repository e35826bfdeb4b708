import './loaded-beforehand.ts'
import type { Environment } from '../../config.ts'
import { type Logger, openLogger } from '../../kit/log.ts'
import { readOwnSecretFile } from '../../kit/secret/secret-files.ts'
import { rememberSecret } from '../../kit/secrets.ts'
import { type ControlPlane, openControlPlane } from '../control-plane.ts'

/** Opens log and control plane, starts what is to run, and ends all of it in order at the signal. */
export async function untilSignal(
  env: Environment,
  signal: AbortSignal,
  start: (plane: ControlPlane, log: Logger) => Promise<() => Promise<void>>,
): Promise<void> {
  const { log, close } = await openServiceLog(env)
  const plane = await openControlPlane(env, log, { planLocally: false })
  try {
    const stop = await start(plane, log)
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await stop()
  } finally {
    await plane.close()
    await close()
    // Whatever hangs, a driver that does not stop for instance, must not keep a closed worker in the process table.
    setTimeout(() => process.exit(), 2000).unref()
  }
}

async function openServiceLog(env: Environment) {
  const { loki } = env
  const credentials = loki?.credentialsFile ? readOwnSecretFile(loki.credentialsFile) : null
  if (credentials !== null) rememberSecret(credentials)
  return openLogger(env.logLevel, { file: env.logFile, loki: loki && { url: loki.url, credentials } })
}
