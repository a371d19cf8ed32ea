import pg from 'pg';
import { expect, test } from 'vitest';
import { cloneDatabase } from './clone.ts';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

test('each clone is a migrated database of its own, also when many are made at once', async () => {
  const urls = await Promise.all([cloneDatabase(), cloneDatabase(), cloneDatabase()]);
  expect(new Set(urls).size).toBe(3);
  await ask(urls[0], 'create table mark (id int)');
  expect(await ask(urls[0], `select count(*)::int from switchyard_migrations where module = 'kernel'`)).not.toEqual([0]);
  expect(await ask(urls[1], `select to_regclass('mark')`)).toEqual([null]);
});
