import type { VaultStatus } from '@holdfast/contract'
import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { useApi } from '../../api/queries.ts'
import { useFormat } from '../../format/use-format.ts'
import type { JsonObject } from '../../forms/model/field.ts'
import { Facts } from '../../layout/facts.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { ObjectScreen } from '../objects/object-screen.tsx'
import { isBayEmpty } from './disks/disk-model.ts'
import { DiskWall } from './disks/disk-wall.tsx'
import { useForecastText } from './forecast-text.ts'

/** One vault. */
export function VaultScreen() {
  return <ObjectScreen kind="vaults" facts={({ id, spec }) => <VaultFacts id={id} spec={spec} />} />
}

function VaultFacts({ id, spec }: { id: string; spec: JsonObject }) {
  const { t } = useTranslation('vaults')
  const format = useFormat()
  const forecastText = useForecastText()
  const { data } = useApi('GET /api/status')
  const vault = data?.vaults.find((one) => one.id === id)
  if (!vault) return null
  const freeText = ({ freeBytes, problem, pointCount, disks }: VaultStatus) => {
    if (freeBytes !== null) return format.bytes(freeBytes)
    // Each disk has room of its own, which stands with it.
    if (disks !== null) return null
    return t(problem === null && pointCount === 0 ? 'notYet' : 'unreachable')
  }
  return (
    <Stack>
      {vault.problem && !isBayEmpty(vault.problem) && <VaultProblem problem={vault.problem} />}
      <Facts
        facts={[
          { name: t('points'), value: format.number(vault.pointCount) },
          { name: t('size'), value: format.bytes(vault.sizeBytes) },
          {
            name: t('free'),
            value: freeText(vault),
          },
          { name: t('forecast'), value: forecastText(vault.forecast) },
        ]}
      />
      {vault.disks !== null && <DiskWall vaultId={id} spec={spec} />}
    </Stack>
  )
}

/** What speaks against it, as soon as it is saved: before a run fails for it. */
function VaultProblem({ problem }: { problem: NonNullable<VaultStatus['problem']> }) {
  const { t } = useTranslation('vaults')
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('problem')}
      </Text>
      <ProblemAlert
        error={new ApiProblem({ status: 0, code: problem.code, detail: problem.message, hint: problem.hint })}
      />
    </Stack>
  )
}
