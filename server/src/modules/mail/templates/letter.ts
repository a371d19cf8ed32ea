import type { Mails, MailTemplate } from '#kernel/mail.ts';

/** What a mail says; how it looks is decided in one place for all of them. */
export interface Letter {
  subject: string;
  lines: readonly string[];
  code?: string;
  action?: { label: string; link: string };
  /** Below the button, smaller: what to do if it was not you, how long it is good. */
  notes?: readonly string[];
}

export type Letters = { [T in MailTemplate]: (data: Mails[T], installation: string) => Letter };

export interface Language {
  tag: string;
  greeting: (name: string) => string;
  code: string;
  /** Between a tenant's name and the installation's. */
  via: string;
  linkHint: string;
  footer: (installation: string) => string;
  letters: Letters;
}

/** A moment in words, in UTC: where the reader is, nobody knows. */
export function momentIn(tag: string): (at: string) => string {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return (at) => (Number.isNaN(Date.parse(at)) ? at : `${format.format(new Date(at))} UTC`);
}

interface Happened {
  at: string;
  device?: string;
  place?: string;
  ip?: string;
}

/** “When: … · Device: … · Place: …”, with what is known. */
export const circumstancesIn =
  (words: { when: string; device: string; place: string; ip: string }, moment: (at: string) => string) =>
  ({ at, device, place, ip }: Happened): string =>
    [`${words.when}: ${moment(at)}`, device && `${words.device}: ${device}`, place && `${words.place}: ${place}`, ip && `${words.ip}: ${ip}`]
      .filter(Boolean)
      .join(' · ');
