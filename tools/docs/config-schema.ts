import { configDocument } from '@holdfast/contract'
import type { AnyDriver } from '../../server/src/drivers/driver.ts'
import { inputSchema, type JsonSchema } from './json-schema.ts'

/**
 * One JSON Schema for editors: what `holdfast validate` checks of a single file, and the settings of each job kind where
 * the job says that kind. Names that refer to other files are the only thing it cannot know.
 */
export function configSchema(drivers: readonly AnyDriver[]): JsonSchema {
  const schema = inputSchema(configDocument)
  const job = schema.properties?.jobs?.items
  if (!job?.properties?.kind) throw new Error('the configuration document has no jobs with a kind')
  job.properties.kind.enum = drivers.map((driver) => driver.info.kind)
  job.allOf = drivers.map((driver) => {
    const config = inputSchema(driver.config)
    delete config.$schema
    const required = [
      ...(driver.info.nodeKinds ? ['node'] : []),
      ...(driver.info.vaultKinds.length > 0 && !driver.info.vaultOptional ? ['vault'] : []),
      ...(config.required?.length ? ['config'] : []),
    ]
    return {
      if: { properties: { kind: { const: driver.info.kind } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { properties: { config }, ...(required.length > 0 ? { required } : {}) },
    }
  })
  return { ...schema, title: 'Holdfast configuration', description: 'One configuration file of Holdfast.' }
}
