import { bigint, integer, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Wanted } from '../chain/read.ts';

export const KINDS = ['syslog', 'webhook'] as const;
export const STATES = ['active', 'failing', 'paused'] as const;

const at = (name: string) => timestamp(name, { withTimezone: true });

export const streams = tenantTable('audit_streams', {
  name: text('name').notNull(),
  kind: text('kind').$type<(typeof KINDS)[number]>().notNull(),
  address: text('address').notNull(),
  ca: text('ca'),
  facility: smallint('facility').notNull().default(13),
  secretSealed: text('secret_sealed'),
  entries: text('entries').$type<Wanted>().notNull(),
  state: text('state').$type<(typeof STATES)[number]>().notNull(),
  cursor: bigint('cursor', { mode: 'number' }).notNull(),
  sent: bigint('sent', { mode: 'number' }).notNull().default(0),
  gone: bigint('gone', { mode: 'number' }).notNull().default(0),
  failures: integer('failures').notNull().default(0),
  error: text('error'),
  failedAt: at('failed_at'),
  sentAt: at('sent_at'),
  nextAt: at('next_at').notNull().defaultNow(),
  holder: uuid('holder'),
  heldUntil: at('held_until'),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
  version: integer('version').notNull().default(1),
});
export type StreamRow = typeof streams.$inferSelect;
