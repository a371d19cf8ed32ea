import type { Database } from './database.ts';
import { definePort } from './port.ts';

/** Where and when something happened, for mails about the safety of an account. `at` is RFC 3339; `device` and `place` are for people. */
interface Circumstances {
  at: string;
  device?: string;
  place?: string;
  ip?: string;
}

/** Links are whole addresses of a page, `{publicUrl}/<page>#token=…`: what follows the # is in no log of a server or proxy. */
interface Link {
  link: string;
}

interface Named {
  /** How the receiver is called; empty when nobody knows. */
  name: string;
}

/** Every mail of the product, with what its text needs. */
export interface Mails {
  /** `code`: six digits, of the same worth as the link for 15 minutes. */
  'verify-email': Named & Link & { code: string };
  'already-registered': Named & { signInLink: string; resetLink: string };
  /** `minutes`: how long the link is good. */
  'reset-password': Named & Link & { minutes: string };
  /** `link`: where to set another password if it was somebody else. */
  'password-changed': Named & Link & Circumstances;
  /** `link`: “this was not me”. */
  'new-sign-in': Named & Link & Circumstances;
  /** `roles`: their names, as one text. `expiresAt`: RFC 3339. */
  invitation: Link & { inviter: string; tenant: string; roles: string; message?: string; expiresAt: string };
  /** To the new address. */
  'email-change-confirm': Named & Link & { email: string };
  /** To the old address; `link` undoes the change for 72 hours. */
  'email-change-notice': Named & Link & { email: string };
  'factor-added': Named & Link & Circumstances & { factor: string };
  'factor-removed': Named & Link & Circumstances & { factor: string };
  /** Platform support is going to take all second factors away; `due`: RFC 3339. */
  'factors-reset-due': Named & Link & { due: string };
  'backup-codes-low': Named & Link & { left: string };
  /** `link`: “this was not me”. */
  'refresh-reuse': Named & Link & Circumstances;
  /** `link` ends the lock at once. */
  'account-locked': Named & Link & { until: string };
  'identity-linked': Named & Link & Circumstances & { provider: string };
  /** The proof is missing; the domain works for a week more. */
  'domain-stale': Named & Link & { tenant: string; domain: string };
  /** Another tenant has proven the domain: to the one that held it, and to the one that holds it now. Neither learns who the other is. */
  'domain-lost': Named & Link & { tenant: string; domain: string };
  'domain-won': Named & Link & { tenant: string; domain: string };
  'member-removed': Named & { tenant: string };
  /** `roles`: what the person holds from now on, as one text; `by`: who changed it. */
  'role-changed': Named & Link & { tenant: string; roles: string; by: string };
  /** What module notifications has to say; a field that is not known is empty. `targets`, `lines`: one text for each. `expiresAt`: RFC 3339 or empty. */
  notification: Named &
    Link & {
      kind: string;
      tenant: string;
      number: string;
      operation: string;
      summary: string;
      requester: string;
      environment: string;
      risk: string;
      reason: string;
      targets: readonly string[];
      more: string;
      expiresAt: string;
    };
  /** Several of them in one, the newest last. `lines`: subject of each. */
  'notification-digest': Named & Link & { tenant: string; lines: readonly { kind: string; number: string; summary: string }[] };
}
export type MailTemplate = keyof Mails;

export type Message = {
  [T in MailTemplate]: {
    /** A plain address, no name and no list; throws when it is none. */
    to: string;
    template: T;
    data: Mails[T];
    /** BCP 47 tag of the receiver; English when it is not known to us. */
    locale?: string | null;
    /** Who the mail says it is from: the tenant’s name in its branding; the installation’s name when left out. */
    sender?: string;
    /** Its end is announced as `mail.sent` or `mail.failed`, each delay as `mail.delayed`. */
    tracked?: true;
  };
}[MailTemplate];

/**
 * Mails leave after the commit or not at all: `send` only stores the sealed message and its job in the transaction of `db`, which
 * may be a tenant's or the platform's.
 */
export interface Mail {
  /** Answers the id that announcements name; undefined for an address that leads nowhere, which gets nothing. */
  send: (db: Database, message: Message) => Promise<string | undefined>;
}
export const Mail = definePort<Mail>('mail');

const ADDRESS = /^[^\s@<>"'(),:;[\]\\\p{Cc}]{1,64}@[^\s@<>"'(),:;[\]\\\p{Cc}]{1,189}$/u;

/** An address that can stand in a header and an SMTP command as it is: quoted forms, lists, names and control characters are not. */
export const isMailAddress = (text: string): boolean => ADDRESS.test(text);
