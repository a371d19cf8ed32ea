import type { Databases } from '#kernel/database.ts';
import type { Mails, MailTemplate, Message } from '#kernel/mail.ts';
import { deriveKey } from '#kernel/seal.ts';
import { openMessage } from '#modules/mail/outbox.ts';
import { testMasterKey } from './clone.ts';

/** Mails that a committed transaction left in the outbox, the oldest first: what would be sent, to whom and in which language. */
export async function mailsIn({ databases }: { databases: Databases }, to?: string): Promise<Message[]> {
  const rows = await databases.platform(
    'test',
    async (db) => (await db.$client.query<{ id: string; sealed: string }>('select id, sealed from mail_outbox order by id')).rows,
  );
  const keyFor = (purpose: string): Uint8Array => deriveKey(testMasterKey(), purpose);
  const all = rows.map(({ id, sealed }) => openMessage(keyFor, id, sealed));
  return to === undefined ? all : all.filter((message) => message.to === to);
}

/** Data of the latest mail of a kind to someone. Throws when there is none. */
export async function lastMail<T extends MailTemplate>(company: { databases: Databases }, to: string, template: T): Promise<Mails[T]> {
  const found = (await mailsIn(company, to)).findLast((message) => message.template === template);
  if (!found) throw new Error(`there is no mail "${template}" to ${to}`);
  return found.data as Mails[T];
}

/** The secret of a link: what follows `#token=`. */
export const tokenOf = ({ link }: { link: string }): string => new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
