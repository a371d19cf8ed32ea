import { jsonb, text, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Json } from '../graph.ts';
import type { Column } from './rules.ts';

export const dataTables = tenantTable('data_tables', {
  name: text('name').notNull(),
  description: text('description'),
  columns: jsonb('columns').$type<Column[]>().notNull(),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
});
export type DataTableRow = typeof dataTables.$inferSelect;

export const dataRows = tenantTable('data_rows', {
  tableId: uuid('table_id').notNull(),
  key: text('key'),
  content: jsonb('content').$type<Record<string, Json>>().notNull(),
});
export type DataRow = typeof dataRows.$inferSelect;
