import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsName } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { reports, reportsGenerate, reportsKinds } from './index.ts';
import type { Row } from './kind.ts';

let world: World;
let [alice, bob, auditor]: Person[] = [];
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule, reports], adapters: () => [provide(LampPort, lampServer())], works: true });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  auditor = world.as({ name: 'auditor', permissions: ['reports:read', 'reports:generate'], maxRisk: 'read' });
});
afterAll(() => world.close());

async function rowsOf(kind: string, input: object = {}, who = auditor!): Promise<Row[]> {
  const day = 86_400_000;
  const [from, to] = [new Date(Date.now() - day), new Date(Date.now() + day)].map((time) => time.toISOString());
  const { content } = await world.done(reportsGenerate, { kind, from, to, ...input }, who);
  return (JSON.parse(content!) as { rows: Row[] }).rows;
}
const scoped = () => world.as({ permissions: ['reports:read', 'reports:generate'], scope: { any: [{ ids: ['elsewhere'] }] } });

test('every kind answers with its columns in every format, also of nothing', async () => {
  const { items } = await world.done(reportsKinds, {}, auditor!);
  expect(items.map(({ key }) => key)).toEqual([
    'production-changes', 'approval-sla', 'policy-violations', 'emergency', 'access-review', 'risk-exposure', 'role-usage', 'trends', 'out-of-band', 'controls', 'audit-export',
  ]); // prettier-ignore
  for (const { key, columns } of items) {
    const rows = await rowsOf(key);
    // Controls are there whatever has happened, and making a report is itself in the trail.
    if (key !== 'controls' && key !== 'audit-export') expect(rows).toEqual([]);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns.map((column) => column.key));
    const range = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
    for (const format of ['csv', 'ndjson', 'pdf'])
      expect((await world.done(reportsGenerate, { kind: key, ...range, format }, auditor!)).rows).toBe(key === 'controls' ? rows.length : 0);
  }
});

test('approval times count what each approver decided, and what was decided before anybody could have read it', async () => {
  const change = await world.carriedOut(lampsName, { name: 'hall', environment: 'prod' }, alice!, bob!);
  expect(await rowsOf('approval-sla')).toEqual([{ approver: 'bob', decisions: 1, approved: 1, rejected: 0, approvalPercent: 100, medianSeconds: 0, p90Seconds: 0, breaches: 0, forOthers: 0, rubberStamps: 1 }]); // prettier-ignore
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`update approval_requests set created_at = created_at - interval '6 hours', sla_due_at = sla_due_at - interval '6 hours' where change_id = ${change.id}`),
  ); // prettier-ignore
  expect(await rowsOf('approval-sla')).toMatchObject([{ breaches: 1, rubberStamps: 0, medianSeconds: 21_600 }]);
  expect(await rowsOf('approval-sla', {}, scoped())).toEqual([]);
});

test('violations tell who was refused what and by which stage, and who wanted to agree to their own Change', async () => {
  const mallory = world.as({ name: 'mallory', permissions: ['lamps:read'] });
  await world.refused(lampsBurn, { name: 'attic', environment: 'prod' }, mallory);
  const own = await world.accepted(lampsName, { name: 'stairs', environment: 'prod' }, alice!);
  await world.approve(own, alice!).catch(() => undefined);
  await world.audit.flush();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const rows = await rowsOf('policy-violations');
  expect(rows.find(({ user }) => user === 'mallory')).toMatchObject({ operation: 'lamps.burn', stage: 'permission', code: 'permission-denied', selfApproval: false, times: 1 }); // prettier-ignore
  expect(rows.filter(({ selfApproval }) => selfApproval).map(({ user }) => user)).toEqual(['alice']);
  expect(await rowsOf('policy-violations', { filters: { user: 'mallory@example.test' } })).toHaveLength(1);
  expect(await rowsOf('policy-violations', {}, scoped())).toEqual([]);
});

test('emergencies tell what was skipped and how far the review was at the cut-off', async () => {
  const change = await world.carriedOut(lampsName, { name: 'cellar', environment: 'prod' }, alice!, bob!);
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`insert into emergencies (tenant_id, id, change_id, user_id, user_name, reason, ticket, skipped, used_at, review_due_at, verdict, reviewer_name, reviewed_at)
      values (${world.tenants.a}, ${newId()}, ${change.id}, ${alice!.actor.id}, 'alice', 'The cellar is dark', 'INC-1', '{baseline/prod}', now() - interval '3 hours', now() + interval '21 hours', 'justified', 'bob', now() - interval '1 hour')`),
  ); // prettier-ignore
  expect(await rowsOf('emergency')).toMatchObject([{ change: change.number, user: 'alice', ticket: 'INC-1', skipped: ['baseline/prod'], review: 'justified', reviewer: 'bob' }]); // prettier-ignore
  const cutoff = new Date(Date.now() - 2 * 3_600_000).toISOString();
  expect(await rowsOf('emergency', { cutoff })).toMatchObject([{ review: 'open', reviewer: null, reviewedAt: null }]);
  expect(await rowsOf('emergency', {}, scoped())).toEqual([]);
});
