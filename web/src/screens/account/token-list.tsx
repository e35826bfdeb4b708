import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../layout/section.tsx'
import { EmptyState } from '../../table/states.tsx'
import { NewToken } from './new-token.tsx'
import { TokenTable } from './token-table.tsx'

export function TokenList() {
  const { t } = useTranslation('account')
  const [isNew, setIsNew] = useState(false)
  const button = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setIsNew(true)}>
      {t('tokens.new')}
    </Button>
  )
  return (
    <Section title={t('tokens.title')} lead={t('tokens.lead')} actions={button}>
      <TokenTable
        whose="own"
        label={t('tokens.title')}
        empty={<EmptyState icon={IconKey} title={t('tokens.emptyTitle')} hint={t('tokens.emptyHint')} />}
      />
      {isNew && <NewToken onClose={() => setIsNew(false)} />}
    </Section>
  )
}
