import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconCalendarTime, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/queries.ts'
import { useMe } from '../session/me.ts'
import { menuFor } from './menu.ts'

const [store, controls] = createSpotlight()

/** Opens and closes the palette from anywhere. */
export const palette = controls

/** Ctrl+K: every page, and the jobs whose name holds what is typed. */
export function Palette() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { permissions } = useMe()
  const [query, setQuery] = useState('')
  const [sought] = useDebouncedValue(query.trim(), 150)
  const { data, isFetching, isPlaceholderData } = useApi(
    'GET /api/jobs',
    { query: { q: sought, limit: 8 } },
    { enabled: sought !== '', keepPrevious: true },
  )
  const isSeeking = query.trim() !== sought || (sought !== '' && (isPlaceholderData || (isFetching && !data)))
  const { beforeEnter } = useFirstSelected({ query, found: data, isSeeking })
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
      store={store}
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      nothingFound={t('palette.nothing')}
      searchProps={{
        onKeyDownCapture: beforeEnter,
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

/**
 * What is first is what Enter chooses, whatever was selected before the answer came; an Enter that comes before the answer
 * waits for it. Spotlight selects once when the text changes, which is before there are any jobs.
 */
function useFirstSelected(options: { query: string; found: unknown; isSeeking: boolean }) {
  const { query, found, isSeeking } = options
  const isWaiting = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found and sought is what it waits for
  useEffect(() => {
    if (query.trim() === '') isWaiting.current = false
    // After Spotlight has done its own selecting.
    const timer = setTimeout(() => {
      selectFirst()
      if (isSeeking || !isWaiting.current) return
      isWaiting.current = false
      chooseSelected()
    })
    return () => clearTimeout(timer)
  }, [query, found, isSeeking])
  const beforeEnter = (event: KeyboardEvent) => {
    const isEnter = event.key === 'Enter' && !event.nativeEvent.isComposing
    isWaiting.current = isEnter && isSeeking
    if (isWaiting.current) event.stopPropagation()
  }
  return { beforeEnter }
}

const list = () => document.getElementById(store.getState().listId)

function selectFirst(): void {
  const first = list()?.querySelector('[data-action]')
  list()?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  first?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: first ? 0 : -1 }))
}

function chooseSelected(): void {
  list()?.querySelector<HTMLElement>('[data-selected]')?.click()
}
