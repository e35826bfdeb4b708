import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HoldfastError } from '@holdfast/contract'
import { listen } from '../../api/listen.ts'
import { buildServer } from '../../api/server.ts'
import type { ServerDeps } from '../../api/server-deps.ts'
import type { LocalCommands } from '../../cli/deps.ts'
import { type Environment, readEnvironment } from '../../config.ts'
import { DRIVERS } from '../../drivers/registry.ts'
import { startHooks } from '../../engine/configuration/start-hooks.ts'
import type { Logger } from '../../kit/log.ts'
import { idempotencyStore } from '../../store/accounts/idempotency.ts'
import { isDatabaseReady } from '../../store/control-database.ts'
import { changeSource } from '../../store/events.ts'
import { metricsSource } from '../../store/metrics.ts'
import { type ControlPlane, secretResolver } from '../control-plane.ts'
import { PHRASES } from '../phrases.ts'
import { exposureWarnings } from './exposure-warnings.ts'
import { untilSignal } from './until-signal.ts'

type ServeOptions = Parameters<LocalCommands['serve']>[0]

const WEB_ROOT = fileURLToPath(new URL('../../../../web/dist', import.meta.url))

/** Serves API and web pages until the signal, and executes runs unless told not to. */
export async function serve(
  env: Environment,
  options: ServeOptions,
  say: (text: string) => void,
): Promise<void> {
  const own = options.listen === undefined ? env : listeningAt(env, options.listen)
  await untilSignal(own, options.signal, async (plane, log) => {
    const app = await buildServer(await serverDeps(own, plane, log))
    const worker = options.worker
      ? await plane.startWorker({ site: options.site, concurrency: options.concurrency })
      : null
    try {
      const address = await listen(app, own.listen)
      await greet(plane, own.url ?? address, say)
      for (const warning of exposureWarnings(own)) log.warn({ host: own.listen.host }, warning)
    } catch (error) {
      await worker?.stop()
      await app.close()
      throw error
    }
    return async () => {
      await app.close()
      await worker?.stop()
    }
  })
}

function listeningAt(env: Environment, address: string): Environment {
  return { ...env, listen: readEnvironment({ ...process.env, HOLDFAST_LISTEN: address }).listen }
}

async function serverDeps(env: Environment, plane: ControlPlane, log: Logger): Promise<ServerDeps> {
  const { database, deps } = plane
  const onError = (error: Error) => log.warn({ reason: error.message }, 'live events were interrupted')
  return {
    controlFor: plane.controlFor,
    access: plane.access,
    idempotency: idempotencyStore(database.db),
    changes: changeSource({ connection: database.connection, onError }),
    metrics: metricsSource(database.db),
    startHooks: startHooks({ store: deps.store, log, resolveSecret: secretResolver(env, deps.store) }),
    isReady: () => isDatabaseReady(database),
    kinds: DRIVERS.map(({ info, config }) => ({
      kind: info.kind,
      collection: info.collection,
      config,
      texts: info.texts,
    })),
    phrases: PHRASES,
    webRoot: existsSync(path.join(WEB_ROOT, 'index.html')) ? WEB_ROOT : null,
    publicUrl: env.url ?? null,
    listenHost: env.listen.host,
    trustProxy: env.trustedProxies,
    tls: env.tls ? await readTls(env.tls) : null,
    log,
    now: deps.now,
    version: installedVersion(),
  }
}

async function readTls({ certFile, keyFile }: NonNullable<Environment['tls']>) {
  try {
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HoldfastError('environment-invalid', `the certificate or its key cannot be read: ${reason}`, {
      cause: error,
    })
  }
}

/** The set-up link goes to standard output only: it opens everything, and logs are kept and sent around. */
async function greet(plane: ControlPlane, address: string, say: (text: string) => void): Promise<void> {
  const token = await plane.access.newSetupToken()
  say(`Holdfast is served at ${address}`)
  if (token) say(`Make the first user, once: ${address}/setup#token=${token}`)
}

export function installedVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
