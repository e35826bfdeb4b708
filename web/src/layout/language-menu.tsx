import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconLanguage } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useChange } from '../api/queries.ts'
import { changeLanguage, LANGUAGES, type Language } from '../language/language.ts'
import { meQuery } from '../session/me.ts'

/** Switches the language at once; for somebody signed in also for their other browsers. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const queryClient = useQueryClient()
  const change = useChange('PUT /api/auth/me', {
    onDone: (me) => queryClient.setQueryData(meQuery.queryKey, me),
  })
  const choose = (language: Language) => {
    void changeLanguage(language)
    const me = queryClient.getQueryData(meQuery.queryKey)
    if (me) change.mutate({ body: { language, timeZone: me.user.timeZone } })
  }
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={t('header.language')} title={t('header.language')}>
          <IconLanguage size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={language === i18n.language && <IconCheck size={14} aria-hidden />}
            aria-current={language === i18n.language || undefined}
            onClick={() => choose(language)}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
