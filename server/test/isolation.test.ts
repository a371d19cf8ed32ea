import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabases, ROLES, type Databases } from '#kernel/database.ts';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { rolesList } from '#modules/access/index.ts';
import { membersGet, membersList, membersRemove } from '#modules/tenancy/index.ts';
import { cloneDatabase, testMasterKey } from './clone.ts';
import { createCompany, type Company } from './company.ts';
import { LEAN } from './lean.ts';
import { program } from './programs.ts';

/** A fault of ours, as somebody might make it: a row is written for the tenant that the caller names. */
const careless = defineOperation({
  name: 'toys.careless',
  summary: 'Write a row wherever the caller says',
  permission: 'toys:write',
  risk: 'write',
  access: 'self',
  change: 'none',
  input: z.object({ tenant: z.uuid() }),
  output: z.object({}),
  targets: 'none',
  async run(ctx, { tenant }) {
    await ctx.db.execute(sql`insert into tenant_slugs (tenant_id, id, slug) values (${tenant}, ${newId()}, 'planted')`);
    return {};
  },
});
const toys = defineModule({ name: 'toys', operations: [careless] });

interface Row extends Record<string, unknown> {
  detector: string;
  severity: string;
  session_tenant_id: string;
  target_tenant_id: string | null;
  table_name: string;
  row_id: string | null;
  operation: string;
  blocked: boolean;
}

describe('between two companies', () => {
  let company: Company;
  let tenants: Record<'acme' | 'globex', string>;
  beforeAll(async () => {
    company = await createCompany({ modules: [toys] });
    const rows = await company.sql<{ id: string; slug: 'acme' | 'globex' }>('select id, slug from tenants');
    tenants = Object.fromEntries(rows.map(({ slug, id }) => [slug, id])) as typeof tenants;
  });
  afterAll(() => company.close());

  const traces = async (): Promise<Row[]> => {
    await company.people.watch!.settled();
    return company.sql<Row>('select * from auth.rls_violations order by occurred_at, id');
  };
  const fresh = async (): Promise<void> => {
    await traces();
    await company.sql('delete from auth.rls_violations');
    company.clock.pass(3_600_001);
  };

  test('platform 76: Given tenant B’s context, when inserting with tenant A’s id, then 42501, an rls_violations row (critical, D1) and an alert', async () => {
    await fresh();
    const counted: string[] = [];
    company.people.watch!.counted = (detector, severity) => void counted.push(`${detector} ${severity}`);
    const refused = await company.refused(careless, { tenant: tenants.acme }, company.key('gustav'));
    expect(refused.slug).toBe('internal');
    expect(refused.cause).toMatchObject({ cause: { code: '42501' } });
    expect(await traces()).toMatchObject([{ detector: 'D1', severity: 'critical', session_tenant_id: tenants.globex, table_name: 'tenant_slugs', operation: 'toys.careless', blocked: true }]);
    expect(counted).toEqual(['D1 critical']);
    expect(company.log.some((line) => line.includes('"level":50') && line.includes('crossing of tenants (D1)'))).toBe(true);
    expect(await company.sql(`select type, data->>'severity' as severity from events where type = 'rls.violation'`)).toEqual([{ type: 'rls.violation', severity: 'critical' }]);
    expect(await company.sql(`select 1 from tenant_slugs where slug = 'planted'`)).toEqual([]);
  }); // prettier-ignore

  test('platform 77: Given tenant B, when reading an object id of A, then 404 and a D2 row; when the id does not exist anywhere, then 404 and no row', async () => {
    await fresh();
    const dana = await company.idOf('dana');
    const theirs = await company.refused(membersGet, { userId: dana }, company.key('gustav'));
    const nobodys = await company.refused(membersGet, { userId: crypto.randomUUID() }, company.key('gustav'));
    expect([theirs.slug, theirs.kind.status, theirs.message]).toEqual([nobodys.slug, 404, nobodys.message]);
    expect(await traces()).toMatchObject([{ detector: 'D2', severity: 'info', session_tenant_id: tenants.globex, target_tenant_id: tenants.acme, table_name: 'members', row_id: dana, operation: 'members.get', blocked: true }]);
    // A person of both tenants, and what lies outside of one's Scope, is nobody else's.
    await company.refused(membersGet, { userId: await company.idOf('priya') }, company.key('vera'));
    expect(await traces()).toHaveLength(1);
  }); // prettier-ignore

  test('the third slip within an hour is a warning and a write is critical; the tenant that was aimed at hears of it, but not who it was', async () => {
    await fresh();
    const dana = await company.idOf('dana');
    await company.sql(`delete from events where type = 'security.event'`);
    for (let slip = 0; slip < 3; slip += 1) await company.refused(membersGet, { userId: dana }, company.key('gustav'));
    await company.refused(membersRemove, { userId: dana }, company.key('gustav'));
    expect((await traces()).map(({ severity }) => severity)).toEqual(['info', 'info', 'warning', 'critical']);
    const heard = await company.sql<{ tenant_id: string; data: object }>(`select tenant_id, data from events where type = 'security.event'`);
    expect(heard.map(({ tenant_id }) => tenant_id)).toEqual([tenants.acme, tenants.acme]);
    const gustav = await company.idOf('gustav');
    for (const secret of [gustav, tenants.globex, 'gustav', 'Globex', '192.0.2.1'])
      expect(JSON.stringify(heard.map(({ data }) => data))).not.toContain(secret);
  });

  test('who tries often is looked at twenty times a minute, and answered alike all the time', async () => {
    await fresh();
    const dana = await company.idOf('dana');
    const answers = new Set<string>();
    for (let tries = 0; tries < 30; tries += 1) answers.add((await company.refused(membersGet, { userId: dana }, company.key('gustav'))).message);
    expect([answers.size, (await traces()).length]).toEqual([1, 20]);
  });

  test('platform 81: Given a plain list of own rows, when run, then no violation row appears', async () => {
    await fresh();
    expect((await company.done(membersList, {}, company.key('gustav'))).items.length).toBeGreaterThan(1);
    expect((await company.done(rolesList, {}, company.key('gustav'))).items.length).toBeGreaterThan(1);
    expect(await traces()).toEqual([]);
  });

  test('platform 78: Given tenant B, when referencing a parent id of A, then the composite key refuses', async () => {
    const [role] = await company.sql<{ id: string }>(`select id from roles where tenant_id = $1 limit 1`, [tenants.acme]);
    const gustav = await company.idOf('gustav');
    const grant = company.databases.tenant({ tenantId: tenants.globex }, (db) =>
      db.execute(sql`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) values (${tenants.globex}, ${newId()}, ${gustav}, ${role!.id}, '{"all": true}', now(), 'x')`),
    );
    await expect(grant).rejects.toMatchObject({ cause: { code: '23503' } });
  }); // prettier-ignore
});

describe('in the database', () => {
  let url: string;
  let root: pg.Client;
  let databases: Databases;
  const tenant = newId();
  beforeAll(async () => {
    url = await cloneDatabase();
    root = new pg.Client({ connectionString: url });
    databases = openDatabases({ url, masterKey: testMasterKey(), poolSize: 2 });
    await root.connect();
    await root.query(`insert into tenants (tenant_id, id, slug, name) values ($1, $1, 'one', 'One')`, [tenant]);
    await root.query(`insert into members (tenant_id, id, email, name) values ($1, gen_random_uuid(), 'a@one.example', 'A')`, [tenant]);
  });
  afterAll(async () => void (await Promise.all([root.end(), databases.close()])));

  test('the probe learns whose a row is, and nothing else', async () => {
    expect(await databases.probe(async (db) => (await db.execute('select tenant_id from members')).rows)).toEqual([{ tenant_id: tenant }]);
    for (const text of [
      'select name from members',
      'select * from tenants',
      'select 1 from events',
      'select 1 from auth.users',
      'select token_hash from invitations',
    ])
      await expect(databases.probe((db) => db.execute(text))).rejects.toMatchObject({ cause: { code: '42501' } });
    await expect(databases.probe((db) => db.execute(`delete from members`))).rejects.toThrow();
    await root.query('begin; grant select on members to sy_probe');
    expect(await isolationFaults((text) => root.query(text))).toContain('sy_probe: may read members.email');
    await root.query('rollback');
  });

  /** The figure itself is in bench/src/tenants.bench.ts: a clock in a test measures what else the machine does. */
  test('platform 80: Given 200 000 rows over 200 tenants, when listing 25 rows of one, then an index scan and < 2 ms', async () => {
    await root.query(`insert into tenants (tenant_id, id, slug, name) select i, i, 'many-' || n, 'Many' from (select gen_random_uuid() i, n from generate_series(1, 200) n) x`);
    await root.query(`insert into members (tenant_id, id, email, name) select t.tenant_id, gen_random_uuid(), n || '@many.example', 'Name ' || n from tenants t, generate_series(1, 1000) n where t.name = 'Many'`);
    await root.query('analyze members');
    const { rows } = await root.query<{ id: string }>(`select tenant_id as id from tenants where slug = 'many-77'`);
    const plan = await databases.tenant({ tenantId: rows[0]!.id }, async (db) =>
      (await db.execute<{ 'QUERY PLAN': string }>('explain (analyze, buffers, timing off, summary off) select * from members order by name, id limit 25')).rows.map((row) => row['QUERY PLAN']).join('\n'),
    );
    // What takes time is what has to be read: 25 rows by an index are a few pages, however many tenants there are.
    expect(plan).toMatch(/Index Scan using members_by_name/);
    expect(plan).not.toMatch(/Seq Scan|Rows Removed by Filter/);
    const pages = [...plan.split('Planning:')[0]!.matchAll(/(?:hit|read)=(\d+)/g)].map(([, number]) => Number(number));
    expect(Math.max(...pages)).toBeLessThan(60);
  }, 60_000); // prettier-ignore

  test('platform 79: Given a new migration adding a table with tenant_id and no policy, when started, then the self-test names it and refuses', async () => {
    await root.query(`set role ${ROLES.owner}; create table stray (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id)); reset role`);
    const home = mkdtempSync(join(tmpdir(), 'switchyard-stray-'));
    const env = { ...LEAN, DATABASE_URL: url, PORT: '0', SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64') };
    const child = spawn(process.execPath, [program(new URL('../src/main.ts', import.meta.url)), 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    rmSync(home, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(said).toContain('stray: row-level security is off');
    await root.query('drop table stray');
  }, 60_000); // prettier-ignore
});
