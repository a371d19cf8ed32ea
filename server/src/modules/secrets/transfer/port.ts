import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';

/** Keeps encrypted archives between the call that makes one and the one download of it. */
export interface Archives {
  /** Sealed for the row that it will lie in. */
  seal: (db: Database, place: { tenantId: string; id: string }, archive: Buffer) => Promise<string>;
  /** Hands the archive to whoever asked for it, once, in a transaction of its own: whatever becomes of the answer, it is gone. Throws `secret-export-gone`. */
  take: (who: Pick<Actor, 'tenantId' | 'id'>, id: string) => Promise<{ filename: string; archive: Buffer }>;
}
export const Archives = definePort<Archives>('secrets.archives');

/** Whom the module tells: people of a tenant by id; access and tenancy know them. */
export interface Audience {
  owners: (db: Database, tenantId: string) => Promise<string[]>;
}
export const Audience = definePort<Audience>('secrets.audience');
