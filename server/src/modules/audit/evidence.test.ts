import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { providerOf } from '#kernel/port.ts';
import { authLogin } from '#modules/identity/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { auditGet, auditList, auditVerify, usersActivity } from './index.ts';
import { Evidence } from './providers/port.ts';

const secretSet = defineOperation({
  name: 'lamps.secret',
  summary: 'Set the secret of a lamp',
  permission: 'lamps:write',
  risk: 'write',
  input: z.object({ id: z.string(), password: z.string().meta({ secret: true }) }),
  output: z.object({}),
  targets: (_ctx, { id }) => [{ type: 'lamp', id, name: id }],
  plan: (_ctx, { id }) => ({ summary: `Set the secret of ${id}` }),
  run: async () => ({}),
});
const lamps = defineModule({ name: 'lamps', operations: [secretSet] });

let company: Company;
beforeAll(async () => void (company = await createCompany({ modules: [lamps] })));
afterAll(() => company.close());
const PASSWORD = 'correct-horse-battery-staple-77';

test('governance 76: Given an input with a password, when audited, then the value is absent from table, log and export', async () => {
  await company.call(secretSet, { id: 'desk', password: PASSWORD }, company.key('olivia'));
  await company.refused(secretSet, { id: 'desk', password: PASSWORD }, company.key('aldo'));
  await company.refused(authLogin, { email: 'olivia@acme.example', password: PASSWORD }, null);
  await company.audit.flush();
  const rows = await company.sql<{ row: string }>('select a::text as row from audit_entries a');
  expect(rows.filter(({ row }) => row.includes('lamps.secret'))).toHaveLength(2);
  expect(rows.filter(({ row }) => row.includes(PASSWORD))).toEqual([]);
  expect(company.log.filter((line) => line.includes(PASSWORD))).toEqual([]);
  const { items } = await company.done(auditList, { operation: 'lamps.secret' }, company.key('olivia'));
  expect(JSON.stringify(items)).not.toContain(PASSWORD);
  expect(items[0]!.actor).toMatchObject({ email: expect.stringContaining('@acme.example') });
});

test('governance 75: Given the audit table rejects inserts, when a write Operation runs, then 503 and no side effect', async () => {
  const { id } = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!;
  const left = () =>
    company.databases.tenant({ tenantId: id, readOnly: true }, async (db) => {
      const counted = ['changes', 'events', 'idempotency_keys'].map((name) => `(select count(*) from ${name})`);
      return (await db.$client.query({ text: `select ${counted.join(', ')}`, rowMode: 'array' })).rows[0];
    });
  const before = await left();
  const { write } = company.audit.steps;
  company.audit.steps.write = () => Promise.reject(new Error('disk full'));
  const problem = await company.refused(secretSet, { id: 'desk', password: PASSWORD }, company.key('olivia')).finally(() => (company.audit.steps.write = write));
  expect([problem.slug, problem.kind.status]).toEqual(['dependency-unavailable', 503]);
  // The effect ran within the transaction that was rolled back: nothing of it is there.
  expect(await left()).toEqual(before);
}); // prettier-ignore

test('platform 117: Given any Operation, when denied at any Gate step, then one entry with stage and reason exists', async () => {
  const requestOf = async (request: () => Promise<unknown>): Promise<unknown> => {
    const count = async () => (await company.sql<{ n: string }>('select count(*) as n from audit_entries'))[0]!.n;
    await company.audit.flush();
    const before = Number(await count());
    await request();
    await company.audit.flush();
    expect(Number(await count())).toBe(before + 1);
    return (await company.sql('select result, reason, risk from audit_entries order by id desc limit 1'))[0];
  };
  const dana = company.key('aldo');
  expect(await requestOf(() => company.refused(secretSet, { id: 'x', password: 'y' }, dana))).toMatchObject({ result: 'denied', reason: { stage: 'permission', code: 'permission-denied', text: expect.stringContaining('lamps:write') } });
  expect(await requestOf(() => company.refused(auditGet, { id: newId() }, company.key('olivia')))).toMatchObject({ result: 'failure', reason: { stage: 'run', code: 'audit-entry-not-found' } });
}); // prettier-ignore

test('an entry shows its place in the chain, and that place is proven', async () => {
  await company.audit.flush();
  await providerOf(company.adapters)(Evidence).seal();
  const { items } = await company.done(auditList, { operation: 'lamps.secret', limit: 1 }, company.key('olivia'));
  const entry = await company.done(auditGet, { id: items[0]!.id }, company.key('olivia'));
  expect(entry.chain).toMatchObject({ seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const whole = await company.done(auditVerify, { most: 2 }, company.key('olivia'));
  expect(whole).toMatchObject({ ok: true, from: 1 });
  expect(await company.done(auditVerify, { fromSeq: entry.chain!.seq }, company.key('olivia'))).toMatchObject({ ok: true, next: null });
  expect(await company.done(auditVerify, { from: new Date(Date.now() + 60_000).toISOString() }, company.key('olivia'))).toMatchObject({ ok: true, checked: 0 });
  expect(await company.slugOf(auditVerify, {}, company.key('dana'))).toBe('permission-denied');
}); // prettier-ignore

test('what somebody did is told in sentences by day, to themselves, and to others who may read the trail', async () => {
  const olivia = await company.idOf('olivia');
  const own = await company.done(usersActivity, { userId: 'me' }, company.key('olivia'));
  const texts = own.days.flatMap(({ items }) => items.map(({ text }) => text));
  expect(texts).toContain('Olivia Owens called lamps.secret.');
  expect(own.days.every(({ day }) => /^\d{4}-\d\d-\d\d$/.test(day))).toBe(true);
  const german = await company.done(usersActivity, { userId: olivia, locale: 'de', zone: 'Europe/Berlin' }, company.key('olivia'));
  expect(german.days.flatMap(({ items }) => items.map(({ text }) => text)).join('\n')).toContain('Olivia Owens hat das Protokoll durchgesehen.');
  const chinese = await company.done(usersActivity, { userId: olivia, locale: 'zh' }, company.key('olivia'));
  expect(chinese.days.flatMap(({ items }) => items.map(({ text }) => text)).join('\n')).toContain('Olivia Owens 浏览了审计日志。');
  expect((await company.done(usersActivity, { userId: olivia }, company.key('adam'))).days.length).toBeGreaterThan(0);
  expect(await company.slugOf(usersActivity, { userId: olivia }, company.key('dana'))).toBe('permission-denied');
  expect((await company.done(usersActivity, { userId: 'me' }, company.key('dana'))).nextCursor).toBeNull();
});
