import { IconShieldCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDurationText } from '../../forms/widgets/duration-text.ts'
import type { Column } from '../../table/columns.ts'
import type { AnyObject } from '../objects/object-api.ts'
import { ObjectListScreen } from '../objects/object-list-screen.tsx'
import { RetentionText } from './retention-text.tsx'
import { VerificationText } from './verification-text.tsx'

/** All policies, each told in words. */
export function PoliciesScreen() {
  return <ObjectListScreen kind="policies" icon={IconShieldCheck} columns={usePolicyColumns()} />
}

function usePolicyColumns(): Column<AnyObject>[] {
  const { t } = useTranslation(['policies', 'shell'])
  const durationText = useDurationText()
  return useMemo(
    () => [
      {
        id: 'retention',
        title: t('policies:retention'),
        cell: ({ spec }) => <RetentionText retention={spec.retention} />,
      },
      {
        id: 'rpo',
        title: t('policies:rpo'),
        cell: ({ spec }) => (typeof spec.rpo === 'string' ? durationText(spec.rpo) : t('shell:common.none')),
      },
      {
        id: 'verification',
        title: t('policies:verification'),
        cell: ({ spec }) => <VerificationText verification={spec.verification} />,
      },
    ],
    // The texts of durations change with the language, as `t` does.
    [t, durationText],
  )
}
