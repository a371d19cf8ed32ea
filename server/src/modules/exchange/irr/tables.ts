import { jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { IrrPrefix } from '../render/irr.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const irrLists = tenantTable('exchange_irr_lists', {
  participantId: uuid('participant_id').notNull(),
  source: text('source').notNull(),
  origins: jsonb('origins').$type<number[]>().notNull(),
  prefixesV4: jsonb('prefixes_v4').$type<IrrPrefix[]>().notNull(),
  prefixesV6: jsonb('prefixes_v6').$type<IrrPrefix[]>().notNull(),
  fetchedAt: at('fetched_at'),
  triedAt: at('tried_at').notNull(),
  problemCode: text('problem_code'),
  detail: text('detail'),
});
export type IrrRow = typeof irrLists.$inferSelect;
