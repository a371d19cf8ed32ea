/**
 * Refusals that people meet most, by their code: title, and text where ours says no less than the server's. The server speaks English;
 * `{name}` is a field of the problem, `{wait}` its `retryAfterSeconds` in words. A text whose fields are missing is not used.
 */
export const problems: Readonly<Record<string, readonly [title: string, text?: string]>> = {
  'account-suspended': ['Konto gesperrt', 'Wenden Sie sich an die Verwaltung Ihrer Organisation.'],
  'avatar-invalid': ['Bild nicht verwendbar', 'Wählen Sie ein JPEG-, PNG-, WebP- oder GIF-Bild von höchstens 5 MiB.'],
  'body-too-large': ['Zu groß'],
  'challenge-expired': [
    'Vorgang abgelaufen',
    'Er hat zu lange gedauert, hatte zu viele Fehlversuche oder ist schon erledigt. Beginnen Sie von vorn.',
  ],
  'concurrency-limited': ['Zu viele Aufrufe gleichzeitig', 'Warten Sie, bis einige davon fertig sind.'],
  'dependency-unavailable': ['Ein Teil des Systems antwortet nicht', 'Versuchen Sie es gleich noch einmal.'],
  'email-not-verified': ['Adresse noch nicht bestätigt', 'Folgen Sie dem Link in der Mail oder lassen Sie eine neue senden.'],
  'image-invalid': ['Bild nicht verwendbar'],
  internal: ['Auf dem Server ist etwas schiefgegangen', 'Versuchen Sie es noch einmal. Bleibt es dabei, hilft die Anfrage-ID bei der Suche.'],
  'invalid-credentials': ['Anmeldung abgelehnt', 'Die Angaben stimmen nicht. Prüfen Sie sie und versuchen Sie es noch einmal.'],
  'invitation-address-mismatch': ['Einladung für eine andere Adresse'],
  'invitation-invalid': ['Einladung gilt nicht mehr', 'Sie ist abgelaufen, widerrufen oder schon angenommen. Bitten Sie um eine neue.'],
  'last-factor': ['Letzter zweiter Faktor'],
  'last-owner': ['Letzter Inhaber'],
  'last-sign-in-method': ['Letzter Weg, sich anzumelden'],
  'link-invalid': [
    'Link oder Code gilt nicht mehr',
    'Er ist falsch, schon benutzt, zu alt oder wurde zu oft probiert. Lassen Sie sich einen neuen schicken.',
  ],
  locked: ['Vorübergehend gesperrt', 'Es gab zu viele Fehlversuche. Versuchen Sie es in {wait} noch einmal.'],
  'mfa-invalid': ['Der Code stimmt nicht', 'Versuchen Sie es noch einmal. Prüfen Sie auch die Uhr Ihres Geräts.'],
  'not-found': ['Nicht gefunden'],
  'password-compromised': ['Passwort zu leicht zu erraten', 'Es ist bekannt, ein einfaches Muster oder enthält einen Namen. Wählen Sie ein anderes.'],
  'password-reused': ['Passwort schon benutzt', 'Wählen Sie eines, das Sie hier noch nicht hatten.'],
  'password-too-short': ['Passwort zu kurz', 'Es braucht mindestens 12 Zeichen.'],
  'permission-denied': ['Berechtigung fehlt'],
  'phone-invalid': ['Telefonnummer ungültig'],
  'plan-quota-exceeded': ['Grenze Ihres Tarifs erreicht'],
  'rate-limited': ['Zu viele Versuche', 'Versuchen Sie es in {wait} noch einmal.'],
  'seat-limit-reached': ['Kein Platz mehr im Tarif'],
  'session-expired': ['Sitzung abgelaufen', 'Melden Sie sich neu an.'],
  'session-revoked': ['Sitzung beendet', 'Melden Sie sich neu an.'],
  'shutting-down': ['Der Server startet neu', 'Versuchen Sie es gleich noch einmal.'],
  'slug-taken': ['Kurzname vergeben'],
  'step-up-required': ['Bitte noch einmal nachweisen, wer Sie sind'],
  unauthenticated: ['Nicht angemeldet', 'Melden Sie sich an, um fortzufahren.'],
  'validation-failed': ['Eingaben stimmen nicht'],
  'version-conflict': ['Inzwischen geändert', 'Jemand anderes war schneller. Laden Sie neu und versuchen Sie es noch einmal.'],
  'emergency-refused': [
    'Nicht von hier aus',
    'Einen Notfall ruft ein Mensch aus, in einer Sitzung mit frischem Nachweis: kein Schlüssel, Dienstkonto oder Agent.',
  ],
  'emergency-pointless': [
    'Nichts zu übergehen',
    'Diese Operation wartet auf keine Freigabe und kein Zeitfenster, oder der Aufruf legt nur einen Entwurf an.',
  ],
  'emergency-limit-reached': [
    'Zu viele Notfälle',
    'So viele Notfälle, wie Ihre Organisation einer Person erlaubt, haben Sie in 24 Stunden schon ausgerufen.',
  ],
};
