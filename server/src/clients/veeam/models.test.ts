import { expect, it } from 'vitest'
import * as models from './models.ts'
import { ServerClock } from './server-clock.ts'

const { jobState } = models.modelsWith(new ServerClock('Europe/Prague'))

it('fails for nothing but a missing identity', () => {
  const odd = {
    id: 'A',
    name: 7,
    type: null,
    status: {},
    hostId: 5,
    capacityGB: 'much',
    path: [],
    isOnline: 'yes',
  }
  expect(models.repository.parse(odd)).toMatchObject({
    id: 'a',
    name: '',
    type: '',
    capacityGb: null,
    path: null,
  })
  expect(models.proxy.parse(odd)).toMatchObject({ id: 'a', hostId: null, isOnline: null })
  expect(models.scaleOutRepository.parse({ ...odd, performanceTier: 'none' }).performanceExtentIds).toEqual(
    [],
  )
  expect(jobState.parse({ ...odd, lastRun: 'never', nextRun: 5 })).toMatchObject({
    lastRun: null,
    nextRun: null,
  })
  expect(models.job.parse({ ...odd, storage: [] })).toMatchObject({ proxyIds: [] })
  expect(models.managedServer.safeParse({ name: 'x' }).success).toBe(false)
})
