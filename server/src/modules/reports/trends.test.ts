import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsBurn, lampsGet, lampsName } from '#test/lamps.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { reports, reportsGenerate } from './index.ts';
import type { Row } from './kind.ts';

let world: World;
let [alice, bob, auditor, scoped]: Person[] = [];
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule, reports], adapters: () => [provide(LampPort, lampServer())], works: true });
  [alice, bob] = ['alice', 'bob'].map((name) => world.as({ name }));
  auditor = world.as({ name: 'auditor', permissions: ['reports:read', 'reports:generate'], maxRisk: 'read' });
  scoped = world.as({ permissions: ['reports:read', 'reports:generate'], scope: { any: [{ ids: ['elsewhere'] }] } });
  await world.carriedOut(lampsName, { name: 'hall', environment: 'prod' }, alice!, bob!);
  // From here on only what is said below has happened; this one is what the others are made of.
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`update changes set created_at = '2025-01-01', ended_at = '2025-01-01'`),
  );
});
afterAll(() => world.close());

interface Made {
  state: string;
  createdAt: string;
  startedAt?: string;
  endedAt: string | null;
  target?: string;
  rollbackOf?: string;
  emergency?: boolean;
  problem?: string;
}
let number = 100;
async function change({ state, createdAt, startedAt = createdAt, endedAt, target = 'hall', rollbackOf, emergency = false, problem }: Made): Promise<string> {
  const id = newId();
  number += 1;
  const targets = JSON.stringify([{ type: 'lamp', id: target, name: target, environment: 'prod' }]);
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`insert into changes (tenant_id, id, number, operation, summary, state, risk, environment, input, input_hash, targets, plan, plan_hash, requirements, requester_id, requester, surface, request_id, decision_id, started_at, ended_at, created_at, rollback_of, emergency, problem)
      select tenant_id, ${id}, ${number}, operation, summary, ${state}, risk, 'prod', input, input_hash, ${targets}::jsonb, plan, plan_hash, requirements, requester_id, requester, surface, request_id, decision_id,
        ${startedAt}::timestamptz, ${endedAt}::timestamptz, ${createdAt}::timestamptz, ${rollbackOf ?? null}::uuid, ${emergency}, ${problem ?? null}::jsonb from changes where number = 1`),
  );
  return id;
} // prettier-ignore

async function rowsOf(kind: string, input: object, who = auditor!): Promise<Row[]> {
  const { content } = await world.done(reportsGenerate, { kind, ...input }, who);
  return (JSON.parse(content!) as { rows: Row[] }).rows;
}

test('trends have the DORA figures: by day, and all together', async () => {
  const at = (time: string) => `2026-03-${time}Z`;
  // The 2nd: one well after an hour, one undone three hours later, and its undoing.
  await change({ state: 'succeeded', createdAt: at('02T08:00:00'), endedAt: at('02T09:00:00') });
  const undone = await change({ state: 'succeeded', createdAt: at('02T10:00:00'), endedAt: at('02T10:30:00'), target: 'attic' });
  await change({ state: 'succeeded', createdAt: at('02T13:00:00'), endedAt: at('02T13:30:00'), target: 'attic', rollbackOf: undone });
  // The 3rd: one failed and was put right by the next on the same lamp, 2 h after it began; one rolled itself back within 10 min.
  await change({ state: 'failed', createdAt: at('03T08:00:00'), startedAt: at('03T08:30:00'), endedAt: at('03T08:40:00'), target: 'stairs' });
  await change({ state: 'succeeded', createdAt: at('03T09:30:00'), endedAt: at('03T10:30:00'), target: 'stairs', emergency: true });
  await change({ state: 'rolled_back', createdAt: at('03T11:00:00'), endedAt: at('03T11:10:00'), target: 'cellar' });
  // The 4th: one that nothing put right; one was not agreed to, one is still open: neither counts.
  await change({ state: 'failed', createdAt: at('04T08:00:00'), endedAt: at('04T08:10:00'), target: 'roof' });
  await change({ state: 'rejected', createdAt: at('04T08:00:00'), endedAt: at('04T08:10:00') });
  await change({ state: 'running', createdAt: at('04T08:00:00'), endedAt: null });
  const range = { from: at('01T00:00:00'), to: at('11T00:00:00') };
  const rows = await rowsOf('trends', range);
  const figures = (row: Row) => ['changes', 'succeeded', 'failed', 'changeFailurePercent', 'rollbacks', 'emergencies', 'leadMedianSeconds', 'restoreMedianSeconds', 'unrestored'].map((key) => row[key]);
  expect(rows.map(({ period }) => period)).toEqual(['2026-03-02', '2026-03-03', '2026-03-04', 'total']);
  expect(figures(rows[0]!)).toEqual([3, 2, 1, 33.3, 1, 0, 1800, 10_800, 0]);
  expect(figures(rows[1]!)).toEqual([3, 1, 2, 66.7, 1, 1, 3600, 600, 0]);
  expect(figures(rows[2]!)).toEqual([1, 0, 1, 100, 0, 0, null, null, 1]);
  expect(figures(rows[3]!)).toEqual([7, 3, 4, 57.1, 2, 1, 3600, 7_200, 1]);
  expect(rows[3]!['perDay']).toBe(0.7);
  // Over more than a month by week; before the undoing it had gone well; nothing of other Scopes and tenants.
  expect((await rowsOf('trends', { from: at('01T00:00:00'), to: '2026-05-01T00:00:00Z' })).map(({ period }) => period)).toEqual(['2026-03-02', 'total']);
  expect((await rowsOf('trends', { ...range, cutoff: at('02T13:10:00') }))[0]).toMatchObject({ changes: 2, succeeded: 2, failed: 0, changeFailurePercent: 0 });
  expect(await rowsOf('trends', range, scoped)).toEqual([]);
  expect(await rowsOf('trends', range, world.as({ tenant: 'b' }))).toEqual([]);
}); // prettier-ignore

test('out-of-band tells of drift and of zones that were edited elsewhere, as a picture that stays', async () => {
  const [connection, finding] = [newId(), newId()];
  const tenantId = world.tenants.a;
  await world.databases.tenant({ tenantId }, async (db) => {
    await db.execute(sql`insert into cloud_connections (tenant_id, id, name, kind, config, status, created_by) values (${tenantId}, ${connection}, 'Lab cloud', 'simulated', '{}', 'active', 'test')`);
    await db.execute(sql`insert into drift_findings (tenant_id, id, connection_id, external_id, name, kind, field, before, after, status, environment, last_seen_at, created_at)
      values (${tenantId}, ${finding}, ${connection}, 'ext-1', 'web-1', 'changed', 'type', '"small"', '"large"', 'open', 'prod', '2026-03-05T10:00:00Z', '2026-03-05T10:00:00Z')`);
  });
  await change({ state: 'rolled_back', createdAt: '2026-03-06T08:00:00Z', endedAt: '2026-03-06T08:01:00Z', target: 'zone.test', problem: '{"type":"https://switchyard.dev/problems/zone-drifted"}' });
  const range = { from: '2026-03-05T00:00:00Z', to: '2026-03-07T00:00:00Z' };
  const made = await world.done(reportsGenerate, { kind: 'out-of-band', ...range }, auditor!);
  const { rows } = JSON.parse(made.content!) as { rows: Row[] };
  expect(rows).toMatchObject([
    { source: 'cloud', connection: 'Lab cloud', thing: 'web-1', before: '"small"', after: '"large"', outcome: 'open', environment: 'prod' },
    { source: 'dns', thing: 'zone.test', kind: 'edited elsewhere', outcome: 'rolled_back', change: `CHG-${number}` },
  ]);
  // The finding goes with its connection; the picture stays, in every format, and there is none of another moment.
  await world.databases.tenant({ tenantId }, (db) => db.execute(sql`delete from cloud_connections where id = ${connection}`));
  const again = { kind: 'out-of-band', ...range, cutoff: made.cutoff };
  expect((await world.done(reportsGenerate, again, auditor!)).sha256).toBe(made.sha256);
  expect((await world.done(reportsGenerate, { ...again, format: 'csv' }, auditor!)).content).toContain('web-1');
  expect(await rowsOf('out-of-band', range)).toHaveLength(1);
  const earlier = new Date(Date.parse(made.cutoff) - 1).toISOString();
  expect((await world.refused(reportsGenerate, { ...again, cutoff: earlier }, auditor!)).extras.errors![0]!.pointer).toBe('/cutoff');
  expect(await rowsOf('out-of-band', range, scoped)).toEqual([]);
  expect(await rowsOf('out-of-band', range, world.as({ tenant: 'b' }))).toEqual([]);
}); // prettier-ignore

test('the audit trail as a report has writes and refusals of the range, within the Scope, and no reads of nothing sensitive', async () => {
  const mallory = world.as({ name: 'mallory', permissions: ['lamps:read'] });
  await world.refused(lampsBurn, { name: 'attic', environment: 'prod' }, mallory);
  await world.done(lampsGet, { name: 'hall' }, alice!).catch(() => undefined);
  await world.audit.flush();
  const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  await new Promise((resolve) => setTimeout(resolve, 5));
  const cutoff = new Date().toISOString();
  const rows = await rowsOf('audit-export', { from, to, cutoff });
  expect(rows.find(({ actor }) => actor === 'mallory')).toMatchObject({ operation: 'lamps.burn', result: 'denied', stage: 'permission', times: 1 });
  expect(rows.find(({ operation }) => operation === 'lamps.name')).toMatchObject({ actor: 'alice', result: 'pending', targets: ['lamp:hall'] });
  expect(rows.map(({ operation }) => operation)).not.toContain('lamps.get');
  expect(rows.map(({ time }) => String(time))).toEqual(rows.map(({ time }) => String(time)).toSorted());
  expect((await rowsOf('audit-export', { from, to, filters: { result: 'denied', user: 'mallory@example.test' } })).length).toBe(1);
  expect(await rowsOf('audit-export', { from, to }, scoped)).toEqual([]);
  expect((await rowsOf('audit-export', { from, to }, world.as({ tenant: 'b', name: 'other' }))).map(({ actor }) => actor)).not.toContain('alice');
  expect(await rowsOf('audit-export', { from, to, cutoff })).toEqual(rows);
}); // prettier-ignore
