import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { providerOf } from '#kernel/port.ts';
import { asSuperuser } from '../../../../test/clone.ts';
import { createWorld, type World } from '../../../../test/world.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { Engine } from '../providers/port.ts';
import { tooMany } from './claim.ts';
import { executions, type ExecutionRow } from './tables.ts';
import { bare, draw, publish, startOf } from './testing.ts';
import { createStores, createWrites } from './together.ts';

const OWNER = 987_654;

let world: World;
let like: ExecutionRow;
beforeAll(async () => {
  world = await createWorld({ modules: [bare], workflows: { types: NODE_TYPES } });
  const engine = providerOf(world.adapters)(Engine);
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger'], end: ['respond'] }, 'start -> end'));
  const { executionId } = await engine.start(startOf(published, world.as().actor));
  await engine.answered(executionId, 'end', 10_000);
  like = await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.select().from(executions).where(eq(executions.id, executionId)))[0]!);
}); // prettier-ignore
afterAll(() => world.close());

const begun = (): ExecutionRow => ({
  ...like, id: newId(), status: 'running', leaseOwner: OWNER, leaseUntil: new Date(Date.now() + 30_000), epoch: 1, endedAt: null, wakeAt: null,
}); // prettier-ignore
const writing = ({ tenantId, id }: ExecutionRow, owner = OWNER) => [
  { text: 'select workflow_write($1, $2, $3, 1, $4) as heard', values: [tenantId, id, owner, JSON.stringify({ write: 1, status: 'completed', ended: new Date() })] },
]; // prettier-ignore
const statuses = async (rows: readonly ExecutionRow[]): Promise<(string | undefined)[]> => {
  const found = await world.databases.tenant({ tenantId: like.tenantId }, (db) => db.select({ id: executions.id, status: executions.status }).from(executions));
  return rows.map(({ id }) => found.find((one) => one.id === id)?.status);
}; // prettier-ignore
async function stored(n: number): Promise<ExecutionRow[]> {
  const rows = Array.from({ length: n }, begun);
  const stores = createStores(world.databases);
  await Promise.all(rows.map((row) => stores(row.tenantId, { row, limit: 1_000 })));
  return rows;
}

describe('what several executions write at one moment', () => {
  test('is stored and ended with one transaction for each', async () => {
    const root = await asSuperuser(world.databaseUrl);
    const transactions = async (): Promise<number> => (await root.query<{ n: number }>(`select (xmin::text)::int as n from workflow_executions`)).rows.reduce((all, { n }) => all.add(n), new Set<number>()).size; // prettier-ignore
    const before = await transactions();
    const rows = await stored(10);
    // The first does not wait for the others, so there may be two.
    expect((await transactions()) - before).toBeLessThanOrEqual(2);
    const writes = createWrites(world.databases);
    const heard = await Promise.all(rows.map((row) => writes(row.tenantId, writing(row))));
    expect(heard.every(({ nudged }) => !nudged)).toBe(true);
    expect(await statuses(rows)).toEqual(rows.map(() => 'completed'));
    expect((await transactions()) - before).toBeLessThanOrEqual(2);
    await root.end();
  });

  test('is written by each alone where one of them is held by another worker by now: it alone is told so', async () => {
    const rows = await stored(5);
    const writes = createWrites(world.databases);
    const results = await Promise.allSettled(rows.map((row, at) => writes(row.tenantId, writing(row, at === 2 ? 1 : OWNER))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({ code: 'WF001' });
    expect(await statuses(rows)).toEqual(['completed', 'completed', 'running', 'completed', 'completed']);
  });

  test('waits for nobody who has locked one of them: the others are written meanwhile', async () => {
    const rows = await stored(4);
    const root = await asSuperuser(world.databaseUrl);
    await root.query('begin');
    await root.query('select from workflow_executions where id = $1 for update', [rows[1]!.id]);
    const writes = createWrites(world.databases);
    const all = rows.map((row) => writes(row.tenantId, writing(row)));
    await Promise.all([all[0], all[2], all[3]]);
    expect(await statuses(rows)).toEqual(['completed', 'running', 'completed', 'completed']);
    await root.query('commit');
    await all[1];
    expect(await statuses(rows)).toEqual(rows.map(() => 'completed'));
    await root.end();
  });
});

test('of those that begin together the first go on, as far as the plan and their workflow allow', () => {
  const of = (workflowId: string, maxConcurrent = 100) => ({ workflowId, maxConcurrent });
  const crowd = (...entries: [string, number][]) => new Map(entries);
  // Those that begin are in the crowd already.
  expect(tooMany(crowd(['w', 5]), [of('w'), of('w')], 10)).toEqual([false, false]);
  expect(tooMany(crowd(['w', 11]), [of('w'), of('w')], 10)).toEqual([false, true]);
  expect(tooMany(crowd(['w', 12]), [of('w'), of('w')], 10)).toEqual([true, true]);
  expect(tooMany(crowd(['w', 3], ['x', 9]), [of('w', 2), of('w', 2), of('x')], 100)).toEqual([false, true, false]);
  expect(tooMany(crowd(['w', 1], ['x', 9]), [of('w')], 10)).toEqual([false]);
  expect(tooMany(crowd(['w', 1], ['x', 10]), [of('w')], 10)).toEqual([true]);
});
