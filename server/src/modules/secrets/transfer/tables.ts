import { integer, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Format } from './guess.ts';

/** Encrypted archives on their way to whoever asked for them. */
export const secretExports = tenantTable('secret_exports', {
  filename: text('filename').notNull(),
  format: text('format').$type<Format>().notNull(),
  count: integer('count').notNull(),
  bytes: integer('bytes').notNull(),
  sha256: text('sha256').notNull(),
  /** Null once it was fetched or its time was over. */
  sealed: text('sealed'),
  reason: text('reason').notNull(),
  changeId: uuid('change_id'),
  requestedBy: text('requested_by').notNull(),
  requestedByName: text('requested_by_name').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  downloadedAt: timestamp('downloaded_at', { withTimezone: true }),
});
