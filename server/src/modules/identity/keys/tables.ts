import { integer, pgSchema, text, timestamp, uuid } from '#kernel/columns.ts';

const auth = pgSchema('auth');
const at = (name: string) => timestamp(name, { withTimezone: true });

export const serviceAccounts = auth.table('service_accounts', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  ownerId: uuid('owner_id'),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  createdBy: uuid('created_by'),
  version: integer('version').notNull().default(1),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});
