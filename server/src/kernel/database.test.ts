import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { openDatabases, type Database, type Databases } from './database.ts';
import { sql } from './drizzle.ts';
import { events } from './events.ts';
import { newId } from './ids.ts';
import { Problem } from './problem.ts';
import './problems.ts';

let owner: pg.Client;
let databases: Databases;
/** One connection, so that whatever a use leaves behind would be found by the next. */
beforeEach(async () => {
  const url = await cloneDatabase();
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  databases = openDatabases({ url, masterKey: testMasterKey(), poolSize: 1 });
});
afterEach(() => Promise.all([databases.close(), owner.end()]));

const [ours, theirs] = [newId(), newId()];
const write = (tenantId: string, type: string) =>
  databases.tenant({ tenantId }, (db) => db.insert(events).values({ tenantId, id: newId(), type, data: {} }));
const types = async (db: Database): Promise<string[]> => (await db.select().from(events).orderBy(events.seq)).map(({ type }) => type);
const read = <T>(work: (db: Database) => Promise<T>, tenantId = ours): Promise<T> => databases.tenant({ tenantId, readOnly: true }, work);
const setting = (name: string) => async (db: Database) =>
  (await db.execute<{ value: string }>(sql`select current_setting(${name}, true) as value`)).rows[0]!.value;
const problem = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.catch((caught: unknown) => caught);
  if (error instanceof Problem) return error;
  throw new Error(`no problem: ${String(error)}`);
}; // prettier-ignore

describe('a read', () => {
  test('sees the rows of its tenant and no others', async () => {
    await write(ours, 'a.ours');
    await write(theirs, 'a.theirs');
    expect(await read(types)).toEqual(['a.ours']);
    expect(await read(types, theirs)).toEqual(['a.theirs']);
  });

  test('may ask one thing after another, several at once, by name, as text or as arrays', async () => {
    await write(ours, 'a.one');
    const found = await read(async (db) => {
      const together = await Promise.all([types(db), setting('app.tenant_id')(db), db.$client.query('select 1 as one')]);
      const named = { name: 'named', text: 'select type from events where tenant_id = $1', values: [ours] };
      const twice = [await db.$client.query<{ type: string }>(named), await db.$client.query<{ type: string }>(named)];
      const rows = await db.$client.query({ text: 'select type, 2 from events', rowMode: 'array' });
      const none = await db.$client.query('select type from events where false');
      return [together[0], together[1], together[2].rows, twice.map((one) => one.rows[0]?.type), rows.rows, none.rows, none.rowCount];
    });
    expect(found).toEqual([['a.one'], ours, [{ one: 1 }], ['a.one', 'a.one'], [['a.one', 2]], [], 0]);
  });

  test('can write nothing', async () => {
    await write(ours, 'a.one');
    const attempts = [
      (db: Database) => db.insert(events).values({ tenantId: ours, id: newId(), type: 'a.two', data: {} }),
      (db: Database) => db.delete(events),
      (db: Database) => db.execute('create temp table t (a int)'),
      (db: Database) => db.execute(`select set_config('transaction_read_only', 'off', true)`).then(() => db.delete(events)),
    ];
    for (const attempt of attempts) await expect(read(attempt as (db: Database) => Promise<unknown>)).rejects.toThrow();
    expect(await read(types)).toEqual(['a.one']);
  });

  test('leaves nothing behind: the next use of the connection has no tenant, may write, and is in no transaction', async () => {
    await read(types);
    const state = async (): Promise<unknown> =>
      (await owner.query(`select distinct state from pg_stat_activity where application_name = 'switchyard:sy_app' and datname = current_database()`))
        .rows;
    expect(await state()).toEqual([{ state: 'idle' }]);
    expect(await read(setting('app.tenant_id'), theirs)).toBe(theirs);
    await write(theirs, 'a.theirs');
    expect(await databases.tenant({ tenantId: theirs }, setting('transaction_read_only'))).toBe('off');
  });

  test('that fails tells why, and the connection goes on', async () => {
    await expect(read((db) => db.$client.query('select nonsense'))).rejects.toThrow('column "nonsense" does not exist');
    await expect(read((db) => db.$client.query({ name: 'bad', text: 'select 1 / $1::int as q', values: [0] }))).rejects.toThrow('division by zero');
    const good = { name: 'bad', text: 'select 1 / $1::int as q', values: [1] };
    expect((await read((db) => db.$client.query<{ q: number }>(good))).rows).toEqual([{ q: 1 }]);
    const all = await read((db) => Promise.allSettled([db.$client.query('select nonsense'), types(db)]));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('whose connection was reset by someone in between says so once, and the next has a new one', async () => {
    await read(types);
    await databases.tenant({ tenantId: ours }, (db) => db.execute('deallocate all'));
    expect((await problem(read(types))).slug).toBe('dependency-unavailable');
    expect(await read(types)).toEqual([]);
  });

  test('is refused for what is no tenant, and for a context that could break out', async () => {
    await expect(databases.tenant({ tenantId: 'x', readOnly: true }, types)).rejects.toThrow('UUID');
    await expect(databases.tenant({ tenantId: ours, actorId: "'; drop", readOnly: true }, types)).rejects.toThrow('not allowed');
  });
});

describe('a transaction', () => {
  test('has its context from the first query on, and is taken back whole', async () => {
    const failing = databases.tenant({ tenantId: ours, actorId: 'someone', requestId: 'request-1' }, async (db) => {
      expect([await setting('app.tenant_id')(db), await setting('app.actor_id')(db), await setting('app.request_id')(db)]).toEqual([
        ours,
        'someone',
        'request-1',
      ]);
      await db.insert(events).values({ tenantId: ours, id: newId(), type: 'a.lost', data: {} });
      throw new Error('no after all');
    });
    await expect(failing).rejects.toThrow('no after all');
    expect(await read(types)).toEqual([]);
  });

  test('that asks nothing, or in which a query fails, leaves a sound connection', async () => {
    expect(await databases.tenant({ tenantId: ours }, async () => 'nothing')).toBe('nothing');
    await expect(databases.tenant({ tenantId: ours }, (db) => db.execute('select nonsense'))).rejects.toThrow();
    await write(ours, 'a.one');
    expect(await read(types)).toEqual(['a.one']);
  });
});

describe('the last statement of a transaction', () => {
  const said = (type: string) => ({
    text: 'insert into events (tenant_id, id, type, data) values ($1, $2, $3, $4)',
    values: [ours, newId(), type, '{}'],
  });
  const COUNT = { name: 'counted', text: 'select count(*)::int as n from events' };

  test('is committed with all before it when it answers; what is read behind it sees only its tenant, and what others have committed', async () => {
    await write(theirs, 'a.theirs');
    const [stored, seen, there] = await databases.tenant({ tenantId: ours }, async (db, { last, after }) => {
      await db.insert(events).values({ tenantId: ours, id: newId(), type: 'a.one', data: {} });
      const [{ rowCount }, { rows }] = await Promise.all([last(said('a.two')), after<{ n: number }>(COUNT)]);
      return [rowCount, rows, (await owner.query<{ n: number }>(COUNT)).rows] as const;
    });
    expect([stored, seen, there]).toEqual([1, [{ n: 2 }], [{ n: 3 }]]);
  });

  test('that is refused takes all with it, and the connection goes on', async () => {
    const failing = databases.tenant({ tenantId: ours }, async (db, { last, after }) => {
      await db.insert(events).values({ tenantId: ours, id: newId(), type: 'a.one', data: {} });
      await Promise.all([last({ ...said('a.two'), text: 'insert into events (nonsense) values ($1, $2, $3, $4)' }), after(COUNT)]);
    });
    await expect(failing).rejects.toThrow('nonsense');
    const crossing = databases.tenant({ tenantId: theirs }, (_db, { last }) => last(said('a.crossing')));
    await expect(crossing).rejects.toThrow('row-level security');
    expect(await read(types)).toEqual([]);
    await write(ours, 'a.three');
    expect(await read(types)).toEqual(['a.three']);
  });

  test('whose connection is killed before the answer is `dependency-unavailable`', async () => {
    const killed = databases.tenant({ tenantId: ours }, async (db, { last }) => {
      const { rows } = await db.$client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await owner.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
      return last(said('a.lost'));
    });
    expect((await problem(killed)).slug).toBe('dependency-unavailable');
    await expect.poll(() => read(types)).toEqual([]);
  });
});

test.each([
  ['a transaction', (work: (db: Database) => Promise<unknown>) => databases.tenant({ tenantId: ours }, work)],
  ['a read', (work: (db: Database) => Promise<unknown>) => read(work)],
])('%s whose connection is killed is `dependency-unavailable`, and the next one works', async (_what, use) => {
  const killed = use(async (db) => {
    const { rows } = await db.$client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await owner.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    return types(db);
  });
  const found = await problem(killed);
  expect([found.slug, found.extras.retryAfterSeconds]).toEqual(['dependency-unavailable', 5]);
  await expect.poll(() => read(types)).toEqual([]);
});

test('an error that only speaks of connections is not taken for the loss of one', async () => {
  const talk = 'Connection terminated by the user: no such connection';
  const failing = databases.tenant({ tenantId: ours }, (db) => db.execute(sql`select ${talk}::uuid`));
  await expect(failing).rejects.toMatchObject({ cause: { code: '22P02' } });
});

test('a server that is not there is `dependency-unavailable`, too', async () => {
  const nowhere = openDatabases({ url: 'postgres://nobody@127.0.0.1:1/none', masterKey: testMasterKey() });
  expect((await problem(nowhere.tenant({ tenantId: ours }, types))).slug).toBe('dependency-unavailable');
  expect((await problem(nowhere.tenant({ tenantId: ours, readOnly: true }, types))).slug).toBe('dependency-unavailable');
  await nowhere.close();
});
