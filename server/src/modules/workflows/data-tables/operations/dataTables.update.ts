import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';
import { extensionFault, type Column } from '../rules.ts';
import { DataTable, tableFields, tableView } from '../schemas.ts';
import { findTable, tableTarget } from '../store.ts';
import { dataTables, type DataTableRow } from '../tables.ts';

function requireExtension(row: DataTableRow, columns: readonly Column[] | undefined): void {
  const why = columns ? extensionFault(row.columns, columns) : null;
  if (why !== null) throw new Problem('data-table-columns-invalid', `The columns cannot become these: ${why}.`, { errors: [{ pointer: '/columns', message: why }] }); // prettier-ignore
}

export const dataTablesUpdate = defineOperation({
  name: 'dataTables.update',
  summary: 'Add columns to a data table, or describe it',
  description: 'Columns are added at will. None is taken away or changed, since rows and workflows rely on it.',
  permission: 'dataTables:manage',
  risk: 'write',
  input: z.object({ id: tableFields.id, description: tableFields.description.nullable().optional(), columns: tableFields.columns.optional() }),
  output: DataTable,
  targets: async (ctx, { id }) => [tableTarget(await findTable(ctx, id))],
  async plan(ctx, { id, description, columns }) {
    const row = await findTable(ctx, id);
    requireExtension(row, columns);
    const after = { description, columns };
    const fields = (['description', 'columns'] as const).flatMap((path) => (after[path] === undefined ? [] : [{ path, before: row[path], after: after[path] }])); // prettier-ignore
    return {
      summary: `Change data table ${row.name}`,
      changes: [{ action: 'update', type: 'dataTable', id: row.id, name: row.name, fields }],
      observed: { [`dataTable:${row.id}`]: row.updatedAt.toISOString() },
    };
  },
  async run(ctx, { id, description, columns }) {
    const row = await findTable(ctx, id, true);
    requireExtension(row, columns);
    const next = { ...(description === undefined ? {} : { description }), ...(columns ? { columns } : {}), updatedAt: ctx.now() };
    const [after] = await ctx.db.update(dataTables).set(next).where(and(eq(dataTables.tenantId, ctx.tenantId), eq(dataTables.id, row.id))).returning(); // prettier-ignore
    return tableView(after!);
  },
});
