import { boolean, text, uuid } from '#kernel/columns.ts';
import { at, auth } from '../tables.ts';

export const localCredentials = auth.table('local_credentials', {
  userId: uuid('user_id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  username: text('username').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  lastLoginAt: at('last_login_at'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
});

export const fabricGrants = auth.table('fabric_grants', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  userId: uuid('user_id').notNull(),
  fabric: text('fabric'),
  allFabrics: boolean('all_fabrics').notNull().default(false),
  source: text('source', { enum: ['local'] })
    .notNull()
    .default('local'),
  createdAt: at('created_at').notNull(),
});

export const mfaResets = auth.table('mfa_resets', {
  userId: uuid('user_id').primaryKey(),
  requestedBy: text('requested_by').notNull(),
  requestedAt: at('requested_at').notNull(),
  dueAt: at('due_at').notNull(),
});
