import { pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tenantTable } from '#kernel/database.ts';

const auth = pgSchema('auth');
const at = (name: string) => timestamp(name, { withTimezone: true });
const status = () =>
  text('status', { enum: ['active', 'suspended'] })
    .notNull()
    .default('active');

// Before a tenant is known there is no row-level security to lean on: these two are for the platform role alone.
export const tenants = auth.table('tenants', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  status: status(),
  createdBy: uuid('created_by'),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const memberships = auth.table(
  'memberships',
  {
    tenantId: uuid('tenant_id').notNull(),
    userId: uuid('user_id').notNull(),
    status: status(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] })],
);

/** What a tenant sees of its people; `id` is the person's. */
export const members = tenantTable('members', {
  email: text('email').notNull(),
  name: text('name').notNull(),
  status: status(),
  joinedAt: at('joined_at').notNull().defaultNow(),
});
