import { NO_TENANT } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import { keyedHash, newId } from '#kernel/ids.ts';
import type { Jobs } from '#kernel/jobs.ts';
import { isMailAddress, type Mail, type MailTemplate, type Message } from '#kernel/mail.ts';
import { decrypt, encrypt } from '#kernel/seal.ts';
import { isAnythingTainted, scrubValue } from '#kernel/taint.ts';
import { outbox } from './tables.ts';

export type KeyFor = (purpose: string) => Uint8Array;

/** A key for each mail: the platform, which sends, cannot open the tenants' own data keys. */
const keyOf = (keyFor: KeyFor, id: string): Uint8Array => keyFor(`mail ${id}`);

export const sealMessage = (keyFor: KeyFor, id: string, message: Message): string =>
  encrypt(keyOf(keyFor, id), Buffer.from(JSON.stringify(message)), `mail_outbox\0${id}`);

/** Throws when the row was changed, or sealed under another master key. */
export const openMessage = (keyFor: KeyFor, id: string, sealed: string): Message =>
  JSON.parse(decrypt(keyOf(keyFor, id), sealed, `mail_outbox\0${id}`).toString('utf8')) as Message;

/** Addresses differ in case only to machines. */
export const addressHash = (keyFor: KeyFor): ((address: string) => string) => {
  const hash = keyedHash(keyFor('mail-suppressions'));
  return (address) => hash(address.toLowerCase());
};

const LINKS = ['link', 'signInLink', 'resetLink'];

function requireSendable({ to, data }: Message): void {
  if (!isMailAddress(to)) throw new Error('a mail was to go to something that is no plain address');
  for (const field of LINKS) {
    const link = (data as unknown as Partial<Record<string, string>>)[field];
    if (link !== undefined && !/^https?:\/\/[^\s"<>]+$/.test(link)) throw new Error(`the ${field} of a mail is no web address`);
  }
}

/** Of the domain `invalid` there is nothing (RFC 2606): it stands for no address, with accounts that have none. */
const leadsNowhere = ({ to }: Message): boolean => /[.@]invalid$/i.test(to);

/** The tenant that the transaction is in; none in one of the platform. */
const here = sql<string>`coalesce(nullif(current_setting('app.tenant_id', true), '')::uuid, ${NO_TENANT}::uuid)`;

/** What a tenant's people and outside systems worded may hold the value of one of its secrets. */
async function clean(db: Database, message: Message): Promise<Message> {
  if (!isAnythingTainted()) return message;
  const { rows } = await db.execute<{ tenant: string }>(sql`select ${here} as tenant`);
  return { ...message, data: scrubValue(message.data, rows[0]!.tenant) } as Message;
}

const TO_MANY: ReadonlySet<MailTemplate> = new Set(['invitation', 'notification', 'notification-digest']);
/** What a person waits for goes before what many are sent at once. */
export const priorityOf = ({ template }: Message): number => (TO_MANY.has(template) ? 0 : 10);

/** The Mail port on the outbox: mail and job are in the caller's transaction, so both exist or neither. */
export const createOutbox = ({ jobs, keyFor }: { jobs: Jobs; keyFor: KeyFor }): Mail => ({
  async send(db: Database, message: Message) {
    requireSendable(message);
    if (leadsNowhere(message)) return undefined;
    const id = newId();
    const [row] = await db
      .insert(outbox)
      .values({ tenantId: here, id, sealed: sealMessage(keyFor, id, await clean(db, message)) } as unknown as typeof outbox.$inferInsert)
      .returning({ tenantId: outbox.tenantId });
    await jobs.enqueue(db, 'mail', { tenantId: row!.tenantId, id }, { priority: priorityOf(message) });
    return id;
  },
});
