import { z } from 'zod';
import { and, asc, eq, gt, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { DataTable, tableView } from '../schemas.ts';
import { dataTables } from '../tables.ts';

export const dataTablesList = defineOperation({
  name: 'dataTables.list',
  summary: 'List data tables',
  description: 'Tables with typed columns that workflows of this tenant read and write. By name.',
  permission: 'dataTables:read',
  risk: 'read',
  input: z.object({ q: z.string().min(1).max(63).optional().meta({ title: 'Search', help: 'Part of the name' }), ...pageInput }),
  output: pageOf(DataTable),
  targets: 'filter',
  async run({ db, tenantId, reach }, { q, cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    const rows = await db
      .select()
      .from(dataTables)
      .where(
        and(
          eq(dataTables.tenantId, tenantId),
          q === undefined ? undefined : sql`position(${q.toLowerCase()} in ${dataTables.name}) > 0`,
          after && gt(dataTables.name, String(after[0])),
          withinReach(reach, { type: 'dataTable', id: dataTables.id }),
        ),
      )
      .orderBy(asc(dataTables.name))
      .limit(limit + 1);
    return toPage(rows, limit, ({ name }) => [name], tableView);
  },
});
