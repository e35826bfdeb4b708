import { DRIVERS } from '../../server/src/drivers/registry.ts'
import { cliPage } from './cli-page.ts'
import { configSchema } from './config-schema.ts'
import { configurationPage, jobKindsPage } from './configuration-page.ts'
import { environmentPage } from './environment-page.ts'
import { errorsPage, exitCodesPage } from './error-pages.ts'

export const REFERENCE_DIR = new URL('../../docs/reference/', import.meta.url)

/** Every generated file of docs/reference, by name. */
export async function referenceFiles(): Promise<Record<string, string>> {
  return {
    'cli.md': await cliPage(),
    'config.schema.json': `${JSON.stringify(configSchema(DRIVERS), null, 2)}\n`,
    'configuration.md': configurationPage(),
    'environment.md': environmentPage(),
    'errors.md': errorsPage(),
    'exit-codes.md': exitCodesPage(),
    'job-kinds.md': jobKindsPage(DRIVERS),
  }
}
