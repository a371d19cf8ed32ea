import { afterEach, beforeEach, expect, test } from 'vitest';
import { asSuperuser, cloneDatabase, testMasterKey } from '#test/clone.ts';
import { openDatabases, type Database, type Databases } from './database.ts';
import { sql } from './drizzle.ts';
import './problems.ts';

let url: string;
let databases: Databases;
beforeEach(async () => {
  url = await cloneDatabase();
  databases = openDatabases({ url, masterKey: testMasterKey(), poolSize: 1 });
});
afterEach(() => databases.close());

type Answer = { value: number };
const double = async (db: Database, value: number): Promise<number> =>
  (await db.execute<Answer>(sql`select 2 * ${value}::int as value`)).rows[0]!.value;
const plans = async (db: Database, like: string) =>
  (await db.$client.query<{ name: string }>({ text: 'select name from pg_prepared_statements where statement like $1', values: [like] })).rows.length;

test('a statement that comes again is planned once, whatever its values; one that comes once is not kept', async () => {
  const counts = await databases.platform('test', async (db) => {
    expect([await double(db, 1), await double(db, 2), await double(db, 21)]).toEqual([2, 4, 42]);
    await db.execute(sql`select 3 * ${1}::int as once_only`);
    return [await plans(db, 'select 2 * %'), await plans(db, '%once_only')];
  });
  expect(counts).toEqual([1, 0]);
});

test('a plan is of use after the transaction that made it failed, and one that could not be made is made later', async () => {
  const late = (db: Database, value: number) => db.execute(sql`select 5 * ${value}::int as late`);
  await expect(
    databases.platform('test', async (db) => {
      await late(db, 1);
      const [refused] = await Promise.allSettled([double(db, 2 ** 40), late(db, 2), late(db, 3)]);
      expect(refused).toMatchObject({ status: 'rejected' });
      await late(db, 4);
    }),
  ).rejects.toThrow(/Failed query/);
  expect((await databases.platform('test', (db) => late(db, 4))).rows).toEqual([{ late: 20 }]);
  expect(await databases.platform('test', (db) => double(db, 4))).toBe(8);
});

test('a plan that a migration has outdated costs one call, which says that it may be repeated; its connection goes, and the next has a new plan', async () => {
  const root = await asSuperuser(url);
  await root.query('create table public.lengths (value integer); insert into lengths values (7); grant select on lengths to public');
  const read = (): Promise<unknown> =>
    databases.tenant({ tenantId: '00000000-0000-4000-8000-00000000000a' }, async (db) => (await db.execute(sql`select value from public.lengths where value > ${0}`)).rows[0]); // prettier-ignore
  expect([await read(), await read(), await read()]).toEqual([{ value: 7 }, { value: 7 }, { value: 7 }]);
  await root.query(
    'alter table lengths alter column value type text using value::text; alter table lengths alter column value type bigint using value::bigint',
  );
  await expect(read()).rejects.toMatchObject({ slug: 'dependency-unavailable' });
  expect([await read(), await read()]).toEqual([{ value: '7' }, { value: '7' }]);
  await root.end();
});

test('what is looked up is in no transaction: what took effect stays, and the connection is sound', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const name = async (db: Database) => (await db.execute<{ name: string }>(sql`select name from auth.users where id = ${id}`)).rows[0]?.name;
  await databases.lookUp((db) => db.execute(sql`insert into auth.users (id, email, name) values (${id}, 'a@acme.example', 'Before')`));
  const failed = databases.lookUp(async (db) => {
    await db.execute(sql`update auth.users set name = 'After' where id = ${id}`);
    await double(db, 2 ** 40);
  });
  await expect(failed).rejects.toThrow(/Failed query/);
  expect(await databases.lookUp(name)).toBe('After');
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map((value) => databases.lookUp((db) => double(db, value))))).toEqual([2, 4, 6, 8, 10, 12]);
});
