import type { Translated } from '@holdfast/contract'
import type { modelEn } from './en.ts'

export const modelDe: Translated<typeof modelEn> = {
  'plan.sendChanged': 'kopiert über HTTP die Shards, die sich geändert haben können: {changed} von {shards}',

  'model.metrics': 'jedes Feld wird eine Metrik, etwa {example}, mit dem Label db={target}',
  'model.numbers':
    'VictoriaMetrics bewahrt Zeiten auf die Millisekunde (von mehreren Punkten in einer den letzten), Brüche auf 12 Stellen, ganze Zahlen bis 2^53, Wahrheitswerte als 0 und 1',
  'model.overwritten':
    'ein Punkt, der an der Quelle überschrieben wird, hat dort beide Zahlen, ein gelöschter bleibt',
  'model.adds':
    'VictoriaMetrics fügt Messwerte immer nur hinzu; was schon da ist, wird nicht noch einmal gesendet',
  'model.oneRetention': 'Retention Policies und Continuous Queries werden dort nicht angelegt',
  'model.retention':
    'VictoriaMetrics bewahrt alles {retention} lang auf: Was älter ist als {from}, wird ausgelassen',
  'model.retentionUnknown':
    'VictoriaMetrics sagt nicht, wie lange es Messwerte aufbewahrt: Älteres verwirft es, was der Vergleich zeigt',
  'model.strings': 'ausgelassen: die Zeichenketten von {names}',
  'model.numbersOnly': 'VictoriaMetrics bewahrt nur Zahlen auf',
  'model.policies': 'Punkte der Retention Policies {names} bekommen das Label rp',
  'model.policiesReason': 'sie würden sich mit denen der Standard-Policy vermischen',
  'model.sharedNames': 'mehrere Measurements teilen sich die Metriken {names}',
  'model.sharedReason': 'die Namen von Measurement und Feld werden durch einen Unterstrich verbunden',

  'model.notMade':
    'Datenbanken, Retention Policies und Continuous Queries werden dort nicht angelegt: {names}',
  'model.bucketsOf2':
    'InfluxDB 2.x braucht für jede einen Bucket und eine Zuordnung (DBRP), die ihm diesen Namen gibt',
  'model.databasesOf3': 'InfluxDB 3.x legt eine Datenbank an, wenn es ihre ersten Punkte annimmt',
  'model.notCompared': 'nichts wird verglichen',
  'model.noReadingBack': 'was InfluxDB 2.x und 3.x angenommen haben, wird nicht zurückgelesen',

  'run.cannotCompare':
    'Nichts wurde verglichen: Was InfluxDB 2.x und 3.x angenommen haben, wird nicht zurückgelesen. Jede Sendung hat der Server bestätigt.',
  'run.outside': {
    one: '{count} Fenster liegt ganz oder teilweise außerhalb der Zeit, die das Ziel aufbewahrt: Was außerhalb liegt, wurde ausgelassen.',
    other:
      '{count} Fenster liegen ganz oder teilweise außerhalb der Zeit, die das Ziel aufbewahrt: Was außerhalb liegt, wurde ausgelassen.',
  },
  'run.surplusSamples': {
    one: 'VictoriaMetrics enthält in {count} Fenster mehr als die Quelle: {names}. Es behält, was an der Quelle überschrieben oder gelöscht wurde, oder jemand anderes schreibt dorthin.',
    other:
      'VictoriaMetrics enthält in {count} Fenstern mehr als die Quelle: {names}. Es behält, was an der Quelle überschrieben oder gelöscht wurde, oder jemand anderes schreibt dorthin.',
  },

  'step.check-files': 'Dateien prüfen, bevor etwas gesendet wird',
  'step.wait-for-disk': 'Warten, bis es auf dem Datenträger des Ziels ist',
  'restore.newLabel': 'VictoriaMetrics enthält noch nichts mit dem Label db={target}',
  'restore.addNumbers':
    'VictoriaMetrics enthält Serien mit diesem Label: Nur was fehlt, wird hinzugefügt; wo eine andere Zahl steht, bleibt sie, und die Wiederherstellung schlägt fehl',
  'restore.unseen':
    'ob dort Daten sind, wird nicht nachgesehen: Punkte derselben Serie und Zeit werden überschrieben',
  'restore.numbersCompared': 'jede Zahl wird zurückgelesen und mit den Dateien verglichen',
  'restore.numbersAdded':
    'VictoriaMetrics fügt Zahlen immer nur hinzu; was schon da ist, wird nicht noch einmal gesendet',
  'restore.noStrings': 'ausgelassen: alle Zeichenketten; der Bericht nennt ihre Felder',
  'restore.outsideReason': '{policy}: Das Ziel bewahrt so alte Punkte nicht auf',
  'restore.stringsLeft':
    'Ausgelassen wurden die Zeichenketten von {names}: VictoriaMetrics bewahrt nur Zahlen auf.',
  'restore.summaryNumbers':
    '{windows} Fenster, {points} Zahlen, nach {target} wiederhergestellt und verglichen',
  'restore.summaryUnproved':
    '{windows} Fenster, {points} Punkte, nach {target} wiederhergestellt; nichts wurde verglichen',
}
