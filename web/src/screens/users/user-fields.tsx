import type { NotificationLanguage, Role } from '@holdfast/contract'
import { MultiSelect, Radio, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/queries.ts'
import { isLanguage, LANGUAGES } from '../../language/language.ts'
import { TimeZoneSelect } from '../account/time-zone-select.tsx'
import { isUserName } from './user-name.ts'

/** What a user is made of in both forms, as it is entered. */
export interface UserDraft {
  name: string
  role: Role
  /** Null: all nodes. */
  nodes: string[] | null
  language: NotificationLanguage
  timeZone: string
}

const ROLES = ['viewer', 'operator', 'admin'] as const satisfies Role[]
const LANGUAGE_CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))

export function isDraftValid({ name, nodes }: UserDraft): boolean {
  return isUserName(name) && (nodes === null || nodes.length > 0)
}

interface UserFieldsProps {
  draft: UserDraft
  /** What is missing is told once somebody has tried to save. */
  isChecked: boolean
  onChange(draft: UserDraft): void
}

export function UserFields({ draft, isChecked, onChange }: UserFieldsProps) {
  const { t } = useTranslation(['users', 'shell'])
  const change = (part: Partial<UserDraft>) => onChange({ ...draft, ...part })
  return (
    <Stack>
      <TextInput
        label={t('users:form.name')}
        description={t('users:form.nameHint')}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={(isChecked || draft.name !== '') && !isUserName(draft.name) && t('users:form.nameInvalid')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <Radio.Group
        label={t('users:form.role')}
        value={draft.role}
        onChange={(value) => {
          const role = ROLES.find((one) => one === value) ?? 'viewer'
          change(role === 'admin' ? { role, nodes: null } : { role })
        }}
      >
        <Stack gap="xs" mt={6}>
          {ROLES.map((role) => (
            <Radio
              key={role}
              value={role}
              size="sm"
              label={t(`shell:role.${role}`)}
              description={t(`users:form.roleHint.${role}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <NodeLimit draft={draft} onChange={change} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('users:list.language')}
          data={LANGUAGE_CHOICES}
          value={draft.language}
          onChange={(value) => isLanguage(value) && change({ language: value })}
          allowDeselect={false}
        />
        <TimeZoneSelect
          label={t('users:list.timeZone')}
          value={draft.timeZone}
          onChange={(timeZone) => change({ timeZone })}
        />
      </SimpleGrid>
    </Stack>
  )
}

function NodeLimit({ draft, onChange }: { draft: UserDraft; onChange(part: Partial<UserDraft>): void }) {
  const { t } = useTranslation('users')
  const nodes = useApi('GET /api/nodes', { query: { limit: 200 } }, { enabled: draft.nodes !== null })
  const names = nodes.data?.items.map(({ spec }) => spec.name) ?? []
  const isAdmin = draft.role === 'admin'
  return (
    <Stack gap="xs">
      <Switch
        size="sm"
        label={t('form.limit')}
        description={isAdmin ? t('form.limitAdmin') : t('form.limitHint')}
        checked={draft.nodes !== null}
        disabled={isAdmin}
        onChange={(event) => onChange({ nodes: event.currentTarget.checked ? [] : null })}
      />
      {draft.nodes !== null && (
        <MultiSelect
          label={t('form.nodes')}
          placeholder={draft.nodes.length === 0 ? t('form.nodesPlaceholder') : ''}
          data={[...new Set([...names, ...draft.nodes])]}
          value={draft.nodes}
          onChange={(chosen) => onChange({ nodes: chosen })}
          error={draft.nodes.length === 0 && t('form.nodesMissing')}
          searchable
        />
      )}
    </Stack>
  )
}
