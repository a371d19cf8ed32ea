import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { migrate } from '#kernel/migrate.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { identity } from '#modules/identity/index.ts';
import { testMasterKey } from '#test/clone.ts';
import { tenancy } from './index.ts';

test('an installation of before keeps its tenants and members, and nobody is left outside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-upgrade-'));
  copyFileSync(fileURLToPath(new URL('./migrations/0001_tenants.sql', import.meta.url)), join(folder, '0001_tenants.sql'));
  const old = { ...tenancy, operations: [], migrations: pathToFileURL(`${folder}/`) };
  const root = new pg.Client({ connectionString: inject('databaseUrl') });
  await root.connect();
  const name = `upgrade_${process.pid}`;
  await root.query(`create database ${name}`);
  await root.end();
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  await migrate(url.href, [identity, old], { masterKey: testMasterKey() });
  const db = new pg.Client({ connectionString: url.href });
  await db.connect();
  const [tenant, person] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.query(`insert into auth.users (id, email, name) values ($1, 'a@old.example', 'A')`, [person]);
  await db.query(`insert into auth.tenants (id, slug, name, status, created_by) values ($1, 'old', 'Old', 'suspended', $2)`, [tenant, person]);
  await db.query(`insert into auth.memberships (tenant_id, user_id) values ($1, $2)`, [tenant, person]);
  await db.query(`insert into members (tenant_id, id, email, name) values ($1, $2, 'a@old.example', 'A')`, [tenant, person]);

  await migrate(url.href, [identity, tenancy], { masterKey: testMasterKey() });
  expect((await db.query('select tenant_id, slug, name, status, plan, owner_id, created_by from tenants')).rows).toEqual([
    { tenant_id: tenant, slug: 'old', name: 'Old', status: 'suspended', plan: 'enterprise', owner_id: person, created_by: person },
  ]);
  expect((await db.query('select slug, given_up_at from tenant_slugs')).rows).toEqual([{ slug: 'old', given_up_at: null }]);
  for (const table of ['tenant_settings', 'tenant_branding', 'members'])
    expect([table, (await db.query(`select 1 from ${table}`)).rowCount]).toEqual([table, 1]);
  expect((await db.query(`select 1 from auth.memberships`)).rowCount).toBe(1);
  expect(await isolationFaults((sql) => db.query(sql))).toEqual([]);
  await db.end();
  rmSync(folder, { recursive: true, force: true });
});
