import { Badge, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './status-badge.module.css'
import type { StatusLook } from './status-map.ts'

/** A state as icon, word and colour; never colour alone. `tip` says why. */
export function StatusBadge({ look, tip }: { look: StatusLook; tip?: string }) {
  const { t } = useTranslation()
  const Icon = look.icon
  const badge = (
    <Badge
      className={classes.badge ?? ''}
      data-hatched={look.hatched || undefined}
      color={look.color}
      variant="light"
      radius="sm"
      leftSection={<Icon size={13} aria-hidden className={look.moving ? classes.moving : undefined} />}
      {...(tip === undefined ? {} : { tabIndex: 0 })}
    >
      {t(`status.${look.word}`)}
    </Badge>
  )
  return tip === undefined ? badge : <Tooltip label={tip}>{badge}</Tooltip>
}

/** Only icon and colour, with the word for those who cannot see them: for places where the word stands beside. */
export function StatusIcon({ look, size = 16 }: { look: StatusLook; size?: number }) {
  const { t } = useTranslation()
  const Icon = look.icon
  return (
    <Tooltip label={t(`status.${look.word}`)}>
      <Icon
        size={size}
        role="img"
        aria-label={t(`status.${look.word}`)}
        color={`var(--mantine-color-${look.color}-text)`}
        className={look.moving ? classes.moving : undefined}
        style={{ flexShrink: 0 }}
      />
    </Tooltip>
  )
}
