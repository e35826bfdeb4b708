import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconCalendarTime, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/queries.ts'
import { useMe } from '../session/me.ts'
import { menuFor } from './menu.ts'

/** Ctrl+K: every page, and the jobs whose name holds what is typed. */
export function Palette() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { permissions } = useMe()
  const [query, setQuery] = useState('')
  const [sought] = useDebouncedValue(query.trim(), 150)
  const { data } = useApi(
    'GET /api/jobs',
    { query: { q: sought, limit: 8 } },
    { enabled: sought !== '', keepPrevious: true },
  )
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('palette.pages'),
      actions: menuFor(permissions).map(({ to, word, icon: Icon }) => ({
        id: to,
        label: t(`menu.${word}`),
        leftSection: <Icon size={18} aria-hidden />,
        onClick: () => void navigate({ to }),
      })),
    },
    {
      group: t('palette.jobs'),
      actions: (sought === '' ? [] : (data?.items ?? [])).map(({ id, name, kind, description }) => ({
        id,
        label: name,
        description: description ?? kind,
        leftSection: <IconCalendarTime size={18} aria-hidden />,
        onClick: () => void navigate({ to: `/jobs/${encodeURIComponent(name)}` as string }),
      })),
    },
  ]
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      nothingFound={t('palette.nothing')}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
      highlightQuery
      scrollable
      maxHeight={420}
    />
  )
}
