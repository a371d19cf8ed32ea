import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { asSuperuser, cloneDatabase } from '../../../../../test/clone.ts';
import { createNodeRun, faultOf, outputOf } from '#test/lone-node.ts';
import type { Json } from '../../graph.ts';
import { byConfig } from '../declare.ts';
import { data } from './index.ts';
import { POSTGRES } from './dialects.ts';
import { INJECTIONS } from './injections.ts';
import { insertOf, selectOf, statementOf } from './sql.ts';

let url: string;
let root: pg.Client;
beforeAll(async () => {
  const address = new URL(await cloneDatabase());
  root = await asSuperuser(address.href);
  address.searchParams.set('sslmode', 'disable');
  url = address.href;
  await root.query(
    `create table devices (id serial primary key, name text unique, site text, ports integer default 24, tags text[], extra jsonb, seen timestamptz)`,
  );
  await root.query(`insert into devices (name, site, ports) values ('edge-1', 'fra', 48), ('edge-2', 'fra', 24), ('core-1', 'ams', 96)`);
});
afterAll(() => root.end());

const world = (input: Json = null) => createNodeRun({ lab: true, input, secrets: { DB: url } });
const db = (config: Record<string, Json>): Record<string, Json> => ({ source: 'postgres', connection: 'secret://DB', ...config });
const query = (sql: string, parameters: Record<string, Json> = {}, more: Record<string, Json> = {}) =>
  db({ action: 'query', sql, parameters, ...more });
const ask = async (config: Record<string, Json>, input: Json = null) => outputOf(await world(input).start(data, config));
const refused = (config: Record<string, Json>, input: Json = null) => faultOf(world(input).start(data, config));
const count = async (): Promise<number> => Number((await root.query<{ n: string }>('select count(*) as n from devices')).rows[0]!.n);

describe('workflows 44: Data Source with parameters is immune to a set of injection strings; a second statement is refused', () => {
  test.each(INJECTIONS)('%j is a value like others', async (text) => {
    const before = await count();
    expect(await ask(query('select name from devices where site = :site', { site: '{{ input }}' }), text)).toMatchObject({ rows: [] });
    expect(await ask(query(`select :site::text as said, ':site' as quoted /* :site */ -- :site`, { site: '{{ input }}' }), text)).toMatchObject({
      rows: [{ said: text, quoted: ':site' }],
    });
    expect(await ask(db({ action: 'select', table: 'devices', match: { site: '{{ input }}' } }), text)).toMatchObject({ rows: [] });
    const name = `n-${randomUUID()}`;
    await ask(db({ action: 'insert', table: 'devices', values: 'input' }), { name, site: text });
    const { rows } = await root.query<{ site: string }>('delete from devices where name = $1 returning site', [name]);
    expect([rows[0]!.site, await count()]).toEqual([text, before]);
  });

  test.each([
    'select 1; select 2', 'select 1; drop table devices', `select ';'; delete from devices`, 'select 1 /* ; */; select 2', 'select $$;$$; select 2', 'begin; select 1; commit', ';select 1; select 2', `select 1 -- ;\n; select 2`, `select $a$ $$ ; $a$ ; vacuum`,
  ])('%j is refused', async (sql) => {
    expect(await refused(query(sql))).toMatchObject({ type: 'sql-error', message: expect.stringContaining('more than one statement') });
    expect(await count()).toBe(3);
  }); // prettier-ignore

  test('one that our own look would let through is refused by the database', async () => {
    const one = { connection: url, values: [], readOnly: false, maxRows: 10, timeoutMs: 5_000, signal: new AbortController().signal };
    const { egress } = world();
    const asker = { tenantId: 't', exceptions: async () => [] };
    await expect(egress.query(asker, { ...one, text: 'select 1; delete from devices' })).rejects.toThrow(/multiple commands/);
    expect(await count()).toBe(3);
  });

  test('names of tables and columns are plain names, and nothing is put into a statement', async () => {
    for (const table of ['devices; drop table devices', 'devices"', 'a.b.c', '"devices"', 'devices where 1=1', ''])
      expect((await refused(db({ action: 'select', table }))).class).toBe('config');
    expect(await refused(db({ action: 'insert', table: 'devices', values: 'input' }), { 'name") values (1); --': 1 })).toMatchObject({ type: 'sql-error', class: 'config' });
    expect(data.check!(query('select * from {{ input }}'))).toMatchObject([{ pointer: '/sql' }]);
    expect(await refused(query('select {{ 1 }}'))).toMatchObject({ type: 'sql-error' });
    expect(await refused(query('select :missing'))).toMatchObject({ type: 'sql-error', message: expect.stringContaining(':missing') });
  }); // prettier-ignore
});

describe('workflows 32: data', () => {
  test('postgres: rows as JSON, with parameters of every kind', async () => {
    const parameters = { site: 'fra', least: 30, names: ['edge-1', 'core-1'], extra: { a: [1] }, none: null };
    const sql =
      'select name, :extra::jsonb as extra, :none::text as none, 12::bigint as big, now() - now() as span from devices where site = :site and ports >= :least and name = any(:names) and :site = :site';
    expect(await ask(query(sql, parameters))).toMatchObject({
      rows: [{ name: 'edge-1', extra: { a: [1] }, none: null, big: '12' }],
      count: 1,
      affected: 0,
    });
  });
  test('postgres: a transaction that only reads cannot write, whatever the statement is', async () => {
    for (const sql of [
      'delete from devices',
      `with gone as (delete from devices returning 1) select * from gone`,
      `select setval('devices_id_seq', 1)`,
      'create table x (a int)',
      `do $$ begin delete from devices; end $$`,
    ])
      expect(await refused(query(sql))).toMatchObject({ type: 'sql-error', details: { code: expect.stringMatching(/^25006$/) } });
    expect(await count()).toBe(3);
    const written = await ask(
      query(`update devices set seen = :at where site = :site`, { at: '2026-11-20T10:00:00Z', site: 'ams' }, { readOnly: false }),
    );
    expect(written).toMatchObject({ affected: 1 });
  });
  test('postgres: a key against doubles makes the second time nothing; without it the database says so', async () => {
    const rows = [{ name: 'x-1', site: 's', tags: ['a', 'b'], extra: { deep: true } }, { name: 'x-2' }, { name: 'x-3', ports: 8 }];
    const insert = db({ action: 'insert', table: 'public.devices', values: 'input', batchSize: 2, dedupeKey: 'name' });
    expect(await ask(insert, rows)).toMatchObject({ affected: 3 });
    expect(await ask(insert, rows)).toMatchObject({ affected: 0 });
    expect(await refused({ ...insert, dedupeKey: '' }, rows)).toMatchObject({ type: 'sql-error' });
    const stored = await root.query(`delete from devices where name like 'x-%' returning name, ports, tags, extra`);
    expect(stored.rows).toEqual(expect.arrayContaining([{ name: 'x-1', ports: 24, tags: ['a', 'b'], extra: { deep: true } }, { name: 'x-3', ports: 8, tags: null, extra: null }]));
    const of = (config: Record<string, Json>) => [byConfig(data.effect, config), byConfig(data.inDoubt!, config)];
    expect([of(insert), of({ ...insert, dedupeKey: null }), of({ source: 'table', action: 'insert' }), of(query('select 1')), of(query('x', {}, { readOnly: false }))]).toEqual([
      ['effect', 'retry'], ['effect', 'ask'], ['effect', 'retry'], ['read', 'retry'], ['effect', 'ask'],
    ]);
  }); // prettier-ignore
  test('postgres: rows are put in place by their key, changed and deleted', async () => {
    const upsert = db({ action: 'upsert', table: 'devices', values: 'input', dedupeKey: 'name', batchSize: 2 });
    const rows = [{ name: 'y-1', site: 'new', tags: ['a'] }, { name: 'y-2', site: 'new', tags: [] }, { name: 'y-3', site: 'new', tags: null }, { name: 'y-4', ports: 4 }];
    for (let time = 0; time < 2; time++) expect(await ask(upsert, rows)).toMatchObject({ affected: 4, rows: [] });
    // What a row does not say stays.
    expect(await ask(upsert, [{ name: 'y-1', ports: 1 }, { name: 'y-2' }])).toMatchObject({ affected: 2 });
    const stored = async () => (await root.query(`select name, site, ports, tags, extra from devices where name like 'y-%' order by name`)).rows as unknown[];
    expect(await stored()).toMatchObject([{ name: 'y-1', site: 'new', ports: 1, tags: ['a'] }, { name: 'y-2', site: 'new', ports: 24, tags: [] }, { name: 'y-3', ports: 24 }, { name: 'y-4', site: null, ports: 4 }]);
    expect(await refused(upsert, [{ name: null, site: 'nameless' }])).toMatchObject({ type: 'sql-error', class: 'config' });
    expect(await refused({ ...upsert, dedupeKey: 'site' }, rows.slice(0, 3))).toMatchObject({ type: 'sql-error', details: { code: '42P10' } });
    const update = db({ action: 'update', table: 'devices', match: { site: 'new', extra: null }, set: { extra: { of: '{{ input }}' }, ports: 7 } });
    expect(await ask(update, "x'; drop table devices; --")).toMatchObject({ affected: 3 });
    expect(await stored()).toMatchObject([{ ports: 7, extra: { of: "x'; drop table devices; --" } }, { ports: 7 }, { ports: 7 }, { ports: 4, extra: null }]);
    for (const wish of [{ action: 'delete', match: {} }, { action: 'update', match: {}, set: { ports: 1 } }, { action: 'update', match: { id: 1 }, set: {} }])
      expect(await refused(db({ table: 'devices', ...wish }))).toMatchObject({ type: 'sql-error', class: 'config' });
    expect(data.check!(db({ action: 'delete', table: 'devices', match: {} }))).toMatchObject([{ pointer: '/match' }]);
    expect(data.check!(db({ action: 'upsert', table: 'devices' }))).toMatchObject([{ pointer: '/dedupeKey' }]);
    expect(data.check!({ source: 'table', table: 'devices', action: 'delete', match: {} })).toEqual([]);
    expect(await ask(db({ action: 'delete', table: 'devices', match: { site: 'new' } }))).toMatchObject({ affected: 3 });
    expect(await ask(db({ action: 'delete', table: 'devices', match: { name: 'y-4' } }))).toMatchObject({ affected: 1 });
    const of = (action: string) => byConfig(data.inDoubt!, { ...upsert, action });
    expect(['upsert', 'update', 'delete'].map(of)).toEqual(['retry', 'ask', 'ask']);
    expect(await count()).toBe(3);
  }); // prettier-ignore
  test('postgres: more rows than were asked for, too long a statement, a wrong password, and being stopped', async () => {
    expect(await refused({ ...query('select generate_series(1, 100000)'), limit: 10 })).toMatchObject({ type: 'output-too-large', class: 'limit' });
    const wrong = new URL(url);
    wrong.password = 'wrong';
    wrong.username = 'nobody_of_the_kind';
    expect((await faultOf(createNodeRun({ lab: true, secrets: { DB: wrong.href } }).start(data, query('select 1')))).class).toBe('auth');
    const stop = new AbortController();
    const going = createNodeRun({ lab: true, secrets: { DB: url }, signal: stop.signal }).start(data, query('select pg_sleep(30)'));
    setTimeout(() => stop.abort(new Error('stopped')), 100);
    await expect(going).rejects.toThrow('stopped');
    expect(await faultOf(createNodeRun({ lab: true, secrets: { DB: 'mysql://x/y' } }).start(data, query('select 1')))).toMatchObject({
      type: 'sql-error',
    });
  });
  test('postgres: what a connection leaves out is not taken from our own environment', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      socket.on('data', (bytes) => {
        heard.push(bytes.toString('latin1'));
        // Asks for the password in clear text, once.
        if (heard.length === 1) socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
        else socket.end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('PGPASSWORD', 'ours-alone').stubEnv('PGUSER', 'our-user');
    try {
      const to = (who: string) => createNodeRun({ lab: true, secrets: { DB: `postgres://${who}127.0.0.1:${port}/d?sslmode=disable` } }).start(data, query('select 1'));
      await faultOf(to('guest@'));
      expect(heard).toHaveLength(2);
      expect(heard.join(' ')).toContain('guest');
      expect(heard.join(' ')).not.toMatch(/ours-alone|our-user/);
      expect(await faultOf(to(''))).toMatchObject({ type: 'sql-error', details: { code: '08001' } });
      expect(await faultOf(to('guest:100%@'))).toMatchObject({ type: 'sql-error', details: { code: '08001' } });
    } finally {
      vi.unstubAllEnvs();
      server.close();
    }
  }); // prettier-ignore
  test('csv: rows by the first line, and back without formulas', async () => {
    expect(await ask({ source: 'csv', where: 'int(item.n) > 1' }, 'name,n\nedge,1\ncore,2\n')).toMatchObject({ rows: [{ name: 'core', n: '2' }] });
    const put = await ask({ source: 'csv', action: 'put' }, [{ name: '=1+1', n: 1 }, { name: 'b', more: { a: 1 } }]);
    expect(put).toMatchObject({ text: `name,n,more\r\n"'=1+1",1,\r\nb,,"{""a"":1}"`, file: { mime: 'text/csv' } });
    expect(await refused({ source: 'csv' }, 5)).toMatchObject({ type: 'type-error' });
  }); // prettier-ignore
  test('resource and variable: what the Gate lets the principal see', async () => {
    const setting = {
      call: (operation: string, { cursor }: Record<string, unknown>) =>
        operation === 'servers.list' ? { status: 'done' as const, changeId: null, output: cursor === 'c' ? { items: [{ id: 'b', memoryMb: 8 }], nextCursor: null } : { items: [{ id: 'a', memoryMb: 2 }], nextCursor: 'c' } }
        : operation === 'envVars.list' ? { status: 'done' as const, changeId: null, output: { items: [{ name: 'A', value: '1' }, { name: 'B', value: null }], nextCursor: null } }
        : { status: 'refused' as const, problem: { slug: 'permission-denied', status: 403, detail: 'no' } },
    };
    const run = (config: Record<string, Json>) => createNodeRun(setting).start(data, config);
    expect(outputOf(await run({ source: 'resource', action: 'list', resource: 'servers', where: 'item.memoryMb > 4' }))).toMatchObject({ rows: [{ id: 'b', memoryMb: 8 }] });
    expect(await faultOf(run({ source: 'resource', action: 'get', resource: 'zone', name: 'z' }))).toMatchObject({ type: 'permission-denied', class: 'permission' });
    expect(outputOf(await run({ source: 'variable', action: 'get', name: 'B' }))).toMatchObject({ rows: [{ name: 'B', value: null }] });
    expect(await faultOf(run({ source: 'variable', action: 'get', name: 'C' }))).toMatchObject({ class: 'not_found' });
  }); // prettier-ignore
  test('a dry run tells the statement and its parameters, and asks nobody', async () => {
    const would = await createNodeRun({ secrets: { DB: 'postgres://u:hush-hush@db.example:5432/d' } }).simulate(
      data,
      query('delete from devices where site = :s', { s: 'x' }, { readOnly: false }),
    );
    expect(would).toMatchObject({ would: { statements: [{ text: 'delete from devices where site = $1', values: ['x'] }] } });
    expect(JSON.stringify(would)).not.toContain('hush-hush');
  });
  test('an invalid configuration is found, and the example is a valid one', async () => {
    expect(data.check!(data.example as Record<string, Json>)).toEqual([]);
    expect(data.config.safeParse(data.example).success).toBe(true);
    expect(data.check!({ source: 'csv', action: 'delete' })).toMatchObject([{ pointer: '/action' }]);
    expect(data.check!({ source: 'postgres', action: 'query' })).toMatchObject([{ pointer: '/connection' }, { pointer: '/sql' }]);
    expect(await refused({ source: 'csv', action: 'delete' })).toMatchObject({ class: 'config' });
  });
});

describe('named parameters', () => {
  test('what stands in texts, names, comments and casts is none', () => {
    const sql = `select a::text, ':x', ":x", $$:x$$, $q$:x$q$, E'\\':x', /* /* :x */ :x */ b[1:2] -- :x\n where c = :x and d = :y or e = :x`;
    const { text, values } = statementOf(POSTGRES, sql, { x: 1, y: 'two' });
    expect(text).toBe(sql.replace('c = :x', 'c = $1').replace('d = :y', 'd = $2').replace('e = :x', 'e = $1'));
    expect(values).toEqual([1, 'two']);
  });
  test.each(['', ' ; ', '-- x', '/* x', 'select $$x', 'select $1'])('%j is no statement', (sql) =>
    expect(() => statementOf(POSTGRES, sql, {})).toThrow(),
  );
  test('no value is ever part of the text', () => {
    fc.assert(fc.property(fc.string({ minLength: 3 }), fc.constantFrom('select :v', 'select x from y where a = :v and b in (:v, :v)', `select ':v' || :v`), (value, sql) => {
      const { text, values } = statementOf(POSTGRES, sql, { v: value });
      expect(values).toEqual([value]);
      expect(text).toBe(sql.replaceAll(/(?<!'):v/g, '$1'));
    }));
  }); // prettier-ignore
  test('rows of different columns are one statement, with defaults where they say nothing', () => {
    expect(insertOf(POSTGRES, 's.t', [{ a: 1 }, { b: null, a: 2 }], 'a')).toEqual({ text: 'insert into "s"."t" ("a", "b") values ($1, default), ($2, $3) on conflict ("a") do nothing', values: [1, 2, null] });
    expect(selectOf(POSTGRES, 't', { a: 1, b: null }, 5)).toEqual({ text: 'select * from "t" where "a" = $1 and "b" is null limit 5', values: [1] });
  }); // prettier-ignore
});
