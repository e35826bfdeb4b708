import { HoldfastError } from '@holdfast/contract'
import { cmdbSync } from './cmdb-sync/index.ts'
import { diskCopy } from './disk-copy/index.ts'
import type { AnyDriver } from './driver.ts'
import { influxdbCopy } from './influxdb-copy/index.ts'

/** Every job kind there is. A new one costs its folder and one line here. */
export const DRIVERS: readonly AnyDriver[] = [diskCopy, influxdbCopy, cmdbSync]

export function driverOf(kind: string, drivers: readonly AnyDriver[] = DRIVERS): AnyDriver {
  const driver = drivers.find((candidate) => candidate.info.kind === kind)
  if (driver) return driver
  const kinds = drivers.map((candidate) => candidate.info.kind).join(', ')
  throw new HoldfastError('config-invalid', `no job kind is called "${kind}"`, {
    hint: `Use one of: ${kinds}.`,
  })
}
