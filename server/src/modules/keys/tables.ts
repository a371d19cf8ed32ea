import { integer, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const reencryptions = tenantTable('reencryptions', {
  keyId: uuid('key_id').notNull(),
  state: text('state').$type<'moving' | 'settling' | 'done'>().notNull(),
  place: text('place'),
  afterId: uuid('after_id'),
  total: integer('total').notNull(),
  moved: integer('moved').notNull().default(0),
  unreadable: integer('unreadable').notNull().default(0),
  destroyed: integer('destroyed').notNull().default(0),
  settlesAt: moment('settles_at'),
  endedAt: moment('ended_at'),
});
export type Reencryption = typeof reencryptions.$inferSelect;
