import type { Mails, MailTemplate, Message } from '#kernel/mail.ts';
import { cleaned } from './clean.ts';
import { htmlOf, textOf } from './layout.ts';
import type { Envelope } from './providers/port.ts';
import { de } from './templates/de.ts';
import { en } from './templates/en.ts';
import type { Language, Letter } from './templates/letter.ts';
import { zh } from './templates/zh.ts';

/** Who mails come from. `name` is what the installation calls itself. */
export interface Sender {
  name: string;
  /** `address`, or `Name <address>`. */
  from: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = { en, de, zh };

/** The language of a BCP 47 tag, English when it is not one of ours. */
const languageOf = (locale: string | null | undefined): Language => LANGUAGES[/^[a-z]{2,3}/i.exec(locale ?? '')?.[0].toLowerCase() ?? ''] ?? en;

const [PLAIN, NAMED] = [/^[^\s<>]+$/, /^(.*?)\s*<([^<>]+)>$/];
export function readSender(from: string): { name: string | undefined; address: string } {
  if (PLAIN.test(from)) return { name: undefined, address: from };
  const [, name, address] = NAMED.exec(from) ?? [];
  return { name: name || undefined, address: address ?? from };
}

/** A tenant chooses its own name, so the installation's stands beside it: nobody writes as a bank. */
function fromOf({ from, name: installation }: Sender, tenant: string | undefined, { via }: Language): Envelope['from'] {
  const { name, address } = readSender(from);
  const own = name ?? installation;
  return { name: tenant ? `${tenant} ${via} ${own}` : own, address };
}

/** Every text of a mail, however deep. */
const cleanedAll = (data: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).map(([field, value]) => [field, cleanedIn(field, value)]));
const cleanedIn = (field: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => cleanedIn(field, one));
  return typeof value === 'object' && value !== null ? cleanedAll(value) : cleaned(field, String(value));
};

/** The whole mail, in the receiver's language. */
export function render(id: string, message: Message, sender: Sender): Envelope {
  const language = languageOf(message.locale);
  const installation = cleaned('installation', sender.name);
  const data = cleanedAll(message.data);
  const letterOf = language.letters[message.template] as (data: Mails[MailTemplate], installation: string) => Letter;
  const letter = letterOf(data as unknown as Mails[MailTemplate], installation);
  const tenant = message.sender === undefined ? undefined : cleaned('tenant', message.sender);
  const frame = { language, installation, greeting: language.greeting(String(data['name'] ?? '')) };
  return {
    id,
    from: fromOf(sender, tenant, language),
    to: message.to,
    subject: letter.subject,
    text: textOf(letter, frame),
    html: htmlOf(letter, frame),
    language: language.tag,
  };
}
