import type { errors as english } from '../en/errors.ts'
import type { Same } from '../same.ts'

export const errors: Same<typeof english> = {
  'config-invalid': {
    title: 'Ein Wert ist ungültig',
    hint: 'Korrigieren Sie den genannten Wert und versuchen Sie es noch einmal.',
  },
  'config-unreadable': {
    title: 'Eine Konfigurationsdatei oder ein Ordner konnte nicht gelesen werden',
    hint: 'Prüfen Sie, ob der Pfad existiert und der Benutzer, unter dem Holdfast läuft, ihn lesen darf.',
  },
  'config-conflict': {
    title: 'Jemand anderes hat die Konfiguration geändert, seit sie geplant oder gelesen wurde',
    hint: 'Sehen Sie mit „holdfast plan“ nach, was noch zu ändern ist, und wenden Sie es noch einmal an.',
  },
  'name-unknown': {
    title:
      'Ein Job, Vault, Knoten, eine Richtlinie, ein Lauf oder ein Wiederherstellungspunkt dieses Namens existiert nicht',
    hint: 'Sehen Sie in der Liste nach, was vorhanden ist: Es wurde vielleicht umbenannt oder gelöscht.',
  },
  'environment-invalid': {
    title: 'Eine Umgebungsvariable von Holdfast hat einen unbrauchbaren Wert',
    hint: 'Korrigieren Sie die genannte Variable; docs/reference/environment.md führt alle auf.',
  },
  'secret-unavailable': {
    title: 'Ein Geheimnis, auf das verwiesen wird, lässt sich nicht lesen',
    hint: 'Setzen Sie die Umgebungsvariable oder legen Sie die Datei an, auf die verwiesen wird, nur für Holdfast lesbar.',
  },
  'secret-bound': {
    title:
      'Ein gespeichertes Geheimnis soll an eine andere Adresse gehen als die, für die es eingegeben wurde',
    hint: 'Geben Sie das Geheimnis neu ein und speichern Sie dann die Änderung: Es gehört danach zur neuen Adresse.',
  },
  'permission-denied': {
    title: 'Das Betriebssystem hat das Lesen oder Schreiben einer Datei verweigert',
    hint: 'Geben Sie dem Benutzer, unter dem Holdfast läuft, das genannte Recht, oder betreiben Sie den Worker unter einem Benutzer, der es hat.',
  },
  'database-unreachable': {
    title: 'PostgreSQL antwortet nicht',
    hint: 'Prüfen Sie HOLDFAST_DATABASE_URL und ob der Server läuft; bei der eingebetteten Datenbank hilft das Protokoll im Datenverzeichnis.',
  },
  'database-unsafe': {
    title: 'Der PostgreSQL-Server ist so eingestellt, dass er bestätigte Daten verlieren kann',
    hint: 'Schalten Sie die genannten Einstellungen wieder ein (fsync, full_page_writes, synchronous_commit) und starten Sie neu.',
  },
  'database-version': {
    title: 'Die Datenbank stammt von einer anderen Version als der installierten',
    hint: 'Führen Sie „holdfast upgrade-db“ aus oder installieren Sie die Version von Holdfast, von der die Datenbank stammt.',
  },
  'database-not-empty': {
    title: 'Beim Wiederherstellen der Steuerdatenbank waren dort schon Daten',
    hint: 'Stellen Sie in ein frisches Datenverzeichnis wieder her oder verwerfen Sie das Vorhandene mit --replace.',
  },
  'backup-file-invalid': {
    title: 'Eine Sicherungsdatei der Steuerdatenbank ist beschädigt oder keine von Holdfast',
    hint: 'Nehmen Sie eine ältere Sicherungsdatei; gibt es keine, bauen Sie den Katalog mit „holdfast reindex“ neu auf.',
  },
  'no-progress': {
    title: 'Eine Übertragung kam nicht mehr voran und wurde aufgegeben',
    hint: 'Prüfen Sie den Zustand der Platte und das Netz zwischen beiden Enden.',
  },
  'lock-held': {
    title: 'Etwas anderes hält eine Sperre, die hierfür gebraucht wird',
    hint: 'Warten Sie auf den genannten Inhaber. Ein Lauf lässt sich abbrechen, die Sperre eines Skripts mit `holdfast lock release` zurückgeben; die Seite „Sperren“ zeigt alle Sperren.',
  },
  'window-closed': {
    title: 'Der Job darf nur in seinem Zeitfenster laufen, und das ist geschlossen',
    hint: 'Nichts zu tun: Der Lauf beginnt, wenn sich das Fenster öffnet. Erweitern Sie es, wenn Läufe ausfallen.',
  },
  'run-state': {
    title: 'Der Lauf ist in einem Zustand, der das Gewünschte nicht erlaubt',
    hint: 'Sehen Sie sich den Lauf an: Nur ein angehaltener kann freigegeben, nur ein laufender abgebrochen werden.',
  },
  'source-gone': {
    title: 'Der zu sichernde Ordner existiert nicht',
    hint: 'Hängen Sie die Quelle ein oder legen Sie sie an, oder korrigieren Sie den Pfad im Job.',
  },
  'vault-absent': {
    title: 'Der Ort, an dem die Wiederherstellungspunkte liegen, ist nicht da',
    hint: 'Hängen Sie die Platte ein oder legen Sie das Verzeichnis des Vaults an, und starten Sie den Job erneut.',
  },
  'vault-foreign': {
    title: 'Das Verzeichnis eines Vaults enthält fremde Dateien oder gehört zu einem anderen Vault',
    hint: 'Geben Sie dem Vault ein eigenes leeres Verzeichnis oder korrigieren Sie seinen Pfad.',
  },
  'disk-absent': {
    title: 'Die benötigte Platte ist nicht eingesteckt',
    hint: 'Stecken Sie eine der genannten Platten ein; der Job beginnt von selbst, sobald er darf.',
  },
  'disk-ambiguous': {
    title: 'Zwei Geräte tragen die UUID der Platte: Eines ist eine Kopie des anderen',
    hint: 'Ziehen Sie die Kopie ab oder geben Sie ihr eine eigene UUID (tune2fs -U random, xfs_admin -U generate, btrfstune -u).',
  },
  'disk-system': {
    title: 'Die Platte trägt das System dieses Rechners oder die Daten von Holdfast',
    hint: 'Korrigieren Sie die UUID im Wechselplatten-Satz: Kopien gehen nie auf die Platte, von der das System läuft.',
  },
  'disk-unlock-failed': {
    title: 'Die verschlüsselte Platte lässt sich mit der Passphrase des Satzes nicht öffnen',
    hint: 'Geben Sie die Passphrase dieser Platte unter „Geheimnisse“ noch einmal ein und starten Sie den Job erneut.',
  },
  'disk-mount-failed': {
    title: 'Die Platte lässt sich nicht einhängen',
    hint: 'Lesen Sie in den Einzelheiten, was mount sagt; ist das Dateisystem beschädigt, prüfen Sie es mit fsck, während die Platte nicht in Gebrauch ist.',
  },
  'disk-read-only': {
    title: 'Die Platte ist schreibgeschützt oder ihr Dateisystem nimmt nichts an',
    hint: 'Suchen Sie nach einem Schreibschutzschalter; gibt es keinen, fällt die Platte vielleicht aus: Prüfen Sie ihre SMART-Werte und nehmen Sie eine andere.',
  },
  'disk-busy': {
    title: 'Die Platte lässt sich nicht aushängen oder benutzen, weil ein anderes Programm sie benutzt',
    hint: 'Schließen Sie die genannten Programme, dann wird sie von selbst ausgehängt. Ziehen Sie die Platte vorher nicht ab.',
  },
  'disk-removed': {
    title: 'Die Platte wurde abgezogen oder ist ausgefallen, während sie in Gebrauch war',
    hint: 'Stecken Sie sie wieder ein und starten Sie den Job: Die Kopie geht dort weiter, wo sie war. Hat niemand die Platte berührt, prüfen Sie Kabel und SMART-Werte.',
  },
  'disk-failing': {
    title: 'Die Platte hat nicht zurückgegeben, was auf sie geschrieben wurde',
    hint: 'Verlassen Sie sich nicht auf diese Platte: Ersetzen Sie sie und führen Sie den Job noch heute mit einer anderen des Satzes aus.',
  },
  'file-system-unsupported': {
    title: 'Das Dateisystem einer Platte kann nicht behalten, was eine Kopie braucht',
    hint: 'Formatieren Sie die Platte mit ext4, XFS oder Btrfs, etwa „mkfs.ext4 -m 0 -L BEZEICHNUNG GERÄT“, und tragen Sie ihre neue UUID ein.',
  },
  'lock-files-unreachable': {
    title: 'Der Ordner, in dem ein anderes Programm seine Sperrdateien ablegt, lässt sich nicht lesen',
    hint: 'Hängen Sie die Freigabe ein, auf der er liegt, oder korrigieren Sie „lockFiles“ des Jobs. Ohne ihn weiß niemand, ob das andere Programm arbeitet, darum beginnt der Lauf nicht.',
  },
  'lock-file-refused': {
    title: 'Die Sperrdatei, die ein anderes Programm warten lässt, lässt sich nicht anlegen',
    hint: 'Legen Sie ihren Ordner an und geben Sie dem Benutzer, unter dem Holdfast läuft, dort Schreibrecht, auf einer Freigabe auch die Rechte der Freigabe; oder korrigieren Sie „own“ in „lockFiles“ des Jobs.',
  },
  'vault-full': {
    title: 'Im Vault ist nicht genug Platz für das, was der Lauf schreiben würde',
    hint: 'Schaffen Sie Platz, verwenden Sie eine größere Platte oder behalten Sie weniger Wiederherstellungspunkte.',
  },
  'restore-target-exists': {
    title: 'Der Zielordner der Wiederherstellung ist nicht leer',
    hint: 'Nennen Sie einen Ordner, den es noch nicht gibt, oder geben Sie an, welche Dateien überschrieben werden dürfen.',
  },
  'restore-target-refused': {
    title: 'In diesen Ordner darf nichts wiederhergestellt werden',
    hint: 'Stellen Sie in einen Ordner außerhalb von Vaults, Benutzerordnern und dem System wieder her, oder lassen Sie einen Administrator einen Ordner in `restoreRoots` des Knotens des Jobs eintragen.',
  },
  'restore-point-damaged': {
    title: 'Ein Wiederherstellungspunkt entspricht nicht seinem Manifest',
    hint: 'Verlassen Sie sich nicht auf diesen Punkt: Stellen Sie aus einem anderen wieder her und prüfen Sie die Platte, auf der er liegt.',
  },
  'restore-differs': {
    title: 'Das Wiederhergestellte weicht vom Wiederherstellungspunkt ab',
    hint: 'Prüfen Sie die Zielplatte und stellen Sie an einen anderen Ort noch einmal wieder her.',
  },
  'export-target-exists': {
    title: 'Der Zielordner des Exports enthält andere Konfigurationsdateien',
    hint: 'Nennen Sie einen leeren Ordner, oder überschreiben Sie mit --replace die Dateien eines früheren Exports.',
  },
  'change-declined': {
    title: 'Eine Änderung würde etwas löschen oder ersetzen, und niemand hat zugestimmt',
    hint: 'Sehen Sie sich die Änderungen an; --yes macht ohne Rückfrage weiter, ohne --prune wird nichts gelöscht.',
  },
  'write-failed': {
    title: 'Die Platte meldete beim Schreiben einen Fehler',
    hint: 'Gehen Sie von einer sterbenden Platte aus: Prüfen Sie Kabel und SMART-Werte und sichern Sie auf eine andere.',
  },
  'command-failed': {
    title: 'Ein von Holdfast gestartetes Programm endete mit einem Fehler',
    hint: 'Die letzten Zeilen seiner Ausgabe stehen in den Einzelheiten; beheben Sie, was sie sagen, und starten Sie erneut.',
  },
  'command-missing': {
    title: 'Ein benötigtes Programm ist nicht installiert',
    hint: 'Installieren Sie das genannte Paket und lassen Sie die Diagnose noch einmal laufen.',
  },
  'run-canceled': {
    title: 'Jemand hat den Lauf abgebrochen',
    hint: 'Starten Sie den Job wieder, sobald er laufen darf.',
  },
  'run-refused': {
    title: 'Jemand hat einen angehaltenen Lauf abgelehnt',
    hint: 'Sehen Sie sich an, was der Wächter gefunden hat, bevor Sie den Job wieder starten.',
  },
  'wait-canceled': {
    title: 'Ein Befehl, der auf etwas wartete, wurde unterbrochen',
    hint: 'Es wurde nichts verändert. Rufen Sie ihn noch einmal auf, um weiter zu warten.',
  },
  'worker-stopping': {
    title: 'Der Worker wurde während des Laufs beendet',
    hint: 'Nichts zu tun: Der Lauf wird neu geplant, sobald ein Worker startet.',
  },
  'time-limit': {
    title: 'Der Lauf dauerte länger als erlaubt',
    hint: 'Erhöhen Sie das Zeitlimit des Jobs, oder sehen Sie im Protokoll nach, was so lange gedauert hat.',
  },
  'worker-lost': {
    title: 'Der Worker ist während des Laufs ausgefallen oder hat die Verbindung verloren',
    hint: 'Nichts zu tun: Was der Lauf belegte, ist freigegeben, und er wird neu geplant. Wiederholt es sich, prüfen Sie den Arbeitsspeicher der Maschine.',
  },
  'slot-missed': {
    title: 'Termine eines Jobs sind verstrichen, während kein Worker lief',
    hint: 'Betreiben Sie einen Worker als Systemdienst; was aus versäumten Terminen wird, sagt der Job („schedule.missed“).',
  },
  'notification-unreachable': {
    title:
      'Ein Mailserver oder Webhook, der von einem Lauf erfahren soll, antwortet nicht oder bittet um Aufschub',
    hint: 'Prüfen Sie Host, Port und Netz von der Holdfast-Maschine aus; die Nachricht wird von selbst erneut gesendet.',
  },
  'notification-refused': {
    title: 'Ein Mailserver oder Webhook hat eine Nachricht über einen Lauf abgelehnt',
    hint: 'Prüfen Sie Benutzer, Passwort, Empfänger und Kopfzeilen der Benachrichtigung: Dieselbe Nachricht würde wieder abgelehnt.',
  },
  'not-signed-in': {
    title: 'Sie sind nicht oder nicht mehr angemeldet',
    hint: 'Melden Sie sich erneut an, oder erzeugen Sie ein neues API-Token.',
  },
  'password-needed': {
    title: 'Geben Sie Ihr Passwort ein',
    hint: 'Einige Zeit nach der Anmeldung wird ein API-Token nur mit dem Passwort erstellt.',
  },
  'password-wrong': {
    title: 'Das ist nicht Ihr jetziges Passwort',
    hint: 'Geben Sie das Passwort ein, mit dem Sie sich angemeldet haben.',
  },
  'sign-in-failed': {
    title: 'Name und Passwort passen nicht zusammen',
    hint: 'Prüfen Sie beides. Ein Administrator der Maschine kann ein neues Passwort setzen: „holdfast admin reset-password NAME“.',
  },
  'sign-in-locked': {
    title: 'Zu viele Anmeldeversuche sind fehlgeschlagen',
    hint: 'Warten Sie bis zum genannten Zeitpunkt und versuchen Sie es dann erneut.',
  },
  'not-allowed': {
    title: 'Die Rolle des Benutzers oder der Umfang des Tokens erlaubt das nicht',
    hint: 'Bitten Sie einen Administrator um das Recht, oder verwenden Sie ein Token mit dem genannten Umfang.',
  },
  'cross-site-request': {
    title: 'Ein Browser hat eine Änderung gesendet, die nicht von einer Seite von Holdfast kam',
    hint: 'Rufen Sie Holdfast unter der Adresse in HOLDFAST_URL auf; ein vorgeschalteter Proxy muss den Host-Header weitergeben.',
  },
  'hook-refused': {
    title: 'Diese Start-Adresse gibt es nicht, oder ihr Token ist falsch',
    hint: 'Vergleichen Sie Name und Token mit den Start-Adressen des Jobs.',
  },
  'setup-needed': {
    title: 'Holdfast hat noch keinen Benutzer',
    hint: 'Öffnen Sie den Einrichtungslink, den der Server beim Start ausgegeben hat, oder führen Sie „holdfast admin create NAME“ aus.',
  },
  'setup-link-invalid': {
    title: 'Der Einrichtungslink ist verbraucht oder nicht der zuletzt ausgegebene',
    hint: 'Nehmen Sie den neuesten Link aus dem Protokoll des Servers; melden Sie sich an, wenn es schon einen Benutzer gibt.',
  },
  'password-weak': {
    title: 'Das neue Passwort ist zu leicht zu erraten',
    hint: 'Nehmen Sie mindestens 12 Zeichen, nicht den Benutzernamen und keines der gängigen Passwörter.',
  },
  'rate-limited': {
    title: 'Zu viele Anfragen von einer Adresse',
    hint: 'Warten Sie die genannten Sekunden, und senden Sie weniger Anfragen auf einmal.',
  },
  'request-invalid': {
    title: 'Eine Anfrage an die API ist nicht wohlgeformt',
    hint: 'Korrigieren Sie die genannten Angaben; die API ist unter /docs beschrieben.',
  },
  'request-too-large': {
    title: 'Der Inhalt einer Anfrage ist größer, als die API annimmt',
    hint: 'Senden Sie weniger auf einmal.',
  },
  'route-unknown': {
    title: 'Unter dieser Adresse der API gibt es nichts',
    hint: 'Laden Sie die Seite neu; Adressen und Methoden sind unter /docs beschrieben.',
  },
  'edit-conflict': {
    title: 'Jemand anders hat das Objekt geändert, seit es gelesen wurde',
    hint: 'Lesen Sie es neu ein, sehen Sie nach, was sich geändert hat, und nehmen Sie Ihre Änderung noch einmal vor.',
  },
  'edit-unconditional': {
    title: 'Eine Änderung sagt nicht, für welchen Stand des Objekts sie gilt',
    hint: 'Laden Sie die Seite neu. Skripte senden das gelesene ETag als If-Match.',
  },
  'object-exists': {
    title: 'Ein Objekt dieses Namens gibt es schon',
    hint: 'Wählen Sie einen anderen Namen, oder bearbeiten Sie das vorhandene.',
  },
  'object-in-use': {
    title: 'Etwas kann nicht gelöscht werden, solange anderes darauf verweist',
    hint: 'Ändern oder löschen Sie zuerst die genannten.',
  },
  'last-admin': {
    title: 'Nach der Änderung könnte niemand mehr Holdfast verwalten',
    hint: 'Machen Sie zuerst einen anderen Benutzer zum Administrator.',
  },
  'idempotency-conflict': {
    title:
      'Ein Idempotenzschlüssel wurde schon für eine andere Anfrage verwendet, oder diese ist noch in Arbeit',
    hint: 'Versuchen Sie es gleich noch einmal. Skripte nehmen für jede neue Anfrage einen neuen Schlüssel.',
  },
  'secret-key-missing': {
    title:
      'Der Schlüssel, mit dem die gespeicherten Geheimnisse verschlüsselt sind, fehlt oder ist ein anderer',
    hint: 'Legen Sie die Datei secret.key aus Ihrer Sicherung zurück zu den Daten von Holdfast, oder geben Sie die Geheimnisse neu ein.',
  },
  'worker-absent': {
    title: 'Es läuft kein Worker des Standorts, der das tun könnte',
    hint: 'Starten Sie einen mit „holdfast worker --site NAME“ oder „systemctl start holdfast-worker“.',
  },
  'server-unreachable': {
    title: 'Der Holdfast-Server antwortet nicht',
    hint: 'Prüfen Sie Ihr Netz und ob der Dienst läuft: `systemctl status holdfast`. Was angezeigt wird, wird von selbst aktuell, sobald er antwortet; eine Änderung müssen Sie noch einmal senden.',
  },
  'server-answer-invalid': {
    title: 'Was an der Adresse antwortet, ist nicht der passende Holdfast-Server',
    hint: 'Laden Sie die Seite neu; prüfen Sie einen Proxy, der vor dem Server steht.',
  },
  'listen-failed': {
    title: 'Der Server kann an seiner Adresse nicht lauschen',
    hint: 'Beenden Sie, was den Port belegt, oder wählen Sie mit HOLDFAST_LISTEN einen anderen.',
  },
  'invariant-broken': {
    title: 'Holdfast ist in eine Lage geraten, die seine Entwickler für unmöglich hielten',
    hint: 'Bitte melden Sie es mit dem Protokoll des Laufs; die Diagnose zeigt, ob sonst noch etwas nicht stimmt.',
  },
  'server-certificate-untrusted': {
    title: 'Dem Zertifikat des Holdfast-Servers wird nicht vertraut',
    hint: 'Nennen Sie der Kommandozeile mit --ca-file die Datei der Zertifizierungsstelle, oder lassen Sie das Zertifikat des Servers berichtigen.',
  },
  'node-unreachable': {
    title: 'Ein Knoten antwortet nicht, oder die Verbindung brach ab',
    hint: 'Prüfen Sie, ob der Server läuft, ob seine Adresse im Knoten stimmt und ob keine Firewall dazwischen liegt; `holdfast doctor` versucht es erneut.',
  },
  'node-auth-failed': {
    title: 'Ein Knoten hat Benutzer, Passwort oder Token abgelehnt',
    hint: 'Tragen Sie im Knoten den richtigen Benutzer und das richtige Geheimnis ein und prüfen Sie ihn mit `holdfast doctor`.',
  },
  'node-certificate-untrusted': {
    title:
      'Das Zertifikat eines Knotens stammt von keiner Stelle, der dieser Rechner vertraut, oder gilt für einen anderen Namen',
    hint: 'Nennen Sie im Knoten die Datei mit dem Zertifikat der Zertifizierungsstelle (`caFile`) oder, wo der Knoten ihn annimmt, den Fingerabdruck des Zertifikats, nachdem Sie ihn mit dem auf dem Server verglichen haben (`fingerprint`); oder berichtigen Sie die Adresse.',
  },
  'privilege-missing': {
    title: 'Der Benutzer eines Knotens darf nicht, was der Job braucht',
    hint: 'Geben Sie dem Benutzer des Knotens das genannte Recht, oder tragen Sie einen anderen ein.',
  },
  'node-refused': {
    title: 'Ein Knoten hat eine Anfrage verstanden und abgelehnt',
    hint: 'Sehen Sie nach, was der Knoten gesagt hat; sein eigenes Protokoll sagt mehr.',
  },
  'node-answer-invalid': {
    title: 'Ein Knoten hat unverständlich geantwortet oder seine Antwort abgebrochen',
    hint: 'Prüfen Sie, ob die Adresse die des Servers selbst ist und nicht die eines Proxys oder eines anderen Programms.',
  },
  'node-full': {
    title: 'Auf einem Knoten ist kein Platz mehr für das, was er speichern soll',
    hint: 'Schaffen Sie Platz auf dem Rechner des Knotens und starten Sie den Lauf neu: Er fährt fort, wo er aufgehört hat.',
  },
  'database-absent': {
    title: 'Eine Datenbank, die ein Job nennt, gibt es auf ihrem Knoten nicht',
    hint: 'Berichtigen Sie den Namen im Job, oder legen Sie die Datenbank an; `holdfast doctor` zählt auf, was es gibt.',
  },
  'destination-exists': {
    title: 'Zwischen Plan und Lauf kam an der Quelle oder am Ziel eine Datenbank hinzu',
    hint: 'Starten Sie den Job neu: Er plant von vorn und fragt, bevor er in Vorhandenes kopiert.',
  },
  'points-refused': {
    title:
      'Das Ziel hat Punkte abgelehnt: Ein Feld hat dort einen anderen Typ, oder sie sind älter, als seine Aufbewahrung zulässt',
    hint: 'Kopieren Sie in eine neue Datenbank, oder berichtigen Sie das Ziel: Die Meldung nennt Measurement, Feld und Grund.',
  },
  'copy-differs': {
    title: 'Was am Ziel ankam, weicht von der Quelle ab',
    hint: 'Sehen Sie nach, ob noch etwas anderes in das Ziel schreibt, und starten Sie den Lauf neu; er nennt Measurement, Zeitfenster und Feld.',
  },
}
