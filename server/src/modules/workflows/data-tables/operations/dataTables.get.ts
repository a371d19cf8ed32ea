import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { DataTable, tableFields, tableView } from '../schemas.ts';
import { findTable, tableTarget } from '../store.ts';

export const dataTablesGet = defineOperation({
  name: 'dataTables.get',
  summary: 'Show a data table and its columns',
  permission: 'dataTables:read',
  risk: 'read',
  input: z.object({ id: tableFields.id }),
  output: DataTable,
  targets: async (ctx, { id }) => [tableTarget(await findTable(ctx, id))],
  run: async (ctx, { id }) => tableView(await findTable(ctx, id)),
});
