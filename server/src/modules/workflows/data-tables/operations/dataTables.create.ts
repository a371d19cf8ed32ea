import { z } from 'zod';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';
import { columnsFault, type Column } from '../rules.ts';
import { DataTable, tableFields, tableView } from '../schemas.ts';
import { tableTarget } from '../store.ts';
import { dataTables } from '../tables.ts';

/** Of a tenant. */
const MOST_TABLES = 200;

function requireGood(columns: readonly Column[]): void {
  const why = columnsFault(columns);
  if (why !== null) throw new Problem('data-table-columns-invalid', `The columns do not go together: ${why}.`, { errors: [{ pointer: '/columns', message: why }] }); // prettier-ignore
}

export const dataTablesCreate = defineOperation({
  name: 'dataTables.create',
  summary: 'Make a data table',
  description:
    'For lists and states that workflows keep. What a column takes is checked with every row; one column may be the key, which names a row.',
  permission: 'dataTables:manage',
  risk: 'write',
  input: z.object({ name: tableFields.name, description: tableFields.description.optional(), columns: tableFields.columns }),
  output: DataTable,
  targets: (_ctx, { name }) => [tableTarget({ id: 'new', name })],
  plan(_ctx, { name, columns }) {
    requireGood(columns);
    return {
      summary: `Make data table ${name} with ${columns.length} columns`,
      changes: [{ action: 'create', type: 'dataTable', name, fields: [{ path: 'columns', before: null, after: columns }] }],
      reversible: 'Delete the table.',
    };
  },
  async run({ db, tenantId, actor, now }, { name, description = null, columns }) {
    requireGood(columns);
    const [found] = await db.select({ used: count() }).from(dataTables).where(eq(dataTables.tenantId, tenantId));
    if (found!.used >= MOST_TABLES) throw new Problem('data-table-full', `There are ${MOST_TABLES} data tables, and no more are made.`);
    const [row] = await db
      .insert(dataTables)
      .values({
        tenantId,
        id: newId(),
        name,
        description,
        columns,
        createdBy: actor.id,
        createdByName: actor.name,
        createdAt: now(),
        updatedAt: now(),
      })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('data-table-name-taken', `There is a data table "${name}" already.`) : error;
      });
    return tableView(row!);
  },
});
