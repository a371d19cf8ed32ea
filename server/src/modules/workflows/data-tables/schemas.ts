import { z } from 'zod';
import { Json } from '../graph.ts';
import { Column, ROWS_AT_ONCE } from './rules.ts';
import type { DataRow, DataTableRow } from './tables.ts';

export const tableFields = {
  id: z.string().min(1).max(80).meta({ title: 'Table', help: 'Its id or its name' }),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'Lower case letters, digits, "-" and "_", beginning with a letter; at most 63')
    .meta({ title: 'Name', examples: ['maintenance-windows'] }),
  description: z.string().trim().max(500).meta({ title: 'Description', widget: 'textarea' }),
  columns: z
    .array(Column)
    .min(1)
    .max(50)
    .meta({ title: 'Columns', examples: [[{ name: 'host', type: 'text', required: true, key: true }, { name: 'checked_at', type: 'timestamp' }]] }),
  match: z.record(z.string(), Json).meta({ title: 'Where', help: 'Columns and the values that they must have; all of them', examples: [{ host: 'edge-1' }] }),
} as const; // prettier-ignore

const Content = z.record(z.string(), Json);
export const Row = z.object({ id: z.uuid() }).catchall(Json).meta({ id: 'DataRow', help: 'Its id, and its columns by name' });

export const DataTable = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    columns: z.array(Column),
    createdBy: z.string(),
    createdByName: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'DataTable' });

/** What is written into a table. */
export const writeFields = {
  action: z.enum(['insert', 'upsert', 'update', 'delete']).meta({ title: 'What to do' }),
  rows: z.array(Content).max(ROWS_AT_ONCE).optional().meta({ title: 'Rows', help: 'To insert, or to upsert by the key', examples: [[{ host: 'edge-1' }]] }),
  match: tableFields.match.optional(),
  set: Content.optional().meta({ title: 'New values', help: 'For `update`: of the rows that match', examples: [{ checked_at: '2026-11-20T10:00:00Z' }] }),
} as const; // prettier-ignore

export const tableView = ({ id, name, description, columns, createdBy, createdByName, createdAt, updatedAt }: DataTableRow): z.input<typeof DataTable> => ({
  id, name, description, columns, createdBy, createdByName, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
}); // prettier-ignore

export const rowView = ({ id, content }: Pick<DataRow, 'id' | 'content'>): Record<string, Json> & { id: string } => ({ ...content, id });
