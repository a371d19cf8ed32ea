import { z } from 'zod';
import { isMailAddress } from '#kernel/mail.ts';
import { MAX_BYTES } from '../password-rules.ts';

const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

export const Email = z
  .string()
  .trim()
  .max(254)
  .refine((email) => isMailAddress(email) && email.slice(email.lastIndexOf('@')).includes('.'), 'Not an e-mail address')
  .meta({ title: 'E-mail', widget: 'email', examples: ['ada@example.com'] });

export const Password = z
  .string()
  .min(1)
  .refine((password) => Buffer.byteLength(password) <= MAX_BYTES, 'At most 1,024 bytes')
  .meta({ title: 'Password', widget: 'password', secret: true, help: 'At least twelve characters; a few unrelated words make a good one' });

/** In mails, beside our own words: nothing that a mail program would turn into a link. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}<>]+$/u, 'No control characters, < or >')
  .refine((name) => !/:\/\/|www\.|\S\.\S+\//iu.test(name), 'No addresses of web pages')
  .meta({ title: 'Name', examples: ['Ada Lovelace'] });
export const NamePart = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}<>]+$/u, 'No control characters, < or >');

export const Locale = z
  .string()
  .max(35)
  .refine(isLocale, 'Not a language tag such as en or de-AT')
  .meta({ title: 'Language', examples: ['en', 'de'] });
export const Zone = z
  .string()
  .max(64)
  .refine(isZone, 'Not a time zone such as Europe/Vienna')
  .meta({ title: 'Time zone', examples: ['Europe/Vienna'] });

export const LinkToken = z.string().min(20).max(200).meta({ title: 'Token', help: 'From the link in the mail', secret: true });
export const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'Six digits')
  .meta({ title: 'Code', help: 'Six digits, from the same mail', secret: true });

export const CheckMail = z.object({ status: z.literal('check_email') });
