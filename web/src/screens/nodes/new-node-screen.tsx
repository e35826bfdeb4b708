import { useTranslation } from 'react-i18next'
import { NewObjectScreen } from '../objects/new-object-screen.tsx'

export function NewNodeScreen() {
  const { t } = useTranslation('nodes')
  return <NewObjectScreen kind="nodes" title={t('new')} />
}
