import type { Databases, Statement } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { inserting } from './accept.ts';
import { createBatches } from './batches.ts';
import { crowdOf, tooMany } from './claim.ts';
import type { ExecutionRow } from './tables.ts';
import type { Heard } from './write.ts';

/** Milliseconds. Whoever locks several executions is not made to wait for one who does so too: that one gives way first. */
const PATIENCE = 100;

const isLost = (error: unknown): boolean => error instanceof Problem && error.slug === 'dependency-unavailable';

/** Checkpoints of several executions, in one transaction; where one of them is refused, each in its own. */
export function createWrites(databases: Databases) {
  const written = (tenantId: string, items: readonly (readonly Statement[])[]): Promise<Heard[]> => {
    const who = { tenantId, operation: 'workflow checkpoint', ...(items.length > 1 ? { patienceMs: PATIENCE } : {}) };
    return databases.tenant(who, async (db, { last }) => {
      const statements = items.flat();
      const answers = await Promise.all(statements.map((statement, at) => (at === statements.length - 1 ? last<{ heard: Heard }>(statement) : db.$client.query<{ heard: Heard }>(statement))));
      return items.map((item) => answers[statements.indexOf(item.at(-1)!)]!.rows[0]!.heard);
    });
  }; // prettier-ignore
  return createBatches<readonly Statement[], Heard>(async (tenantId, items) => {
    try {
      return await written(tenantId, items);
    } catch (error) {
      // Nobody knows what was made of it, so nothing is made again here.
      if (items.length === 1 || isLost(error)) throw error;
      return items.map(async (item) => (await written(tenantId, [item]))[0]!);
    }
  });
}

/** Stores executions as running; answers of each whether it is one too many, by what its tenant may run at once. */
export function createStores(databases: Databases) {
  return createBatches<{ row: ExecutionRow; limit: number }, boolean>((tenantId, items) =>
    databases.tenant({ tenantId, operation: 'workflow accept' }, async (_db, { last, after }) => {
      const rows = items.map(({ row }) => row);
      const [{ rowCount }, crowd] = await Promise.all([last(inserting(rows)), crowdOf(after, tenantId)]);
      if (rowCount !== rows.length) throw new Error('there is an execution with the id of a new one');
      return tooMany(crowd, rows, items[0]!.limit);
    }),
  );
}
