import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { Row, rowView, tableFields } from '../schemas.ts';
import { findTable, readRows, tableTarget } from '../store.ts';

export const dataTablesRowsList = defineOperation({
  name: 'dataTables.rows.list',
  summary: 'List the rows of a data table',
  description: 'In the order in which they were put in. `key` finds the one row that has it.',
  permission: 'dataTables:read',
  risk: 'read',
  route: { method: 'GET', path: '/data-tables/{id}/rows' },
  input: z.object({ id: tableFields.id, key: z.string().max(500).optional().meta({ title: 'Key' }), ...pageInput }),
  output: pageOf(Row),
  targets: async (ctx, { id }) => [tableTarget(await findTable(ctx, id))],
  async run(ctx, { id, key, cursor, limit }) {
    const table = await findTable(ctx, id);
    const column = table.columns.find((one) => one.key);
    if (key !== undefined && !column) throw new Problem('data-rows-invalid', 'The table has no key.', { errors: [{ pointer: '/key', message: 'The table has no key' }] }); // prettier-ignore
    const match = key === undefined || !column ? {} : { [column.name]: column.type === 'integer' ? Number(key) : key };
    const after = decodeCursor(cursor, 1)?.[0];
    if (after !== undefined && !isUuid(String(after))) throw new Problem('cursor-invalid', 'The cursor is not one of this list. Start again without it.'); // prettier-ignore
    const rows = await readRows(ctx, table, { match, after: after === undefined ? undefined : String(after), limit: limit + 1 });
    return toPage(rows, limit, (row) => [row.id], rowView);
  },
});
