import { expect, it } from 'vitest'
import { columnsWorth } from './columns-worth.ts'

const point = (asset: string, jobName: string, isProtected = false) => ({
  asset: { kind: 'folder', key: `/srv/${asset}`, name: asset },
  jobName,
  protected: isProtected,
})

it('shows what was protected only where the job does not say it, and the mark only where one is marked', () => {
  expect(columnsWorth([point('docs', 'docs'), point('mail', 'mail')])).toEqual({
    hasAsset: false,
    hasProtected: false,
  })
  expect(columnsWorth([point('docs', 'docs'), point('web01', 'nightly', true)])).toEqual({
    hasAsset: true,
    hasProtected: true,
  })
  expect(columnsWorth([])).toEqual({ hasAsset: false, hasProtected: false })
})
