import { useTranslation } from 'react-i18next'
import { NewObjectScreen } from '../objects/new-object-screen.tsx'

export function NewNotificationScreen() {
  const { t } = useTranslation('notifications')
  return <NewObjectScreen kind="notifications" title={t('new')} />
}
