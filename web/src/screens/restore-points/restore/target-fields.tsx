import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../forms/widgets/use-names.ts'
import { nodeTarget, splitTarget } from './restore-request.ts'

interface TargetProps {
  target: string
  /** Whether what is missing or wrong is to be told. */
  isChecked: boolean
  onChange(target: string): void
}

/** The folder that a restore goes to. */
export function FolderTarget({ target, isChecked, onChange }: TargetProps) {
  const { t } = useTranslation('points')
  const isWrong = isChecked && !target.trim().startsWith('/')
  return (
    <TextInput
      label={t('restore.target')}
      description={t('restore.targetHint')}
      value={target}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={isWrong && t('restore.targetInvalid')}
      autoComplete="off"
      spellCheck={false}
      required
      data-autofocus
    />
  )
}

/** The node that a restore goes to, of the kinds that will do, and the database there. */
export function NodeTarget({
  target,
  kinds,
  isChecked,
  onChange,
}: TargetProps & { kinds: readonly string[] }) {
  const { t } = useTranslation(['points', 'forms'])
  const names = useNames('nodes', kinds)
  const { node, database } = splitTarget(target)
  return (
    <>
      <Select
        label={t('points:restore.node')}
        data={names}
        value={node === '' ? null : node}
        placeholder={t('forms:reference.choose')}
        nothingFoundMessage={t('forms:reference.nothing')}
        onChange={(name) => onChange(nodeTarget(name ?? '', database))}
        error={isChecked && node === '' && t('points:restore.nodeMissing')}
        searchable
        openOnFocus={false}
        required
        data-autofocus
      />
      <TextInput
        label={t('points:restore.database')}
        description={t('points:restore.databaseHint')}
        value={database}
        onChange={(event) => onChange(nodeTarget(node, event.currentTarget.value))}
        error={isChecked && database === '' && t('points:restore.databaseMissing')}
        autoComplete="off"
        spellCheck={false}
        required
      />
    </>
  )
}
