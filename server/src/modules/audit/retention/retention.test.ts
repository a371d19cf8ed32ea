import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isUuid } from '#kernel/database.ts';
import { providerOf } from '#kernel/port.ts';
import { isolationFaults } from '#kernel/tenant-security.ts';
import { createCompany, type Company } from '#test/company.ts';
import { auditHoldsCreate, auditHoldsLift, auditHoldsList, auditVerify } from '../index.ts';
import { Evidence } from '../providers/port.ts';
import { cutoffsOf, droppable } from './rules.ts';

const DAY = 86_400_000;
let company: Company;
let root: pg.Client;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ works: true });
  root = new pg.Client({ connectionString: company.databaseUrl });
  await root.connect();
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(async () => void (await Promise.all([company.close(), root.end()])));
const evidence = () => providerOf(company.adapters)(Evidence);

test('whatever a tenant sets, evidence is kept for 90 days and reads never for longer than that', () => {
  const at = new Date('2026-11-20T00:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (evidenceDays, readDays) => {
      const { evidence: old, reads } = cutoffsOf({ evidenceDays, readDays }, at);
      const [days, readFor] = [old, reads].map((cutoff) => (at.getTime() - cutoff.getTime()) / DAY) as [number, number];
      expect(days).toBe(Math.min(3_653, Math.max(90, evidenceDays)));
      expect(readFor).toBeLessThanOrEqual(Math.min(400, days));
      expect(readFor).toBeLessThanOrEqual(Math.max(readDays, 0));
    }),
  );
});

test('a partition is dropped when it is over for everybody, and never under a hold', () => {
  const end = new Date('2026-10-01T00:00:00Z');
  const [before, after] = [new Date('2026-09-30T00:00:00Z'), end];
  expect(droppable(end, [after, after], false)).toBe(true);
  expect(droppable(end, [after, before], false)).toBe(false);
  expect(droppable(end, [after, after], true)).toBe(false);
});

/** Entries of days ago, as if they had been written then; half of them reads. `kept` months have partitions of their own. */
async function plant(daysAgo: number, count: number, actor = 'someone'): Promise<void> {
  await root.query(
    `with made as (insert into audit_entries (tenant_id, id, decision_id, at, actor_kind, actor_id, actor_name, roles, surface, operation, permission, risk, result, targets, rules, approver_ids,
       input_hash, request_id, duration_ms, timings, sensitive, occurrences, kept)
     select $1, overlay(gen_random_uuid()::text placing regexp_replace(lpad(to_hex((extract(epoch from now() - make_interval(days => $2)) * 1000)::bigint + n), 12, '0'), '(.{8})(.{4})', '\\1-\\2-7') from 1 for 15)::uuid,
       gen_random_uuid(), now() - make_interval(days => $2), 'user', $4, 'Some One', '{}', 'rest', 'lamps.get', 'lamps:read', 'read', 'success', '[]', '{}', '{}', '', 'r', 1, '{}', false, 1,
       case when n % 2 = 0 then 'reads' else 'evidence' end from generate_series(1, $3) n returning tenant_id, id)
     insert into audit_unsealed select tenant_id, id from made`,
    [acme, daysAgo, count, actor],
  );
} // prettier-ignore
const count = async (where: string): Promise<number> =>
  Number((await root.query<{ n: string }>(`select count(*) as n from audit_entries where tenant_id = '${acme}' and ${where}`)).rows[0]!.n);
const verified = () => company.done(auditVerify, {}, company.key('olivia'));

/** A partition for a month that lies behind, as one made in time would be by now. */
async function pastMonth(monthsAgo: number): Promise<string> {
  const now = new Date();
  const [from, to] = [0, 1].map((plus) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo + plus, 1))) as [Date, Date];
  const idAt = (at: Date): string =>
    `${at
      .getTime()
      .toString(16)
      .padStart(12, '0')
      .replace(/(.{8})/, '$1-')}-7000-8000-000000000000`;
  const name = `audit_entries_${from.toISOString().slice(0, 7).replace('-', '_')}`;
  const first = await root.query<{ bound: string }>(
    `select pg_get_expr(relpartbound, oid) as bound from pg_class where relname = 'audit_entries_past'`,
  );
  const old = /TO \('([^']+)'\)/.exec(first.rows[0]!.bound)![1]!;
  await root.query(`set role sy_owner; alter table audit_entries detach partition audit_entries_past;
    create table ${name} partition of audit_entries for values from ('${idAt(from)}') to ('${idAt(to)}') partition by list (kept);
    create table ${name}_reads partition of ${name} for values in ('reads'); create table ${name}_evidence partition of ${name} default;
    alter table audit_entries attach partition audit_entries_past for values from (minvalue) to ('${idAt(from)}');
    ${idAt(to) === old ? '' : `create table gap_${name} partition of audit_entries for values from ('${idAt(to)}') to ('${old}')`}; reset role`);
  return name;
}

test('platform 120: Given retention of 30 d reads, when the Job runs, then the partition is gone, the anchor remains, writes stay', async () => {
  const name = await pastMonth(3);
  const middle = Math.round((Date.now() - Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 3, 15)) / DAY);
  await plant(middle, 40);
  await plant(40, 10);
  const { dropped, removed } = await evidence().retain();
  expect(dropped).toEqual([`${name}_reads`]);
  expect(removed).toBe(5);
  expect((await root.query('select 1 from pg_class where relname = $1', [`${name}_reads`])).rowCount).toBe(0);
  expect(await count(`actor_id = 'someone' and kept = 'reads'`)).toBe(0);
  expect(await count(`actor_id = 'someone' and kept = 'evidence'`)).toBe(25);
  expect(await verified()).toMatchObject({ ok: true, expired: 25, fault: null });
  expect((await root.query('select 1 from audit_anchors where tenant_id = $1', [acme])).rowCount).toBeGreaterThan(0);
  expect(await evidence().retain()).toEqual({ dropped: [], removed: 0 });
});

test('what retention let go is signed: without the record, or for what its time is not over for, a missing entry is a fault', async () => {
  await root.query(`delete from audit_entries where tenant_id = $1 and actor_id = 'someone' and kept = 'evidence'`, [acme]);
  const { fault } = await verified();
  expect(fault).toMatchObject({ kind: 'missing' });
  expect(isUuid(fault!.entryId!)).toBe(true);
  await root.query(`update audit_purges set until = now() where tenant_id = $1`, [acme]);
  expect((await verified()).fault).toMatchObject({ kind: 'anchor-altered' });
});

test('platform 121: Given a legal hold, when deletion or retention runs, then nothing of the subject is removed and the skip is logged', async () => {
  const held = async (input: object): Promise<string> => {
    const passed = await company.call(auditHoldsCreate, { reason: 'Case 4711, asked for by counsel', ...input }, company.key('adam'));
    const change = await company.carriedOut(passed, company.key('olivia'));
    expect(change.state).toBe('succeeded');
    return (await company.done(auditHoldsList, { open: true }, company.key('olivia'))).items[0]!.id;
  };
  const lifted = async (id: string) => company.carriedOut(await company.call(auditHoldsLift, { id, reason: 'The case is closed' }, company.key('adam')), company.key('olivia'));
  await plant(60, 10, 'suspect');
  await plant(60, 10, 'other');
  const person = await held({ subjectId: 'suspect', subjectName: 'Sam Suspect' });
  expect(await evidence().retain()).toMatchObject({ dropped: [], removed: 5 });
  expect([await count(`actor_id = 'suspect' and kept = 'reads'`), await count(`actor_id = 'other' and kept = 'reads'`)]).toEqual([5, 0]);
  const whole = await held({});
  await plant(60, 10, 'other');
  expect(await evidence().retain()).toMatchObject({ removed: 0 });
  expect(company.log.some((line) => line.includes('a legal hold keeps audit entries') && line.includes(acme))).toBe(true);
  await lifted(whole);
  await lifted(person);
  expect((await evidence().retain()).removed).toBe(10);
  expect((await company.done(auditHoldsList, { open: true }, company.key('olivia'))).items).toEqual([]);
}); // prettier-ignore

test('months are made ahead, once, in order, under row-level security, and what lay beyond them is moved', async () => {
  company.clock.pass(70 * DAY);
  const early = company.clock.at.getTime() + 62 * DAY;
  const id = `${early.toString(16).padStart(12, '0').replace(/(.{8})/, '$1-')}-7000-8000-000000000001`;
  await root.query(`create temp table one as select * from audit_entries where tenant_id = '${acme}' limit 1; update one set id = '${id}'; insert into audit_entries select * from one`);
  const where = async () => (await root.query<{ at: string }>(`select tableoid::regclass::text as at from audit_entries where id = '${id}'`)).rows[0]!.at;
  expect(await where()).toBe('audit_entries_future');
  const made = await evidence().makeMonths();
  expect(made.length % 3).toBe(0);
  expect(made.length).toBeGreaterThan(0);
  expect(await where()).toMatch(/^audit_entries_\d{4}_\d\d_evidence$/);
  expect(await evidence().makeMonths()).toEqual([]);
  expect((await isolationFaults((sql) => root.query(sql))).filter((fault) => made.some((name) => fault.startsWith(`${name}:`)))).toEqual([]);
}); // prettier-ignore

test('links whose entries are all gone go too, and an anchor stands for them: the chain is still proven from there on', async () => {
  const other = await createCompany();
  const client = new pg.Client({ connectionString: other.databaseUrl });
  await client.connect();
  const mine = providerOf(other.adapters)(Evidence);
  const tenant = (await other.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  const old = `01${(0).toString(16).padStart(6, '0')}-0000-7000-8000-`;
  await client.query(`create temp table model as select * from audit_entries limit 0`);
  for (let n = 1; n <= 3; n++)
    await client.query(`insert into audit_entries select '${tenant}', '${old}${String(n).padStart(12, '0')}', gen_random_uuid(), now(), 'user', 'x', 'X', null, '{}', null, null, 'rest', 'a.b', 'a:b', 'write', 'success', null, '[]', null, '{}', '', null, null, '{}', null, 'r', null, 1, '{}', true, 1, 'evidence'`);
  await client.query(`insert into audit_unsealed select tenant_id, id from audit_entries where actor_id = 'x'`);
  const today = other.clock.at;
  other.clock.at = new Date(today.getTime() - 500 * DAY);
  await mine.anchor();
  other.clock.at = today;
  await mine.retain();
  expect((await client.query(`select 1 from audit_entries where actor_id = 'x'`)).rowCount).toBe(0);
  expect((await client.query('select 1 from audit_segments where tenant_id = $1', [tenant])).rowCount).toBe(0);
  await other.refused(auditHoldsList, {}, other.key('dana'));
  await other.audit.flush();
  await mine.seal();
  await mine.anchor();
  const left = await client.query<{ first_seq: string }>(`select first_seq from audit_segments where tenant_id = $1 order by 1`, [tenant]);
  expect(Number(left.rows[0]!.first_seq)).toBeGreaterThan(3);
  expect(await other.done(auditVerify, {}, other.key('olivia'))).toMatchObject({ ok: true, fault: null });
  await client.end();
  await other.close();
}); // prettier-ignore
