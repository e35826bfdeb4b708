import type { VaultDisk } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { columnsWorth } from './columns-worth.ts'

const point = (asset: string, jobName: string, isProtected = false, disk: VaultDisk | null = null) => ({
  asset: { kind: 'folder', key: `/srv/${asset}`, name: asset },
  jobName,
  disk,
  protected: isProtected,
})

it('shows what was protected only where the job does not say it, disks where there are some, and the mark only where one is marked', () => {
  expect(columnsWorth([point('docs', 'docs'), point('mail', 'mail')])).toEqual({
    hasAsset: false,
    hasDisk: false,
    hasProtected: false,
  })
  expect(columnsWorth([point('docs', 'docs'), point('web01', 'nightly', true)])).toEqual({
    hasAsset: true,
    hasDisk: false,
    hasProtected: true,
  })
  const monday = { uuid: '2bcebba3', label: 'Monday' }
  expect(columnsWorth([point('docs', 'docs'), point('docs', 'docs', false, monday)]).hasDisk).toBe(true)
  expect(columnsWorth([])).toEqual({ hasAsset: false, hasDisk: false, hasProtected: false })
})
