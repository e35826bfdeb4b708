import { expect, it } from 'vitest'
import { catalogProblems } from '../domain/phrases/phrases.testkit.ts'
import { DRIVERS } from './registry.ts'

it.each(DRIVERS)('runs of $info.kind say the same in every language', ({ info }) => {
  expect(info.phrases && catalogProblems(info.phrases)).toEqual([])
})
