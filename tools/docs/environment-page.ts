import { remoteEnvironmentSchema } from '../../server/src/cli/remote/environment.ts'
import { environmentSchema } from '../../server/src/config.ts'
import { fieldTable } from './field-table.ts'
import { inputSchema } from './json-schema.ts'
import { page } from './page.ts'

export function environmentPage(): string {
  return page('Environment', [
    'Variables that Holdfast reads once when it starts. A value that cannot be used ends it with [environment-invalid](errors.md#environment-invalid).',
    fieldTable(inputSchema(environmentSchema.extend(remoteEnvironmentSchema.shape))).replace(
      '| Field |',
      '| Variable |',
    ),
  ])
}
