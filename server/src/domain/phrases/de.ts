import type { Translated } from '@holdfast/contract'
import type { en } from './en.ts'

export const de: Translated<typeof en> = {
  'step.wait-for-others': 'Auf andere Programme warten',
  'step.plan': 'Planen',
  'step.find-disk': 'Festplatte suchen',
  'step.check-disk': 'Zustand der Festplatte abfragen',
  'step.check-disk-again': 'Zustand der Festplatte noch einmal abfragen',
  'step.mount-disk': 'Festplatte einhängen',
  'step.unlock-and-mount': 'Verschlüsselte Festplatte entsperren und einhängen',
  'step.flush-disk': 'Alles auf die Festplatte schreiben',
  'step.unmount-disk': 'Festplatte aushängen',
  'step.mount-read-only': 'Festplatte nur zum Lesen einhängen, um sie zu prüfen',
  'step.mount-again': 'Festplatte wieder einhängen',
  'step.read-back': 'Das zuletzt Geschriebene zurücklesen',
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
  'warning.staleLock':
    'auf der Festplatte „{disk}“ lag noch eine Sperrdatei: Ein früherer Lauf wurde abgebrochen. Seine unfertige Kopie wird geprüft und fortgesetzt',
  'warning.lockGone':
    'die Sperrdatei auf der Festplatte „{disk}“ wurde während des Laufs von jemand anderem entfernt',
  'warning.diskFailing':
    'die Festplatte „{disk}“ meldet, dass sie bald ausfällt (SMART): Ersetzen Sie sie bald',
  'warning.diskWorse':
    'die Festplatte „{disk}“ hat während dieses Laufs {count} weitere Sektoren aufgegeben: Sie verschleißt, ersetzen Sie sie bald',
  'warning.littleSpace':
    'auf dem Vault sind nur noch {free, bytes} frei, weniger als die gewünschten {wanted, bytes}: Die nächste Kopie passt vielleicht nicht mehr',
  'warning.pointGone':
    'Der Wiederherstellungspunkt {point} vom {takenAt, date} liegt nicht mehr auf dem Vault',
  'warning.lockFileIgnored':
    'Die Sperrdatei {file} eines anderen Programms ist {age, duration} alt: sie wurde für ein Überbleibsel gehalten und übergangen',
  'warning.lockFileRemoved':
    'Die Sperrdatei {file} eines anderen Programms war {age, duration} alt: sie wurde für ein Überbleibsel gehalten und entfernt',
  'warning.lockFileStays': 'Die übrig gebliebene Sperrdatei {file} konnte nicht entfernt werden: {reason}',
  'warning.ownLockFileLeft':
    'Die eigene Sperrdatei {file} stammt vom Lauf {run} auf {host}, der nicht ordnungsgemäß endete; sie wurde übernommen',
  'warning.ownLockFileEmpty':
    'Die eigene Sperrdatei {file} war schon vorhanden, doch leer: wahrscheinlich war der Abschluss des letzten Laufs nicht erfolgreich; sie wurde übernommen',
  'warning.ownLockFileGone':
    'Die eigene Sperrdatei {file} war am Ende nicht mehr da: jemand anderes hat sie entfernt oder ersetzt, und ein anderes Programm hat inzwischen womöglich gearbeitet',
  'warning.ownLockFileStuck':
    'Die eigene Sperrdatei {file} konnte nicht entfernt werden: {reason}. Andere Programme warten weiter auf sie; es wird später erneut versucht',

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
