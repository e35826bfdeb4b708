import { withDiskErrors } from '../../../clients/disks/disk-error.ts'
import { keeperOf } from '../../../point-directories/keeper.ts'
import { openPoint } from '../../../point-directories/point-directory.ts'
import type { PointKeeper } from '../../driver.ts'
import { listEntries } from './entries.ts'
import { databasePoints, jobLock } from './layout.ts'
import { verifyDatabase } from './verify.ts'

export const influxdbPoints: PointKeeper = {
  ...keeperOf(databasePoints, jobLock),
  verify: (cx, vault, point, how) => withDiskErrors(() => verifyDatabase(cx, vault, point, how)),
  entries: (vault, point, query) =>
    withDiskErrors(async () =>
      listEntries(await openPoint(databasePoints, vault.path, point, query.log), query),
    ),
}
