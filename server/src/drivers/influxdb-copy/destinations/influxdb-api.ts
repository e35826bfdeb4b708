import { HoldfastError, type PlanItem } from '@holdfast/contract'
import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { fillWindow } from '../copying/copy-window.ts'
import type { Place } from '../copying/lane.ts'
import { WindowReader } from '../copying/window-reader.ts'
import { isSelected, selectFields } from '../planning/select.ts'
import type { DatabaseContents } from '../planning/windows.ts'
import { sendWindow } from '../restore/restore-window.ts'
import { say } from '../texts/texts.ts'
import type { Destination, Taking } from './destination.ts'

/**
 * InfluxDB 2.x and 3.x by the interface for clients of 1.x. They take points only: their buckets and databases are the
 * user's to make, and what has arrived is not read back.
 */
export function influxdbApi(server: InfluxServer): Destination {
  const is3 = server.product === 'influxdb-3'
  return {
    isReadBack: false,
    check: async (signal) => {
      const { version } = await server.ping(signal)
      return [
        { level: 'ok', subject: 'destination', message: `InfluxDB ${version} answers` },
        {
          level: 'warning',
          subject: 'destination',
          message: 'what is copied there is not compared',
          hint: 'Count the points of some measurements at both ends after the first copy.',
        },
      ]
    },
    write: async (lines, place) => {
      await server.write(lines, place).catch((error: unknown) => {
        throw is3 ? error : withMapping(error, place)
      })
    },
    look: async (taking) => {
      if (is3) await refuseSharedNames(taking)
      return {
        copier: ({ reading, lane, signal }) => {
          const source = new WindowReader(reading)
          return { copy: (window) => fillWindow({ source, lane, signal }, window) }
        },
        restorer: (restoring) => ({
          restore: (record, window) => sendWindow(restoring, record, window),
        }),
        items: (contents) => itemsOf(contents, is3),
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Databases and retention policies of 1.x have names in 2.x only where a mapping gives them. */
function withMapping(error: unknown, { db, rp }: Place): unknown {
  if (!(error instanceof HoldfastError) || error.code !== 'database-absent') return error
  const mapping = `influx v1 dbrp create --db ${JSON.stringify(db)} --rp ${JSON.stringify(rp)} --bucket-id ID`
  return new HoldfastError(error.code, error.message, {
    hint: `Make a bucket for it, and the mapping that gives it this name: ${mapping}`,
    details: error.details ?? {},
    cause: error,
  })
}

/** InfluxDB 3 has one list of columns for both. Throws `points-refused` before anything is written. */
async function refuseSharedNames({ tagKeys, databases, config }: Taking): Promise<void> {
  for (const { name: db, policies } of databases)
    for (const { policy, measurements } of policies) {
      if (!isSelected(policy.name, config.retentionPolicies)) continue
      const tags = await tagKeys(db, policy.name)
      for (const [measurement, types] of measurements) {
        if (!isSelected(measurement, config.measurements)) continue
        const fields = selectFields(config, measurement, types) ?? [...types.keys()]
        const shared = fields.filter((field) => tags.get(measurement)?.includes(field))
        if (shared.length > 0) throw sharedNames(db, measurement, shared)
      }
    }
}

function sharedNames(database: string, measurement: string, names: string[]): HoldfastError {
  return new HoldfastError(
    'points-refused',
    `InfluxDB 3 cannot take the measurement "${measurement}" of the database "${database}": it has tags and fields of the same names, ${names.join(', ')}`,
    {
      hint: 'Leave this measurement out, or in a job these fields of it: InfluxDB 3 keeps no tag and field of one name.',
      details: { database, measurement, names, reason: 'name' },
    },
  )
}

function itemsOf({ as, policies }: DatabaseContents, is3: boolean): PlanItem[] {
  const names = policies.map(({ policy }) => `${as}/${policy.name}`).join(', ')
  return [
    {
      what: say('model.notMade', { names }),
      reason: is3 ? say('model.databasesOf3') : say('model.bucketsOf2'),
      expectedBytes: null,
    },
    { what: say('model.notCompared'), reason: say('model.noReadingBack'), expectedBytes: null },
  ]
}
