import { integer, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { SessionState } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const memberSessions = tenantTable('exchange_sessions', {
  routeServerId: uuid('route_server_id').notNull(),
  connectionId: uuid('connection_id').notNull(),
  protocol: text('protocol').notNull(),
  told: text('told').$type<SessionState>().notNull().default('down'),
  toldAt: at('told_at'),
  seen: text('seen').$type<SessionState>(),
  seenAt: at('seen_at'),
  askedMark: text('asked_mark'),
  askedAt: at('asked_at'),
});
export type SessionRow = typeof memberSessions.$inferSelect;

export const refusals = tenantTable('exchange_refusals', {
  connectionId: uuid('connection_id').notNull(),
  code: integer('code').notNull(),
  day: text('day').notNull(),
});
