import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { LegalHolds } from '#kernel/holds.ts';
import type { TenantJob } from '#kernel/module.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { auditList } from '#modules/audit/index.ts';
import { authMe } from '#modules/identity/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer } from '#test/lamps.ts';
import {
  reports,
  reportSchedulesCreate,
  reportSchedulesDelete,
  reportSchedulesList,
  reportSchedulesRuns,
  reportSchedulesUpdate,
  reportsGet,
} from '../index.ts';
import { scheduleBelongings } from './belongings.ts';
import { tickSchedules } from './run.ts';

const HOUR = 3_600_000;
let company: Company;
let acme: string;
const key = (name = 'adam') => company.key(name);
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule, reports], adapters: [provide(LampPort, lampServer())] });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());

/** The minute's work by the clock. */
async function tick(): Promise<Emitted[]> {
  const all: Emitted[] = [];
  const provider = providerOf(company.adapters);
  const now = () => company.clock.at;
  const actor = { kind: 'system', id: 'system:reports', name: 'system:reports', email: null, tenantId: acme, tenantSlug: '', credentialId: null, permissionCap: null, ip: null } as const;
  const tx: TenantJob['tx'] = (work) =>
    company.databases.tenant({ tenantId: acme }, async (db) => {
      const emitted: Emitted[] = [];
      const result = await work({ db, tenantId: acme, now, actor, provider, once: (_key, load) => load(), changeId: null, emit: (type, data) => void emitted.push({ type, data }) });
      await appendEvents(db, acme, emitted, null);
      all.push(...emitted);
      return result;
    });
  await tickSchedules({ tenantId: acme, now, provider, tx });
  return all;
} // prettier-ignore

/** As the app, in the tenant. */
const rows = <R extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<R[]> =>
  company.databases.tenant({ tenantId: acme }, async (db) => (await db.execute<R>(query)).rows as R[]);

let made = 0;
const wish = (more: object = {}) => ({
  name: `Schedule ${(made += 1)}`,
  kind: 'production-changes',
  format: 'csv',
  covers: 'day',
  cron: '0 * * * *',
  ...more,
});
const create = async (more: object = {}, name = 'adam') => company.done(reportSchedulesCreate, wish(more), key(name));
const runsOf = async (id: string) => (await company.done(reportSchedulesRuns, { id }, key())).items;
const end = async (id: string) => company.done(reportSchedulesDelete, { id }, key());

test('a report is made once per occurrence in the whole installation, as its owner, for the whole period before, and its recipients are told', async () => {
  const aldo = await company.idOf('aldo');
  const schedule = await create({ kind: 'risk-exposure', zone: 'Europe/Berlin', recipients: [aldo] });
  expect(schedule).toMatchObject({ enabled: true, owner: { name: 'Adam Ito' }, recipients: [{ name: 'Aldo Conti' }], last: null, version: 1, zone: 'Europe/Berlin' }); // prettier-ignore
  expect(await tick()).toEqual([]);
  company.clock.pass(HOUR);
  const told = (await Promise.all([tick(), tick(), tick()])).flat();
  const [delivered] = told.filter(({ type }) => type === 'reportSchedule.delivered');
  expect(told.filter(({ type }) => type === 'reportSchedule.delivered')).toHaveLength(1);
  expect(delivered!.data).toMatchObject({ name: schedule.name, recipients: [aldo] });
  const [run] = await runsOf(schedule.id);
  expect(run).toMatchObject({ state: 'done', told: 1, problem: null, dueAt: schedule.nextAt });
  const report = await company.done(reportsGet, { id: run!.reportId! }, key('aldo'));
  expect(report).toMatchObject({ kind: 'risk-exposure', format: 'csv', requestedBy: { name: 'Adam Ito' }, state: 'done' });
  expect(Date.parse(report.to)).toBeLessThanOrEqual(Date.parse(run!.dueAt));
  expect(Date.parse(report.to) - Date.parse(report.from)).toBeGreaterThanOrEqual(23 * HOUR);
  // Through the Gate, as the owner: the trail has it.
  const entries = (await company.done(auditList, { operation: 'reports.generate' }, key('olivia'))).items;
  expect(entries.some(({ actor, surface }) => actor.name === 'Adam Ito' && surface === 'internal')).toBe(true);
  expect(await tick()).toEqual([]);
  // Nobody was there for five hours: it is made once, and then again in its time.
  company.clock.pass(5 * HOUR);
  await tick();
  await tick();
  expect(await runsOf(schedule.id)).toHaveLength(2);
  const [listed] = (await company.done(reportSchedulesList, {}, key())).items;
  expect(listed!.last).toMatchObject({ state: 'done' });
  expect(Date.parse(listed!.nextAt!)).toBeGreaterThan(company.clock.at.getTime());
  await end(schedule.id);
  expect((await company.done(reportsGet, { id: run!.reportId! }, key('aldo'))).id).toBe(run!.reportId);
});

test('refused: without the permission, with a time that never comes or comes too often, and to people who may not read it', async () => {
  const pointer = async (more: object) => (await company.refused(reportSchedulesCreate, wish(more), key())).extras.errors![0]!.pointer;
  expect(await company.slugOf(reportSchedulesCreate, wish(), key('aldo'))).toBe('permission-denied');
  // An auditor’s reports:* goes as far as reading does, and the pages that ask are told so.
  const { permissions } = await company.done(authMe, {}, key('aldo'));
  expect(permissions).toEqual(expect.arrayContaining(['reports:read', 'reports:generate', 'accessReviews:read']));
  expect(['*', 'reports:*', 'reports:schedule', '*:schedule'].filter((one) => permissions.includes(one))).toEqual([]);
  expect(await company.slugOf(reportSchedulesCreate, wish(), key('dana'))).toBe('permission-denied');
  expect(await pointer({ cron: '*/5 * * * *' })).toBe('/cron');
  expect(await pointer({ cron: '0 0 30 2 *' })).toBe('/cron');
  expect(await pointer({ zone: 'Middle/Earth' })).toBe('/zone');
  expect(await pointer({ recipients: [await company.idOf('aldo'), await company.idOf('vera')] })).toBe('/recipients/1');
  expect(await pointer({ recipients: [await company.idOf('gustav')] })).toBe('/recipients/0');
  expect(await pointer({ kind: 'risk-exposure', filters: { user: 'x' } })).toBe('/filters/user');
  const schedule = await create({ name: 'Weekly' });
  expect(await company.slugOf(reportSchedulesCreate, wish({ name: 'WEEKLY' }), key())).toBe('report-schedule-name-taken');
  expect(await company.slugOf(reportSchedulesRuns, { id: schedule.id }, key('gustav'))).toBe('report-schedule-not-found');
  expect(await company.slugOf(reportSchedulesUpdate, { id: schedule.id, name: 'x' }, key('gustav'))).toBe('report-schedule-not-found');
  expect(await company.slugOf(reportSchedulesUpdate, { id: schedule.id, name: 'x' }, key(), { envelope: { ifMatch: '7' } })).toBe('version-conflict');
  expect(await company.slugOf(reportSchedulesDelete, { id: schedule.id }, key('aldo'))).toBe('permission-denied');
  expect((await company.done(reportSchedulesList, {}, key('gustav'))).items).toEqual([]);
  await end(schedule.id);
}); // prettier-ignore

test('what is switched off is not made, and what is changed is made by the new rule with the rights of who changed it', async () => {
  const schedule = await create({ enabled: false });
  company.clock.pass(2 * HOUR);
  expect(await tick()).toEqual([]);
  expect(schedule.nextAt).toBeNull();
  const changed = await company.done(reportSchedulesUpdate, { id: schedule.id, enabled: true, format: 'pdf', cron: '30 * * * *' }, key('olivia'));
  expect(changed).toMatchObject({ enabled: true, format: 'pdf', owner: { name: 'Olivia Owens' }, version: 2, name: schedule.name });
  company.clock.pass(HOUR);
  await tick();
  expect(await runsOf(schedule.id)).toMatchObject([{ state: 'done', told: 0 }]);
  await end(schedule.id);
});

test('a failure is seen and told of: the owner may no longer, or has left', async () => {
  const schedule = await create({}, 'adam');
  await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [await company.idOf('adam')]);
  company.clock.pass(HOUR);
  const [failed] = (await tick()).filter(({ type }) => type === 'reportSchedule.failed');
  expect(failed!.data).toMatchObject({ name: schedule.name, recipients: [await company.idOf('adam')], reason: expect.stringContaining('reports:generate') }); // prettier-ignore
  const listed = async () => (await company.done(reportSchedulesList, {}, key('olivia'))).items.find(({ id }) => id === schedule.id)!;
  expect((await listed()).last).toMatchObject({ state: 'failed', reportId: null, problem: expect.stringContaining('reports:generate') });
  // Somebody else takes it over, and it is made again.
  const belongings = scheduleBelongings(async () => new Map([[await company.idOf('olivia'), { name: 'Olivia Owens' }]]));
  await company.databases.tenant({ tenantId: acme }, async (db) => {
    expect(await belongings.of(db, acme, await company.idOf('adam'))).toEqual([`the scheduled report "${schedule.name}"`]);
    await belongings.hand(db, acme, await company.idOf('adam'), await company.idOf('olivia'));
  });
  company.clock.pass(HOUR);
  await tick();
  expect(await listed()).toMatchObject({ owner: { name: 'Olivia Owens' }, last: { state: 'done' } });
});

test('a run whose process was lost is tried again, three times at most, and runs go after 400 days with the reports', async () => {
  const schedule = await company.done(reportSchedulesCreate, wish(), key('olivia'));
  company.clock.pass(HOUR);
  await tick();
  await rows(sql`update report_schedule_runs set state = 'running', report_id = null, ended_at = null, updated_at = ${company.clock.at} where schedule_id = ${schedule.id}`);
  await tick();
  const state = async () => (await rows<{ state: string; attempts: number }>(sql`select state, attempts from report_schedule_runs where schedule_id = ${schedule.id}`))[0]!;
  expect(await state()).toEqual({ state: 'running', attempts: 1 });
  company.clock.pass(6 * 60_000);
  await tick();
  expect(await state()).toEqual({ state: 'done', attempts: 2 });
  await rows(sql`update report_schedule_runs set state = 'running', report_id = null, attempts = 3, updated_at = ${new Date(company.clock.at.getTime() - HOUR)} where schedule_id = ${schedule.id}`);
  await tick();
  expect(await state()).toEqual({ state: 'failed', attempts: 4 });
  const held = providerOf(company.adapters)(LegalHolds);
  expect(await company.databases.tenant({ tenantId: acme }, (db) => held.isHeld(db, acme))).toBe(false);
  company.clock.pass(401 * 24 * HOUR);
  const expire = reports.schedules!.find(({ name }) => name === 'reports-expire')!;
  await company.databases.tenant({ tenantId: acme }, (db) => expire.perTenant!({ db, tenantId: acme, now: () => company.clock.at, provider: providerOf(company.adapters) } as never));
  expect(await rows(sql`select 1 from report_schedule_runs`)).toEqual([]);
  expect(await rows(sql`select 1 from report_pictures`)).toEqual([]);
}); // prettier-ignore
