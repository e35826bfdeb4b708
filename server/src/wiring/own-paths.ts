import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { savedLoginFile } from '../cli/remote/saved-login.ts'
import type { Environment } from '../config.ts'

/**
 * Where Holdfast keeps what it lives on and what others must not read or replace: nothing is ever restored there. Of a
 * file it is the directory around it, which a restore could fill; the file alone where that is / and would be everything.
 */
export function ownPaths(env: Environment, processEnv: NodeJS.ProcessEnv): string[] {
  const { dataDir, selfBackup, secretKeyFile, secretFiles, logFile, tls, loki } = env
  const directories = [dataDir, selfBackup?.dir, secretFiles.directory, secretFiles.credentials]
  const files = [
    ...[secretKeyFile, ...secretFiles.withheld, logFile?.path, loki?.credentialsFile],
    ...[tls?.certFile, tls?.keyFile, savedLoginFile(processEnv)],
  ]
  const around = files.map((file) => (file === undefined || dirname(file) === '/' ? file : dirname(file)))
  const places = [...directories, ...around].filter((place) => place !== undefined && place !== '/')
  return [...new Set(places as string[])]
}

/** The folders that this installation is made of. A `data` beside them is for what somebody tries out. */
export function installedFolders(): string[] {
  const installation = fileURLToPath(new URL('../../..', import.meta.url))
  return readdirSync(installation, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'data')
    .map(({ name }) => join(installation, name))
}
