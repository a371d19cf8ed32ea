import { circumstancesIn, momentIn, type Language, type Letters } from './letter.ts';
import { noticesIn } from './notices.ts';
import { noticesDe } from './notices-de.ts';

const moment = momentIn('de-DE');
const happened = circumstancesIn({ when: 'Wann', device: 'Gerät', place: 'Ort', ip: 'Adresse' }, moment);

const letters: Letters = {
  ...noticesIn(noticesDe, moment),
  'verify-email': ({ link, code }, installation) => ({
    subject: `Bestätigen Sie Ihre Adresse für ${installation}`,
    lines: [
      'Bestätigen Sie, dass diese Adresse Ihnen gehört, dann ist Ihr Konto bereit. Öffnen Sie den Link oder geben Sie den Code dort ein, wo Sie sich registriert haben.',
    ],
    code,
    action: { label: 'Adresse bestätigen', link },
    notes: [
      'Der Link gilt 24 Stunden, der Code 15 Minuten. Wenn Sie sich nicht registriert haben, beachten Sie diese Mail nicht: Ohne Bestätigung entsteht kein Konto.',
    ],
  }),
  'already-registered': ({ signInLink, resetLink }, installation) => ({
    subject: `Sie haben bereits ein Konto bei ${installation}`,
    lines: ['Jemand, wahrscheinlich Sie, hat sich gerade mit dieser Adresse registriert. Es gibt schon ein Konto damit; geändert wurde nichts.'],
    action: { label: 'Anmelden', link: signInLink },
    notes: [`Falls Sie Ihr Passwort vergessen haben: ${resetLink}`, 'Wenn Sie es nicht waren, müssen Sie nichts tun.'],
  }),
  'reset-password': ({ link, minutes }, installation) => ({
    subject: `Neues Passwort für ${installation}`,
    lines: ['Sie haben ein neues Passwort angefordert.'],
    action: { label: 'Neues Passwort setzen', link },
    notes: [
      `Der Link gilt ${minutes} Minuten und nur einmal.`,
      'Wenn Sie das nicht waren, beachten Sie diese Mail nicht: Ihr Passwort bleibt, wie es ist.',
    ],
  }),
  'password-changed': (data, installation) => ({
    subject: `Ihr Passwort bei ${installation} wurde geändert`,
    lines: ['Ihr Passwort wurde soeben geändert; andere Sitzungen wurden möglicherweise abgemeldet.', happened(data)],
    action: { label: 'Das war ich nicht', link: data.link },
    notes: ['Wenn Sie es waren, müssen Sie nichts tun. Andernfalls setzen Sie sofort ein anderes Passwort.'],
  }),
  'new-sign-in': (data, installation) => ({
    subject: `Neue Anmeldung bei ${installation}`,
    lines: ['Ihr Konto wurde von einem Gerät oder Ort benutzt, den wir noch nicht kennen.', happened(data)],
    action: { label: 'Das war ich nicht', link: data.link },
    notes: ['Wenn Sie es waren, müssen Sie nichts tun. Andernfalls beendet der Link alle Sitzungen und lässt Sie ein neues Passwort setzen.'],
  }),
  invitation: ({ inviter, tenant, roles, message, link, expiresAt }, installation) => ({
    subject: `${inviter} lädt Sie zu ${tenant} ein`,
    lines: [`${inviter} lädt Sie ein, in ${tenant} auf ${installation} zu arbeiten, als: ${roles}.`, ...(message ? [`„${message}“`] : [])],
    action: { label: 'Einladung ansehen', link },
    notes: [`Die Einladung gilt bis ${moment(expiresAt)}. Wenn Sie den Absender nicht kennen, beachten Sie diese Mail nicht.`],
  }),
  'email-change-confirm': ({ link, email }, installation) => ({
    subject: `Bestätigen Sie Ihre neue Adresse für ${installation}`,
    lines: [`Ihr Konto soll künftig die Adresse ${email} verwenden. Bestätigen Sie, dass sie Ihnen gehört.`],
    action: { label: 'Adresse bestätigen', link },
    notes: ['Der Link gilt 24 Stunden. Wenn Sie das nicht wollten, beachten Sie diese Mail nicht: Es ändert sich nichts.'],
  }),
  'email-change-notice': ({ link, email }, installation) => ({
    subject: `Die Adresse Ihres Kontos bei ${installation} wurde geändert`,
    lines: [`Ihr Konto verwendet jetzt die Adresse ${email}. An diese Adresse kommen keine Mails mehr.`],
    action: { label: 'Änderung zurücknehmen', link },
    notes: [
      'Wenn Sie es waren, müssen Sie nichts tun. Andernfalls nehmen Sie die Änderung innerhalb von 72 Stunden zurück; das beendet auch alle Sitzungen.',
    ],
  }),
  'factor-added': (data, installation) => ({
    subject: `Ein zweiter Faktor wurde hinzugefügt bei ${installation}`,
    lines: [`Ab jetzt kann dies Ihre Anmeldung bestätigen: ${data.factor}.`, happened(data)],
    action: { label: 'Sicherheitseinstellungen ansehen', link: data.link },
    notes: ['Wenn Sie es nicht waren, entfernen Sie ihn und ändern Sie sofort Ihr Passwort.'],
  }),
  'factor-removed': (data, installation) => ({
    subject: `Ein zweiter Faktor wurde entfernt bei ${installation}`,
    lines: [`Dies bestätigt Ihre Anmeldung nicht mehr: ${data.factor}.`, happened(data)],
    action: { label: 'Sicherheitseinstellungen ansehen', link: data.link },
    notes: ['Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort und richten Sie den Faktor wieder ein.'],
  }),
  'factors-reset-due': ({ due, link }, installation) => ({
    subject: `Ihre zweiten Faktoren bei ${installation} werden entfernt`,
    lines: [
      `Der Support wurde gebeten, alle zweiten Faktoren Ihres Kontos zu entfernen, weil sie verloren seien. Das geschieht nach ${moment(due)}.`,
    ],
    action: { label: 'Sicherheitseinstellungen ansehen', link },
    notes: [
      'Wenn Sie es waren, müssen Sie nichts tun. Andernfalls melden Sie sich sofort bei denen, die diese Installation betreiben: Bis dahin können sie es anhalten.',
    ],
  }),
  'backup-codes-low': ({ left, link }, installation) => ({
    subject: `Nur noch wenige Ersatzcodes bei ${installation}`,
    lines: [`Ersatzcodes, die Sie noch verwenden können: ${left}. Wenn keiner übrig ist, sperrt Sie ein verlorenes Telefon aus.`],
    action: { label: 'Neue Ersatzcodes erzeugen', link },
    notes: ['Neue Codes machen die alten ungültig.'],
  }),
  'refresh-reuse': (data, installation) => ({
    subject: `Eine Sitzung bei ${installation} wurde zu Ihrer Sicherheit beendet`,
    lines: [
      'Ein Schlüssel Ihrer Sitzung wurde zweimal benutzt; das geschieht, wenn ihn jemand kopiert hat. Die Sitzung wurde beendet.',
      happened(data),
    ],
    action: { label: 'Das war ich nicht', link: data.link },
    notes: [
      'Melden Sie sich dort, wo Sie arbeiten, neu an. Wenn jemand anderes Ihr Konto haben könnte, beendet der Link alle Sitzungen und lässt Sie ein neues Passwort setzen.',
    ],
  }),
  'account-locked': ({ until, link }, installation) => ({
    subject: `Die Anmeldung bei ${installation} ist gesperrt`,
    lines: [`Für Ihr Konto wurden zu viele falsche Passwörter eingegeben. Die Anmeldung ist gesperrt bis ${moment(until)}.`],
    action: { label: 'Jetzt entsperren', link },
    notes: [
      'Wenn Sie es nicht waren, hat jemand Ihr Passwort zu erraten versucht, ohne Erfolg. Ein längeres Passwort und ein zweiter Faktor sorgen dafür, dass es so bleibt.',
    ],
  }),
  'identity-linked': (data, installation) => ({
    subject: `${data.provider} meldet Sie jetzt bei ${installation} an`,
    lines: [`Eine Anmeldung über ${data.provider} wurde mit Ihrem Konto verbunden.`, happened(data)],
    action: { label: 'Verbundene Konten ansehen', link: data.link },
    notes: ['Wenn Sie es nicht waren, trennen Sie die Verbindung und ändern Sie sofort Ihr Passwort.'],
  }),
  'domain-stale': ({ tenant, domain, link }) => ({
    subject: `Die Domain ${domain} lässt sich nicht mehr bestätigen`,
    lines: [
      `Der DNS-Eintrag, der zeigt, dass ${domain} zu ${tenant} gehört, wurde dreimal nacheinander nicht gefunden. Die Domain funktioniert noch sieben Tage; ist er bis dahin nicht wieder da, wird sie entfernt.`,
    ],
    action: { label: 'Eintrag ansehen', link },
  }),
  'domain-lost': ({ tenant, domain, link }) => ({
    subject: `Die Domain ${domain} führt nicht mehr zu ${tenant}`,
    lines: [`Jemand anderes hat hier mit einem DNS-Eintrag gezeigt, dass ${domain} ihm gehört. Sie führt jetzt dorthin und nicht mehr zu ${tenant}.`],
    action: { label: 'Domains ansehen', link },
    notes: [
      'Wenn die Domain Ihnen gehört, prüfen Sie, wer ihre DNS-Einträge ändern kann, nehmen Sie den fremden Eintrag heraus und lassen Sie Ihren noch einmal prüfen.',
    ],
  }),
  'domain-won': ({ tenant, domain, link }) => ({
    subject: `Die Domain ${domain} führt jetzt zu ${tenant}`,
    lines: [
      `Der DNS-Eintrag von ${tenant} wurde gefunden. Bisher war ${domain} hier für jemand anderen bestätigt, der ebenfalls benachrichtigt wurde.`,
    ],
    action: { label: 'Domains ansehen', link },
    notes: ['Wenn Sie nicht wussten, dass die Domain in Gebrauch war, fragen Sie, wer sie vor Ihnen hatte.'],
  }),
  'member-removed': ({ tenant }, installation) => ({
    subject: `Sie gehören nicht mehr zu ${tenant}`,
    lines: [`Sie wurden aus ${tenant} auf ${installation} entfernt. Ihr Konto bleibt; was Sie in ${tenant} sehen und tun konnten, ist beendet.`],
    notes: [`Wenn Sie das überrascht, fragen Sie jemanden, der ${tenant} verwaltet.`],
  }),
  'role-changed': ({ tenant, roles, by, link }) => ({
    subject: `Ihre Rolle in ${tenant} wurde geändert`,
    lines: [`${by} hat geändert, was Sie in ${tenant} dürfen. Ab jetzt sind Sie: ${roles}.`],
    action: { label: `${tenant} öffnen`, link },
  }),
};

export const de: Language = {
  tag: 'de',
  greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
  code: 'Code',
  via: 'über',
  linkHint: 'Falls die Schaltfläche nicht geht, öffnen Sie diese Adresse:',
  footer: (installation) => `Sie bekommen diese Mail, weil diese Adresse bei ${installation} verwendet wird. Antworten darauf liest niemand.`,
  letters,
};
