import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const de: Translated<typeof en> = {
  'step.plan': 'Planen',
  'step.verify': 'Wiederherstellungspunkt prüfen',
  'step.prune': 'Entfernen, was die Aufbewahrung nicht behält',
  'count.removedPoints': 'Wiederherstellungspunkte entfernt',
  'count.good': 'unversehrt',
  'count.damaged': 'beschädigt',
  'count.checkedItems': 'Einträge geprüft',
  'count.checkedBytes': 'Bytes geprüft',

  'check.summary': {
    one: '{good} von {count} Wiederherstellungspunkt ist, was sein Manifest verspricht',
    other: '{good} von {count} Wiederherstellungspunkten sind, was ihre Manifeste versprechen',
  },
  'warning.pointGone':
    'Der Wiederherstellungspunkt {point} vom {takenAt, date} liegt nicht mehr auf dem Vault',

  'waiting.window': 'das Zeitfenster, das am {opensAt, date} öffnet',
  'waiting.workerStopped': 'einen Worker, denn der letzte wurde beendet; der Lauf wird neu geplant',
  'waiting.attempt': 'Versuch {next} von {attempts} in {pause, duration}: {error}',
  'waiting.lock': '{lock}: gehalten von {holder}',
  'waiting.lockOfRun': '{lock}: gehalten von {run} des Jobs {job}',
  'waiting.lockFull': '{lock}: {held} von {limit} Läufen, {holders}',
  'waiting.lockQueue': '{lock}: {run} wartet schon länger',

  'retention.noRules': 'keine Aufbewahrungsregeln: nichts wird entfernt',
  'retention.noneGood': 'es gibt keinen guten Wiederherstellungspunkt: nichts wird entfernt',
  'retention.newestGood': 'der neueste gute Wiederherstellungspunkt bleibt immer',
  'retention.newestComplete': 'der neueste vollständige Wiederherstellungspunkt bleibt immer',
  'retention.newestDamaged': 'beschädigt, aber es gibt keinen neueren guten Wiederherstellungspunkt',
  'retention.protected': 'gesperrt',
  'retention.inUse': 'von einer Wiederherstellung oder Prüfung in Gebrauch',
  'retention.besideByHand': 'ohne die von Hand gestarteten Läufe würde eine Regel ihn behalten',
  'retention.ahead': 'in der Zukunft datiert: die Uhr ging falsch, als er gemacht wurde',
  'retention.unwanted': 'keine Regel verlangt ihn',
  'retention.damaged': 'Prüfung nicht bestanden, und es gibt einen neueren guten Wiederherstellungspunkt',
  'retention.last': 'letzter {place} von {count}',
  'retention.hourly': 'neuester von {period} (stündlich {place} von {count})',
  'retention.daily': 'neuester von {period} (täglich {place} von {count})',
  'retention.weekly': 'neuester von {period} (wöchentlich {place} von {count})',
  'retention.monthly': 'neuester von {period} (monatlich {place} von {count})',
  'retention.yearly': 'neuester von {period} (jährlich {place} von {count})',
}
