import { useTranslation } from 'react-i18next'
import { NewObjectScreen } from '../objects/new-object-screen.tsx'

export function NewVaultScreen() {
  const { t } = useTranslation('vaults')
  return <NewObjectScreen kind="vaults" title={t('new')} />
}
