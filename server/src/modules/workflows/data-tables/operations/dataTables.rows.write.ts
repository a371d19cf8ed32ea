import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Row, tableFields, writeFields } from '../schemas.ts';
import { findTable, fitted, tableTarget, writeRows } from '../store.ts';

export const dataTablesRowsWrite = defineOperation({
  name: 'dataTables.rows.write',
  summary: 'Write rows of a data table',
  description:
    'All of it or nothing. `insert` and `upsert` take rows, `update` and `delete` the values that rows must have; an empty object is every row.',
  permission: 'dataTables:write',
  risk: 'write',
  route: { method: 'POST', path: '/data-tables/{id}/rows' },
  input: z.object({ id: tableFields.id, ...writeFields }),
  output: z.object({ affected: z.int(), rows: z.array(Row) }),
  targets: async (ctx, { id }) => [tableTarget(await findTable(ctx, id))],
  async plan(ctx, { id, ...writing }) {
    const row = await findTable(ctx, id);
    fitted(row, writing);
    const { action, rows, match } = writing;
    const what = rows ? `${rows.length} rows` : `rows where ${JSON.stringify(match)}`.slice(0, 200);
    return {
      summary: `${action[0]!.toUpperCase()}${action.slice(1)} ${what} of data table ${row.name}`,
      changes: [{ action: 'update', type: 'dataTable', id: row.id, name: row.name }],
      dataLoss: action === 'delete' ? 'The rows that match' : null,
    };
  },
  run: async (ctx, { id, ...writing }) => writeRows(ctx, await findTable(ctx, id), writing, ctx.now()),
});
