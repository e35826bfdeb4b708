import type { policies as english } from '../en/policies.ts'
import type { Same } from '../same.ts'

export const policies: Same<typeof english> = {
  title: 'Richtlinien',
  lead: 'Was versprochen ist: wie lange Wiederherstellungspunkte bleiben, wie alt der neueste sein darf, wie sie geprüft werden.',
  new: 'Neue Richtlinie',
  emptyTitle: 'Noch keine Richtlinie',
  emptyHint: 'Ohne Richtlinie wird nie etwas entfernt, und niemand kann sagen, ob ein Job gedeckt ist.',
  retention: 'Aufbewahrung',
  rpo: 'RPO',
  verification: 'Prüfung',
  keepsAll: 'Behält alles',
  keeps: 'Behält {{list}}',
  keep: {
    last_one: 'den neuesten',
    last_other: 'die {{count}} neuesten',
    hourly_one: '1 stündlichen',
    hourly_other: '{{count}} stündliche',
    daily_one: '1 täglichen',
    daily_other: '{{count}} tägliche',
    weekly_one: '1 wöchentlichen',
    weekly_other: '{{count}} wöchentliche',
    monthly_one: '1 monatlichen',
    monthly_other: '{{count}} monatliche',
    yearly_one: '1 jährlichen',
    yearly_other: '{{count}} jährliche',
  },
  check: {
    none: 'Nicht geprüft',
    sample: 'Stichprobe von {{share}} % nach jedem Lauf',
    full: 'Alles nach jedem Lauf',
  },
}
