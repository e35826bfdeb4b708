import type { VaultStatus } from '@holdfast/contract'
import { Box, Skeleton } from '@mantine/core'
import { Suspense } from 'react'
import { lazyPage } from '../../routing/lazy-page.ts'

/** Only those who have a disk set load what shows it. */
const DiskStrip = lazyPage(() => import('../vaults/disks/disk-strip.tsx'), 'DiskStrip')

/** The disks of all disk sets; nothing where there is none. */
export function Disks({ vaults }: { vaults: readonly VaultStatus[] }) {
  if (!vaults.some(({ disks }) => disks !== null)) return null
  return (
    <Box id="disks">
      <Suspense fallback={<Skeleton height={120} />}>
        <DiskStrip vaults={vaults} />
      </Suspense>
    </Box>
  )
}
