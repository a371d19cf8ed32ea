import { integer, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Due } from './rules.ts';

/** Who was reminded of what: one row for each date and each number of days before it. */
export const secretReminders = tenantTable('secret_reminders', {
  secretId: uuid('secret_id').notNull(),
  what: text('what').$type<Due['what']>().notNull(),
  dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
  days: integer('days').notNull(),
});
