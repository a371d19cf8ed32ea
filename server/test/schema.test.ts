import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabases, ROLES, urlFor, type Databases } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';

let owner: pg.Client;
let app: pg.Client;
let databases: Databases;
beforeAll(async () => {
  const url = await cloneDatabase();
  owner = new pg.Client({ connectionString: url });
  app = new pg.Client({ connectionString: urlFor(url, ROLES.app, testMasterKey()) });
  databases = openDatabases({ url, masterKey: testMasterKey() });
  await Promise.all([owner.connect(), app.connect()]);
});
afterAll(async () => void (await Promise.all([owner.end(), app.end(), databases.close()])));

const faults = (): Promise<string[]> => isolationFaults((sql) => owner.query(sql));
async function tenantTables(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map(({ name }) => name);
}
/** What the check says while `change` holds; the change is rolled back. */
async function faultsWith(change: string): Promise<string[]> {
  await owner.query('begin');
  try {
    await owner.query(change);
    return await faults();
  } finally {
    await owner.query('rollback');
  }
}

test('every tenant table is isolated, and no role can get past it', async () => {
  expect(await faults()).toEqual([]);
  expect((await tenantTables()).length).toBeGreaterThan(5);
});

test('with any one policy removed, the check fails and names the table', async () => {
  const tables = await tenantTables();
  const damages: [(table: string) => string, string][] = [
    [(table) => `drop policy tenant_isolation on "${table}"`, 'has no tenant policy'],
    [(table) => `alter table "${table}" no force row level security`, 'row-level security is not forced'],
    [(table) => `alter table "${table}" disable row level security`, 'row-level security is off'],
    [(table) => `create policy leak on "${table}" for select to ${ROLES.app} using (true)`, 'policy leak lets sy_app past the tenant'],
  ];
  for (const [damage, fault] of damages) {
    const last = tables.at(-1)!;
    expect(await faultsWith(damage(last))).toContain(`${last}: ${fault}`);
    // The others at once: each look goes over all tables, and there are hundreds.
    expect(await faultsWith(tables.map(damage).join('; '))).toEqual(expect.arrayContaining(tables.map((table) => `${table}: ${fault}`)));
  }
});

test('a policy that only looks right is caught', async () => {
  expect(
    await faultsWith(
      'drop policy tenant_isolation on changes; create policy tenant_isolation on changes for all to sy_app using (true) with check (true)',
    ),
  ).toContain('changes: has no tenant policy');
});

test('plain foreign keys, nullable tenants, missing indexes, plain views and definer functions are caught', async () => {
  await expect(faultsWith('create table t (tenant_id uuid, id uuid, primary key (id))')).resolves.toEqual(
    expect.arrayContaining(['t: tenant_id may be null', 't: primary key does not begin with tenant_id', 't: row-level security is off']),
  );
  const plain =
    'create unique index one_id on changes (id); create table t (tenant_id uuid not null, id uuid not null, change_id uuid references changes (id), primary key (tenant_id, id))';
  expect(await faultsWith(plain)).toEqual(
    expect.arrayContaining(['t: foreign key t_change_id_fkey is not composite with tenant_id', 't: foreign key t_change_id_fkey has no index']),
  );
  expect(await faultsWith('create view v as select * from changes')).toContain('v: view without security_invoker');
  expect(await faultsWith(`create function f() returns int language sql security definer as 'select 1'`)).toContain('f: SECURITY DEFINER function');
  expect(await faultsWith('alter role sy_app bypassrls')).toContain('sy_app: may bypass row-level security');
});

test('a query without a tenant is refused, in a fresh session and after another tenant’s transaction', async () => {
  const tenantId = newId();
  await databases.tenant({ tenantId }, (db) =>
    db.execute(`insert into events (tenant_id, id, type, data) values ('${tenantId}', '${newId()}', 'x.y', '{}')`),
  );
  await expect(app.query('select 1 from events')).rejects.toThrow('app.tenant_id');
  await app.query(`begin; select set_config('app.tenant_id', '${newId()}', true); commit`);
  await expect(app.query('select 1 from events')).rejects.toThrow('invalid input syntax for type uuid');
  // The condition is evaluated with the first row, so an empty table answers nothing instead.
  for (const table of await tenantTables()) expect(await app.query(`select 1 from "${table}"`).then(({ rowCount }) => rowCount, () => 0), table).toBe(0); // prettier-ignore
});

test('a row of another tenant can be neither written, read, changed nor pointed at', async () => {
  const [ours, theirs] = [newId(), newId()];
  const insert = (tenantId: string) => `insert into events (tenant_id, id, type, data) values ('${tenantId}', '${newId()}', 'x.y', '{}')`;
  await databases.tenant({ tenantId: theirs }, (db) => db.execute(insert(theirs)));
  await expect(databases.tenant({ tenantId: ours }, (db) => db.execute(insert(theirs)))).rejects.toMatchObject({ cause: { code: '42501' } });
  await databases.tenant({ tenantId: ours }, async (db) => {
    expect((await db.execute('select 1 from events')).rowCount).toBe(0);
    expect((await db.execute('update events set type = type')).rowCount).toBe(0);
    expect((await db.execute('delete from events')).rowCount).toBe(0);
  });
});

test('the app cannot become another role, read sign-in tables, or rewrite the audit trail', async () => {
  for (const role of [ROLES.owner, ROLES.platform, 'postgres'])
    await expect(app.query(`set role ${role}`)).rejects.toThrow(/permission denied|does not exist/);
  const { rows } = await owner.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'auth'`);
  expect(rows.length).toBeGreaterThan(0);
  for (const { name } of rows) await expect(app.query(`select 1 from auth.${name}`)).rejects.toThrow(/permission denied/);
  const tenantId = newId();
  const { rows: parts } = await owner.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits join pg_class c on c.oid = inhrelid where c.relname like 'audit_entries%' and c.relkind in ('r', 'p')`,
  );
  expect(parts.length).toBeGreaterThan(8);
  const partitions = parts.flatMap(({ name }) => [`delete from ${name}`, `select 1 from ${name}`, `insert into ${name} select * from audit_entries`]);
  const chain = [
    `insert into audit_segments select * from audit_segments`,
    'delete from audit_segments',
    'delete from audit_unsealed',
    'delete from audit_anchors',
  ];
  for (const change of [
    `update audit_entries set result = 'success'`,
    'delete from audit_entries',
    'truncate audit_entries',
    ...partitions,
    ...chain,
  ]) {
    await expect(databases.tenant({ tenantId }, (db) => db.execute(change))).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

test('the platform reads across tenants only what is listed for it', async () => {
  const platform = (sql: string) => databases.platform('test', (db) => db.execute(sql));
  await expect(platform('select 1 from events')).resolves.toBeDefined();
  for (const table of ['changes', 'data_keys']) await expect(platform(`select 1 from ${table}`)).rejects.toMatchObject({ cause: { code: '42501' } });
  // Evidence it seals and lets expire, and never writes or rewrites.
  for (const change of [
    `update audit_entries set result = 'success'`,
    'insert into audit_entries select * from audit_entries',
    `update audit_segments set count = 0`,
    'delete from audit_anchors',
  ])
    await expect(platform(change)).rejects.toMatchObject({ cause: { code: '42501' } });
  // It makes the key of a new tenant, and that is all.
  for (const change of [`update data_keys set wrapped = ''`, 'delete from data_keys'])
    await expect(platform(change)).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('context values that could break out of the opening statement are refused', async () => {
  const nothing = async (): Promise<void> => undefined;
  await expect(databases.tenant({ tenantId: `x'; drop table changes; --` }, nothing)).rejects.toThrow('UUID');
  await expect(databases.tenant({ tenantId: newId(), requestId: `'; commit; --` }, nothing)).rejects.toThrow('not allowed');
});
