import { z } from 'zod';
import { and, count, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { tableFields } from '../schemas.ts';
import { findTable, tableTarget } from '../store.ts';
import { dataRows, dataTables } from '../tables.ts';

export const dataTablesDelete = defineOperation({
  name: 'dataTables.delete',
  summary: 'Delete a data table with its rows',
  permission: 'dataTables:manage',
  risk: 'high',
  input: z.object({ id: tableFields.id }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [tableTarget(await findTable(ctx, id))],
  async plan(ctx, { id }) {
    const row = await findTable(ctx, id);
    const [held] = await ctx.db.select({ rows: count() }).from(dataRows).where(and(eq(dataRows.tenantId, ctx.tenantId), eq(dataRows.tableId, row.id))); // prettier-ignore
    return {
      summary: `Delete data table ${row.name}`,
      changes: [{ action: 'delete', type: 'dataTable', id: row.id, name: row.name }],
      dataLoss: `${held!.rows} rows`,
      warnings: ['Workflows that use it fail from then on.'],
      observed: { [`dataTable:${row.id}`]: row.updatedAt.toISOString() },
    };
  },
  async run(ctx, { id }) {
    const row = await findTable(ctx, id, true);
    await ctx.db.delete(dataTables).where(and(eq(dataTables.tenantId, ctx.tenantId), eq(dataTables.id, row.id)));
    return { id: row.id };
  },
});
