import { randomBytes } from 'node:crypto';
import type { Database } from '#kernel/database.ts';
import type { SealedPlace, Sealer } from '#kernel/seal.ts';
import type { WebhookRow } from './tables.ts';

type Place = Pick<WebhookRow, 'tenantId' | 'id'>;

/** A secret keeps its place when it becomes the previous one: both columns are of one field. */
const placeOf = ({ tenantId, id }: Place, field: 'secret' | 'headers'): SealedPlace => ({ tenantId, table: 'webhooks', row: id, field });

/** 32 random bytes, as Standard Webhooks writes them. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const sealSecret = (db: Database, sealer: Sealer, row: Place, secret: string): Promise<string> =>
  sealer.seal(db, placeOf(row, 'secret'), secret);

export const sealHeaders = async (db: Database, sealer: Sealer, row: Place, headers: Readonly<Record<string, string>>): Promise<string | null> =>
  Object.keys(headers).length === 0 ? null : sealer.seal(db, placeOf(row, 'headers'), JSON.stringify(headers));

interface Opened {
  /** The newest first. */
  secrets: string[];
  headers: Record<string, string>;
}

/** What is sealed of a webhook; the previous secret while it still signs. References in headers are left as they stand. */
export async function openWebhook(db: Database, sealer: Sealer, row: WebhookRow, now: Date): Promise<Opened> {
  const signs = row.previousSealed !== null && row.previousUntil !== null && row.previousUntil > now;
  const secrets = [row.secretSealed, ...(signs ? [row.previousSealed!] : [])];
  const opened: string[] = [];
  for (const sealed of secrets) opened.push(await sealer.open(db, placeOf(row, 'secret'), sealed));
  const headers = row.headersSealed === null ? {} : (JSON.parse(await sealer.open(db, placeOf(row, 'headers'), row.headersSealed)) as Record<string, string>); // prettier-ignore
  return { secrets: opened, headers };
}
