import { integer, text } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { EgressException } from '#kernel/outbound-egress.ts';

export const egressExceptions = tenantTable('egress_exceptions', {
  kind: text('kind').$type<EgressException['kind']>().notNull(),
  value: text('value').notNull(),
  ports: integer('ports').array().notNull().default([]),
  reason: text('reason').notNull(),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
