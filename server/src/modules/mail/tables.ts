import { integer, pgSchema, smallint, text, timestamp } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';

const auth = pgSchema('auth');
const at = (name: string) => timestamp(name, { withTimezone: true });

export const outbox = tenantTable('mail_outbox', {
  sealed: text('sealed').notNull(),
  attempts: smallint('attempts').notNull().default(0),
});

export const suppressions = auth.table('mail_suppressions', {
  addressHash: text('address_hash').primaryKey(),
  code: text('code').notNull(),
  suppressedUntil: at('suppressed_until').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
});

export const minutes = auth.table('mail_minutes', {
  minute: at('minute').primaryKey(),
  sent: integer('sent').notNull(),
});
