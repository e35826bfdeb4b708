import { useTranslation } from 'react-i18next'
import { NewObjectScreen } from '../objects/new-object-screen.tsx'

export function NewPolicyScreen() {
  const { t } = useTranslation('policies')
  return <NewObjectScreen kind="policies" title={t('new')} />
}
