import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeRun, faultOf, outputOf, type Setting } from '#test/lone-node.ts';
import { hasMariadb, startMariadb, type TestMariadb } from '#test/mariadb.ts';
import type { Json } from '../../graph.ts';
import { byConfig } from '../declare.ts';
import { MYSQL } from './dialects.ts';
import { data } from './index.ts';
import { INJECTIONS } from './injections.ts';
import { changeOf, insertOf, selectOf, statementOf } from './sql.ts';

const NAME = 'db.example.test';
let server: TestMariadb;
let url: string;
const at = (more: { user?: string; host?: string; query?: string; database?: string } = {}): string =>
  `mysql://${more.user ?? 'lab:open-sesame'}@${more.host ?? '127.0.0.1'}:${server.port}/${more.database ?? 'lab'}?${more.query ?? 'sslmode=disable'}`;

const run = (config: Record<string, Json>, input: Json = null, more: Setting = {}) =>
  createNodeRun({ lab: true, input, secrets: { DB: url }, ...more }).start(data, config);
const db = (config: Record<string, Json>): Record<string, Json> => ({ source: 'mysql', connection: 'secret://DB', ...config });
const query = (sql: string, parameters: Record<string, Json> = {}, more: Record<string, Json> = {}) => db({ action: 'query', sql, parameters, ...more }); // prettier-ignore
const ask = async (config: Record<string, Json>, input: Json = null) => outputOf(await run(config, input));
const refused = (config: Record<string, Json>, input: Json = null, more: Setting = {}) => faultOf(run(config, input, more));
const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => (await server.root.query(sql))[0] as Record<string, unknown>[];
const count = async (): Promise<number> => Number((await rowsOf('select count(*) as n from devices'))[0]!['n']);

describe.skipIf(!hasMariadb)('on a MariaDB', () => {
  beforeAll(async () => {
    server = await startMariadb(NAME);
    url = at();
    await server.root.query(`
      create user lab@'%' identified by 'open-sesame';
      grant all on lab.* to lab@'%';
      create table devices (id int auto_increment primary key, name varchar(60) unique, site varchar(200) collate utf8mb4_bin, ports int default 24, tags json, seen datetime);
      insert into devices (name, site, ports) values ('edge-1', 'fra', 48), ('edge-2', 'fra', 24), ('core-1', 'ams', 96);
      create table links (device int not null, foreign key (device) references devices (id));
      create table pairs (a int, b int, unique (a, b));
      create database other;
    `);
  });
  afterAll(() => server.close());

  describe('workflows 44: Data Source with parameters is immune to a set of injection strings; a second statement is refused', () => {
    test.each(INJECTIONS)('%j is a value like others', async (text) => {
      expect(await ask(query('select name from devices where site = :site', { site: '{{ input }}' }), text)).toMatchObject({ rows: [] });
      const said = 'select :site as said, \':site\' as quoted, ":site" as `:site` /* :site */ -- :site\n# :site';
      expect(await ask(query(said, { site: '{{ input }}' }), text)).toMatchObject({ rows: [{ said: text, quoted: ':site', ':site': ':site' }] });
      expect(await ask(db({ action: 'select', table: 'devices', match: { site: '{{ input }}' } }), text)).toMatchObject({ rows: [] });
      const name = `n-${randomUUID()}`;
      await ask(db({ action: 'insert', table: 'devices', values: 'input' }), { name, site: text });
      await ask(db({ action: 'update', table: 'devices', match: { name, site: '{{ input }}' }, set: { ports: 7 } }), text);
      expect(await rowsOf(`select site, ports from devices where name = '${name}'`)).toEqual([{ site: text, ports: 7 }]);
      expect(await ask(db({ action: 'delete', table: 'devices', match: { site: '{{ input }}' } }), text)).toMatchObject({ affected: 1 });
      expect(await count()).toBe(3);
    });

    test.each([
      'select 1; select 2', 'select 1; drop table devices', `select ';'; delete from devices`, `select "\\";"; delete from devices`, 'select `;`; delete from devices', 'select 1 /* ; */; select 2', 'select 1 /* /* */; delete from devices',
      'begin; select 1; commit', ';select 1; select 2', 'select 1 -- ;\n; select 2', 'select 1 # ;\n; select 2', 'select 5--;\n; delete from devices', 'select 1 --; drop table devices',
    ])('%j is refused', async (sql) => {
      expect(await refused(query(sql, {}, { readOnly: false }))).toMatchObject({ type: 'sql-error', message: expect.stringContaining('more than one statement') });
      expect(await count()).toBe(3);
    }); // prettier-ignore

    test('one that our own look would let through is refused by the database', async () => {
      const one = { connection: url, values: [], readOnly: false, maxRows: 10, timeoutMs: 5_000, signal: new AbortController().signal };
      const { egress } = createNodeRun({ lab: true });
      const asker = { tenantId: 't', exceptions: async () => [] };
      for (const text of ['select 1; delete from devices', 'select 1 /*!; delete from devices */'])
        await expect(egress.queryMysql(asker, { ...one, text })).rejects.toMatchObject({ code: '42000', number: 1064 });
      expect(await count()).toBe(3);
    });

    test('comments that are executed are not taken, names are plain names, and nothing is put into a statement', async () => {
      for (const sql of ['select 1 /*! union select 2 */', 'select 1 /*!50000 union select :x */', 'select /*M! 2, */ 1'])
        expect(await refused(query(sql, { x: 1 }))).toMatchObject({ type: 'sql-error', message: expect.stringContaining('executes') });
      for (const table of ['devices; drop table devices', 'devices`', 'a.b.c', '`devices`', 'devices where 1=1', '']) expect((await refused(db({ action: 'select', table }))).class).toBe('config');
      expect(await refused(db({ action: 'insert', table: 'devices', values: 'input' }), { 'name`) values (1); -- ': 1 })).toMatchObject({ type: 'sql-error', class: 'config' });
      expect(await refused(query('select ?'))).toMatchObject({ message: expect.stringContaining('named') });
      expect(await refused(query('select :missing'))).toMatchObject({ message: expect.stringContaining(':missing') });
    }); // prettier-ignore
  });

  describe('workflows 32: data', () => {
    test('mysql: what the server takes for texts, names and comments is the same here', async () => {
      const sql = "select 5--:n as a, 'it\\'s :n' as b, \"say \\\"\\\" :n\" as c, 'a'':n' as d, \"a\"\":n\" as e, ':n''' as f /* /* :n */, :n as `g:n` -- :n\n, :n # :n\n + 1 as h;";
      expect(await ask(query(sql, { n: 7 }))).toMatchObject({ rows: [{ a: '12', b: "it's :n", c: 'say "" :n', d: "a':n", e: 'a":n', f: ":n'", 'g:n': '7', h: '8' }] });
    }); // prettier-ignore

    test('mysql: values come as JSON has them, and nothing is rounded', async () => {
      await server.root.query(`
        create or replace table kinds (t tinyint, b boolean, u bigint unsigned, s bigint, m decimal(30, 10), f float, d double, day date, at datetime(3), stamp timestamp null, span time(6), y year, bin blob, bi bit(10), bw bit(64), j json, e enum('a', 'b'), txt text, u6 uuid, ip inet6, none int);
        insert into kinds values (-5, true, 18446744073709551615, -9223372036854775808, 12345678901234567890.0123456789, 1.1, 0.1, '2026-03-29', '2026-03-29 02:30:00.5', null, '-100:59:59.000001', 2026, x'00ff10', b'1000000001', b'1', '{"n": 12345678901234567890, "a": [1, null]}', 'b', 'ü 🙂', '123e4567-e89b-12d3-a456-426655440000', '2001:db8::1', null);
        set time_zone = '+05:00'; update kinds set stamp = '2026-01-01 00:00:00'; set time_zone = default;
      `);
      expect(await ask(db({ action: 'select', table: 'kinds' }))).toMatchObject({
        rows: [{
          t: -5, b: 1, u: '18446744073709551615', s: '-9223372036854775808', m: '12345678901234567890.0123456789', f: 1.1, d: 0.1, day: '2026-03-29', at: '2026-03-29 02:30:00.500', stamp: '2025-12-31 19:00:00', span: '-100:59:59.000001', y: 2026,
          bin: 'AP8Q', bi: 513, bw: '1', j: { n: '12345678901234567890', a: [1, null] }, e: 'b', txt: 'ü 🙂', u6: '123e4567-e89b-12d3-a456-426655440000', ip: '2001:db8::1', none: null,
        }],
      });
      const parameters = { n: 5, x: 0.5, yes: true, big: 9_007_199_254_740_991, text: 'ü', list: ['edge-1', 'core-1'], object: { a: 1 }, none: null };
      const sql = 'select :n as n, :x as x, :yes as yes, :big as big, :text as t, json_value(:object, "$.a") as a, :none as none, (select count(*) from devices where json_contains(:list, json_quote(name))) as c limit :n';
      expect(await ask(query(sql, parameters))).toMatchObject({ rows: [{ n: '5', x: 0.5, yes: 1, big: '9007199254740991', t: 'ü', a: '1', none: null, c: '2' }] });
    }); // prettier-ignore

    test('mysql: a transaction that only reads cannot write, whatever the statement is', async () => {
      await server.root.query(`create or replace procedure lab.sly() begin commit; delete from devices; end`);
      for (const sql of ['delete from devices', 'create table x (a int)', 'drop table devices', 'truncate devices', 'alter table devices add z int', 'call sly()', `insert into devices (name) values ('x') returning id`])
        expect(await refused(query(sql)), sql).toMatchObject({ type: 'sql-error', details: { code: '25006', number: 1792 } });
      expect(await count()).toBe(3);
      expect(await ask(query('update devices set seen = :at where site = :site', { at: '2026-11-20 10:00:00', site: 'ams' }, { readOnly: false }))).toMatchObject({ affected: 1 });
      expect(await ask(db({ action: 'select', table: 'lab.devices', match: { site: 'ams', tags: null } }))).toMatchObject({ rows: [{ name: 'core-1', seen: '2026-11-20 10:00:00' }] });
    }); // prettier-ignore

    test('mysql: a key against doubles makes the second time nothing, and hides nothing else', async () => {
      const rows = [{ name: 'x-1', site: 's', tags: ['a', 'b'] }, { name: 'x-2' }, { name: 'x-3', ports: 8 }];
      const insert = db({ action: 'insert', table: 'devices', values: 'input', batchSize: 2, dedupeKey: 'name' });
      expect(await ask(insert, rows)).toMatchObject({ affected: 3 });
      expect(await ask(insert, [...rows, { name: 'x-4' }])).toMatchObject({ affected: 1 });
      expect(await refused(db({ action: 'insert', table: 'devices', values: 'input' }), rows)).toMatchObject({ class: 'conflict', details: { code: '23000', number: 1062 } });
      expect(await refused(insert, [{ name: 'x-9', ports: 'not a number' }])).toMatchObject({ type: 'sql-error', class: 'validation' });
      expect(await rowsOf(`select name, site, ports, tags from devices where name like 'x-%' order by name`)).toMatchObject([
        { name: 'x-1', site: 's', ports: 24, tags: ['a', 'b'] }, { name: 'x-2', site: null, ports: 24 }, { name: 'x-3', ports: 8 }, { name: 'x-4' },
      ]);
      const of = (config: Record<string, Json>) => [byConfig(data.effect, config), byConfig(data.inDoubt!, config)];
      expect(['insert', 'upsert', 'update', 'delete', 'select'].map((action) => of({ ...insert, action }))).toEqual([['effect', 'retry'], ['effect', 'retry'], ['effect', 'ask'], ['effect', 'ask'], ['read', 'retry']]);
      expect(of({ ...insert, dedupeKey: '' })).toEqual(['effect', 'ask']);
    }); // prettier-ignore

    test('mysql: rows are put in place by their key, changed and deleted', async () => {
      const upsert = db({ action: 'upsert', table: 'devices', values: 'input', dedupeKey: 'name' });
      const rows = [{ name: 'x-1', site: 'new' }, { name: 'x-5', site: 'new', ports: 5 }, { name: 'x-3' }];
      for (let time = 0; time < 2; time++) expect(await ask(upsert, rows)).toMatchObject({ affected: 3 });
      // What a row does not say stays.
      expect(await rowsOf(`select name, site, ports, tags from devices where name in ('x-1', 'x-3', 'x-5') order by name`)).toMatchObject([
        { name: 'x-1', site: 'new', ports: 24, tags: ['a', 'b'] }, { name: 'x-3', site: null, ports: 8 }, { name: 'x-5', site: 'new', ports: 5 },
      ]);
      for (const [table, dedupeKey] of [['devices', 'site'], ['lab.devices', 'site'], ['devices', 'none'], ['pairs', 'a'], ['other.devices', 'name']] as const)
        for (const action of ['insert', 'upsert'])
          expect(await refused({ ...upsert, action, table, dedupeKey }, [{ [dedupeKey]: 1 }])).toMatchObject({ type: 'sql-error', class: 'config', message: expect.stringContaining('No unique index') });
      expect(await ask({ ...upsert, table: 'lab.devices' }, rows)).toMatchObject({ affected: 3 });
      expect(await refused(upsert, [{ site: 'nameless' }])).toMatchObject({ type: 'sql-error', class: 'config' });
      const update = db({ action: 'update', table: 'devices', match: { site: 'new' }, set: { ports: '{{ input }}', tags: { a: 1 } } });
      // Those that were found count, also the second time.
      for (let time = 0; time < 2; time++) expect(await ask(update, 6)).toMatchObject({ affected: 2 });
      for (const wish of [{ action: 'delete', match: {} }, { action: 'update', match: {}, set: { ports: 1 } }, { action: 'update', match: { id: 1 }, set: {} }])
        expect(await refused(db({ table: 'devices', ...wish }))).toMatchObject({ type: 'sql-error', class: 'config' });
      expect(await rowsOf(`select ports, tags from devices where site = 'new'`)).toMatchObject([{ ports: 6, tags: { a: 1 } }, { ports: 6 }]);
      await ask(db({ action: 'delete', table: 'devices', match: { site: 'new' } }));
      expect(await ask(query(`delete from devices where name like 'x-%'`, {}, { readOnly: false }))).toMatchObject({ affected: 3 });
      expect(await count()).toBe(3);
    }); // prettier-ignore

    test('mysql: what the server refuses is told apart', async () => {
      const write = (sql: string) => query(sql, {}, { readOnly: false });
      expect(await refused(write('insert into links values (999999)'))).toMatchObject({ class: 'conflict', details: { number: 1452 } });
      expect(await refused(write('selct 1'))).toMatchObject({ class: 'validation', details: { code: '42000', number: 1064 } });
      expect(await refused(query('select * from mysql.global_priv'))).toMatchObject({ class: 'auth', details: { number: 1142 } });
      const other = (who: Parameters<typeof at>[0]) => refused(query('select 1'), null, { secrets: { DB: at(who) } });
      expect(await other({ user: 'lab:wrong-one' })).toMatchObject({ class: 'auth', details: { code: '28000', number: 1045 } });
      expect(await other({ database: 'other' })).toMatchObject({ class: 'auth', details: { number: 1044 } });
      for (const DB of ['postgres://x:y@127.0.0.1/z', 'mysql://127.0.0.1/x', 'mysql://', at({ query: 'sslmode=prefer' }), at({ query: 'sslmode=toString' }), at({ user: 'a:100%' })])
        expect(await refused(query('select 1'), null, { secrets: { DB } }), DB).toMatchObject({ type: 'sql-error', details: { code: '08001' } });
      const closed = createServer();
      await new Promise<void>((resolve) => void closed.listen(0, '127.0.0.1', resolve));
      const { port } = closed.address() as AddressInfo;
      await new Promise((resolve) => closed.close(resolve));
      expect(await refused(query('select 1'), null, { secrets: { DB: `mysql://a:b@127.0.0.1:${port}/x` } })).toMatchObject({ type: 'sql-error' });
      expect(await refused(query('select 1'), null, { secrets: { DB: `mysql://a:b@127.0.0.1:${port}/x?sslmode=disable` } })).toMatchObject({ type: 'sql-transport', class: 'transient' });
    }); // prettier-ignore

    test('mysql: a deadlock and a lock that is not had in time pass by themselves', async () => {
      const holder = await server.connect();
      try {
        await holder.query(`set global innodb_lock_wait_timeout = 1; start transaction; update devices set ports = 1 where name = 'edge-1'`);
        const update = db({ action: 'update', table: 'devices', match: { name: 'edge-1' }, set: { ports: 2 } });
        expect(await refused(update)).toMatchObject({ class: 'transient', details: { number: 1205 } });
        await server.root.query('set global innodb_lock_wait_timeout = 50');
        // It holds more, so the other one is the victim.
        await holder.query(`update devices set ports = 1 where name = 'core-1'`);
        await server.root.query(`create or replace procedure both_ways() begin update devices set ports = 3 where name = 'edge-2'; update devices set ports = 3 where name = 'edge-1'; end`);
        const victim = refused(query('call both_ways()', {}, { readOnly: false }));
        // The server answers the same for a tenth of a second.
        for (const until = Date.now() + 20_000; Date.now() < until; await pause(150))
          if ((await rowsOf(`select 1 from information_schema.innodb_trx where trx_state = 'LOCK WAIT'`)).length > 0) break;
        await holder.query(`update devices set ports = 1 where name = 'edge-2'`);
        expect(await victim).toMatchObject({ class: 'transient', details: { code: '40001', number: 1213 } });
      } finally {
        await holder.query('rollback');
        await holder.end();
      }
    }); // prettier-ignore

    test('mysql: more rows or bytes than are taken, too long a statement, and being stopped', async () => {
      expect(await refused({ ...query('select seq from seq_1_to_100000'), limit: 10 })).toMatchObject({ type: 'output-too-large', class: 'limit' });
      for (const mode of ['disable', 'require'])
        expect(await refused(query(`select repeat('x', 1000000) as x from seq_1_to_60`), null, { secrets: { DB: at({ query: `sslmode=${mode}` }) } }), mode).toMatchObject({ type: 'output-too-large', message: expect.stringContaining('bytes') });
      const one = { connection: url, text: 'select sleep(30)', values: [], readOnly: true, maxRows: 10, timeoutMs: 300, signal: new AbortController().signal };
      const { egress } = createNodeRun({ lab: true });
      await expect(egress.queryMysql({ tenantId: 't', exceptions: async () => [] }, one)).rejects.toThrow('did not answer within 0.3 s');
      const stop = new AbortController();
      const going = run(query('select sleep(30)'), null, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error('stopped')), 100);
      await expect(going).rejects.toThrow('stopped');
    }); // prettier-ignore

    test('mysql: verify-full holds the certificate against the name, and require encrypts', async () => {
      const before = getCACertificates('default');
      const cipher = query(`show session status like 'Ssl_cipher'`);
      const look = async () => [{ address: '127.0.0.1', family: 4 }];
      const to = (host: string, more: string) => run(cipher, null, { look, secrets: { DB: at({ host, query: more }) } });
      try {
        expect(await faultOf(to(NAME, 'sslmode=verify-full'))).toMatchObject({ type: 'sql-error', details: { code: '08001' }, message: expect.stringContaining('certificate') });
        setDefaultCACertificates([...before, server.ca]);
        for (const more of ['sslmode=verify-full', '']) expect(outputOf(await to(NAME, more))).toMatchObject({ rows: [{ Value: expect.stringMatching(/\w/) }] });
        // The same server and authority by another name: only the name is wrong.
        expect(await faultOf(to('db.elsewhere.test', 'sslmode=verify-full'))).toMatchObject({ details: { code: '08001' }, message: expect.stringContaining('db.elsewhere.test') });
        expect(await faultOf(to('127.0.0.1', ''))).toMatchObject({ details: { code: '08001' }, message: expect.stringContaining('not its address') });
        expect(outputOf(await to('db.elsewhere.test', 'sslmode=require'))).toMatchObject({ rows: [{ Value: expect.stringMatching(/\w/) }] });
        expect(outputOf(await to('db.elsewhere.test', 'sslmode=disable'))).toMatchObject({ rows: [{ Value: '' }] });
      } finally {
        setDefaultCACertificates(before);
      }
    }); // prettier-ignore
  });
});

describe('the dialect', () => {
  test('named parameters stand one by one', () => {
    expect(statementOf(MYSQL, 'select :a, :b, :a', { a: 1, b: [2] })).toEqual({ text: 'select ?, ?, ?', values: [1, [2], 1] });
  });
  test.each(['', ' ; ', '-- x', '# x', '/* x */', '/* x', '--', 'select ?', 'select /*! 1 */'])('%j is no statement', (sql) =>
    expect(() => statementOf(MYSQL, sql, {})).toThrow(),
  );
  test('no value is ever part of the text', () => {
    fc.assert(fc.property(fc.string({ minLength: 3 }), fc.constantFrom('select :v', 'select x from y where a = :v and b in (:v, :v)', `select ':v' or :v`), (value, sql) => {
      const { text, values } = statementOf(MYSQL, sql, { v: value });
      expect(new Set(values)).toEqual(new Set([value]));
      expect(text).toBe(sql.replaceAll(/(?<!'):v/g, '?'));
    }));
  }); // prettier-ignore
  test('a dry run tells the statements and their values, and asks nobody', async () => {
    const here = createNodeRun({ input: [{ a: 1 }, { a: 2, b: 3 }], secrets: { DB: 'mysql://u:hush-hush@db.example/d' } });
    const would = await here.simulate(data, db({ action: 'upsert', table: 't', dedupeKey: 'a', values: 'input' }));
    const statements = [
      { text: 'insert into `t` (`a`) values (?) on duplicate key update `a` = `a`', values: [1] },
      { text: 'insert into `t` (`a`, `b`) values (?, ?) on duplicate key update `b` = values(`b`)', values: [2, 3] },
    ];
    expect(would).toMatchObject({ would: { kind: 'database', source: 'mysql', statements } });
    expect(JSON.stringify(would)).not.toContain('hush-hush');
    expect(data.check!({ source: 'mysql', action: 'update' })).toMatchObject([{ pointer: '/connection' }, { pointer: '/table' }, { pointer: '/match' }, { pointer: '/set' }]);
  }); // prettier-ignore
  test('writes what the action says', () => {
    expect(insertOf(MYSQL, 's.t', [{ a: 1 }, { b: null, a: 2 }], 'a')).toEqual({ text: 'insert into `s`.`t` (`a`, `b`) values (?, default), (?, ?) on duplicate key update `a` = `a`', values: [1, 2, null] });
    expect(insertOf(MYSQL, 't', [{ a: 1, b: 2 }], 'a', true).text).toBe('insert into `t` (`a`, `b`) values (?, ?) on duplicate key update `b` = values(`b`)');
    expect(selectOf(MYSQL, 't', { a: 1, b: null }, 5)).toEqual({ text: 'select * from `t` where `a` = ? and `b` is null limit 5', values: [1] });
    expect(changeOf(MYSQL, 't', { a: 1 }, { b: null })).toEqual({ text: 'update `t` set `b` = ? where `a` = ?', values: [null, 1] });
    expect(changeOf(MYSQL, 't', { a: null, c: 2 }, undefined)).toEqual({ text: 'delete from `t` where `a` is null and `c` = ?', values: [2] });
  }); // prettier-ignore
});
