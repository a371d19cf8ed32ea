import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { testMasterKey } from '#test/clone.ts';
import { openDatabases } from './database.ts';
import { newId } from './ids.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import type { Module } from './module.ts';
import { isolationFaults } from './tenant-security.ts';

let url: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-migrate-'));
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await asOwner(inject('databaseUrl'), `create database ${name}`);
  url = Object.assign(new URL(inject('databaseUrl')), { pathname: `/${name}` }).href;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function asOwner<R extends pg.QueryResultRow>(at: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A module with the given migration files. */
function moduleOf(name: string, files: Record<string, string>, after: readonly string[] = []): Module {
  const dir = mkdtempSync(join(folder, `${name}-`));
  for (const [file, sql] of Object.entries(files)) writeFileSync(join(dir, file), sql);
  return { name, after, migrations: pathToFileURL(`${dir}/`), operations: [] };
}
const table = (name: string, more = ''): string =>
  `create table ${name} (tenant_id uuid not null, id uuid not null, ${more} primary key (tenant_id, id))`;
const lamps = () => moduleOf('lamps', { '0001_lamps.sql': table('lamps') });

const run = (modules: readonly Module[]) => migrate(url, modules, { masterKey: testMasterKey() });
const tables = async (): Promise<string[]> =>
  (await asOwner<{ name: string }>(url, `select tablename as name from pg_tables where schemaname = 'public' order by 1`)).map(({ name }) => name);
async function faults(): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await isolationFaults((sql) => client.query(sql));
  } finally {
    await client.end();
  }
}

/** What every database begins with. */
const KERNEL = [
  'kernel/1_kernel',
  'kernel/2_data_keys',
  'kernel/3_counters',
  'kernel/4_event_order',
  'kernel/5_leases_and_resources',
  'kernel/6_sealing',
  'kernel/7_event_upkeep',
];

test('an empty database gets tables, isolation and queues; a second run finds nothing to do', async () => {
  const modules = [lamps()];
  expect(await pendingMigrations(url, modules)).toEqual([...KERNEL, 'lamps/1_lamps']);
  expect((await run(modules)).applied).toEqual([...KERNEL, 'lamps/1_lamps', expect.stringMatching(/^jobs\/\d+_queues$/)]);
  expect(await faults()).toEqual([]);
  expect(await pendingMigrations(url, modules)).toEqual([]);
  expect((await run(modules)).applied).toEqual([]);
});

test('what was migrated can be used by the app at once, each tenant in its own rows', async () => {
  await run([lamps()]);
  const databases = openDatabases({ url, masterKey: testMasterKey() });
  try {
    const [one, two] = [newId(), newId()];
    await databases.tenant({ tenantId: one }, (db) => db.execute(`insert into lamps values ('${one}', '${newId()}')`));
    const seen = (tenantId: string) => databases.tenant({ tenantId }, async (db) => (await db.execute('select 1 from lamps')).rowCount);
    expect([await seen(one), await seen(two)]).toEqual([1, 0]);
  } finally {
    await databases.close();
  }
});

test('modules are migrated in the order of what they need, files in the order of their numbers', async () => {
  const lit = moduleOf(
    'lit',
    {
      '0002_b.sql': 'alter table lit add column b int',
      '0001_a.sql': table(
        'lit',
        'lamp_id uuid not null, foreign key (tenant_id, lamp_id) references lamps (tenant_id, id),',
      ),
    },
    ['lamps'],
  ); // prettier-ignore
  const { applied } = await run([lit, lamps()]);
  expect(applied.slice(0, -1)).toEqual([...KERNEL, 'lamps/1_lamps', 'lit/1_a', 'lit/2_b']);
});

test('a new file of a module that is there already is added', async () => {
  const files = { '0001_lamps.sql': table('lamps') };
  await run([moduleOf('lamps', files)]);
  const more = moduleOf('lamps', { ...files, '0002_colour.sql': 'alter table lamps add column colour text' });
  expect((await run([more])).applied).toEqual(['lamps/2_colour']);
});

test('a file that was edited after it had been applied is refused by name, and nothing else is applied', async () => {
  await run([lamps()]);
  const edited = moduleOf('lamps', { '0001_lamps.sql': `${table('lamps')} -- edited` });
  await expect(run([moduleOf('before', { '0001_new.sql': table('new_one') }), edited])).rejects.toThrow(
    'migration lamps/1_lamps was edited after it had been applied: add a new one instead',
  );
  expect(await tables()).not.toContain('new_one');
});

test('a file that fails leaves nothing of itself, and says which it was', async () => {
  const broken = moduleOf('broken', { '0001_half.sql': `${table('half')}; select 1 / 0` });
  await expect(run([broken])).rejects.toThrow('migration broken/1_half failed: division by zero');
  expect(await tables()).not.toContain('half');
  const mended = moduleOf('broken', { '0001_half.sql': table('half') });
  expect((await run([mended])).applied).toContain('broken/1_half');
});

test('a run that was cut off after its tables and before their isolation is made good by the next', async () => {
  const good = lamps();
  await expect(run([good, moduleOf('broken', { '0001_x.sql': 'select 1 / 0' })])).rejects.toThrow('division by zero');
  expect(await tables()).toContain('lamps');
  await run([good]);
  expect(await faults()).toEqual([]);
});

test('several processes at once: each file is applied once, and all come through', async () => {
  const modules = [
    lamps(),
    moduleOf('many', Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${String(n + 1).padStart(4, '0')}_t.sql`, table(`t${n}`)]))),
  ];
  const all = await Promise.all([run(modules), run(modules), run(modules)]);
  expect(all.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, 0, KERNEL.length + 22]);
  expect(await faults()).toEqual([]);
});

test('a file of another name is refused before anything is done', async () => {
  await expect(run([moduleOf('lamps', { '1_lamps.sql': table('lamps') })])).rejects.toThrow(
    'lamps: migration "1_lamps.sql" is not named NNNN_name.sql',
  );
});
