import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { canonicalJson } from '#kernel/ids.ts';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampServer, lampsLight, lampsName } from '#test/lamps.ts';
import { strictCsv } from '#test/csv.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import type { Cell, Row } from './kind.ts';
import { reports, reportsDownload, reportsGenerate, reportsGet, reportsList } from './index.ts';

let world: World;
let [alice, bob, carol, auditor, scoped]: Person[] = [];
/** Long before and long after everything that happens here. */
const RANGE = { from: '2026-01-01T00:00:00Z', to: '2027-01-31T00:00:00Z' };
let now = new Date('2026-10-07T12:00:00Z');
/** A minute passes; the database stamps rows by its own clock, and what was made is dated by ours instead. */
async function tick(): Promise<void> {
  await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
    db.execute(sql`update changes set created_at = least(submitted_at, approved_at, started_at, ended_at)`),
  );
  now = new Date(now.getTime() + 60_000);
}
/** Named by one person, agreed to by another where rules ask for it, and done. */
async function named(name: string, environment: string, who: Person, envelope = {}): Promise<void> {
  const passed = await world.call(lampsName, { name, environment }, who, envelope);
  if (passed.status !== 'accepted') return;
  await world.approve(passed.change, carol!);
  expect((await world.settled(passed.change, who)).state).toBe('succeeded');
}

beforeAll(async () => {
  world = await createWorld({ modules: [lampModule, reports], adapters: () => [provide(LampPort, lampServer())], now: () => now, works: true });
  [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => world.as({ name }));
  auditor = world.as({ name: 'auditor', permissions: ['reports:read', 'reports:generate'], maxRisk: 'read' });
  scoped = world.as({ name: 'scoped', permissions: ['reports:read', 'reports:generate'], maxRisk: 'read', scope: { any: [{ ids: ['hall'] }] } });
  await named('hall', 'prod', alice!, { ticket: 'T-1', comment: 'a, "b"\r\nc' });
  await tick();
  await named('=cmd|x', 'production', bob!);
  await named('attic', 'dev', bob!);
  await tick();
  const change = await world.accepted(lampsName, { name: 'hall', environment: 'prod' }, alice!);
  await tick();
  await world.approve(change, bob!);
  await world.settled(change, alice!);
  await tick();
  await world.carriedOut(lampsLight, { name: 'stairs', environment: 'prod' }, alice!, bob!);
  await tick();
});
afterAll(() => world.close());

type Input = Parameters<typeof made>[0];
const made = async (input: Record<string, unknown> = {}, who = auditor!) =>
  world.done(reportsGenerate, { kind: 'production-changes', ...RANGE, ...input }, who);
const json = async (input: Input = {}, who = auditor!) => (JSON.parse((await made(input, who)).content!) as { rows: Row[] }).rows;

describe('production changes', () => {
  test('governance 77: Given production-changes for a month, when exported as CSV and JSON, then both have the same rows and the CSV passes a strict parser.', async () => {
    const month = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
    const rows = await json(month);
    const csv = await made({ ...month, format: 'csv' });
    const [head, ...lines] = strictCsv(csv.content!);
    expect(rows.length).toBe(4);
    expect(head!.slice(0, 6)).toEqual(['time', 'change', 'user', 'email', 'actor_kind', 'surface']);
    const keys = Object.keys(rows[0]!);
    const text = (cell: Cell): string => (cell === null ? '' : Array.isArray(cell) ? cell.join(';') : String(cell));
    const safe = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
    expect(lines).toEqual(rows.map((row) => keys.map((key) => safe(text(row[key]!)))));
    expect(await json({ from: '2026-09-01T00:00:00Z', to: '2026-10-01T00:00:00Z' })).toEqual([]);
  });

  test('a row tells who asked, who agreed and when, the ticket and how it went', async () => {
    const rows = await json();
    expect(rows.map(({ operation, targets, result }) => [operation, targets, result])).toEqual([
      ['lamps.name', ['lamp:hall'], 'succeeded'],
      ['lamps.name', ['lamp:=cmd|x'], 'succeeded'],
      ['lamps.name', ['lamp:hall'], 'succeeded'],
      ['lamps.light', ['lamp:stairs'], 'succeeded'],
    ]);
    expect(rows[0]).toMatchObject({ time: '2026-10-07T12:00:00.000Z', change: 'CHG-1', user: 'alice', email: 'alice@example.test', environments: ['prod'], risk: 'write', approvers: ['carol'], approvedAt: '2026-10-07T12:00:00.000Z', approvalSeconds: 0, ticket: 'T-1', comment: 'a, "b"\r\nc', windowKept: 'yes', emergency: false, rollback: null }); // prettier-ignore
    expect(rows[2]).toMatchObject({ approvers: ['bob'], approvedAt: '2026-10-07T12:03:00.000Z', approvalSeconds: 60 });
  });

  test('governance 78: Given a device named `=cmd|x`, when exported, then the cell is neutralised.', async () => {
    const { content } = await made({ format: 'csv', filters: { groupBy: 'target' } });
    expect(content).toContain('lamp:=cmd|x');
    expect(strictCsv(content!).flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]); // prettier-ignore
    const evil = world.as({ name: '=cmd|x' });
    await named('cellar', 'prod', evil);
    await tick();
    const [head, ...lines] = strictCsv((await made({ format: 'csv', filters: { target: 'cellar' } })).content!);
    expect(lines.map((cells) => cells[head!.indexOf('user')])).toEqual([`'=cmd|x`]);
  });

  test('filters narrow it down, and rows are gathered by user, target, operation or day', async () => {
    expect((await json({ filters: { user: 'bob@example.test' } })).length).toBe(1);
    expect((await json({ filters: { operation: 'lamps.l*' } })).map(({ operation }) => operation)).toEqual(['lamps.light']);
    expect((await json({ filters: { environment: 'dev' } })).map(({ targets }) => targets)).toEqual([['lamp:attic']]);
    expect(await json({ filters: { result: 'failed' } })).toEqual([]);
    const byTarget = await json({ filters: { groupBy: 'target' } });
    expect(byTarget.find(({ group }) => group === 'lamp:hall')).toMatchObject({ changes: 2, succeeded: 2, approved: 2, highRisk: 0, medianApprovalSeconds: 0 }); // prettier-ignore
  });

  test('what happened after the cut-off is not told, also of Changes that had begun', async () => {
    const rows = await json({ cutoff: '2026-10-07T12:02:30Z' });
    expect(rows.map(({ change, result, approvers, endedAt }) => [change, result, approvers, endedAt])).toEqual([
      ['CHG-1', 'succeeded', ['carol'], '2026-10-07T12:00:00.000Z'],
      ['CHG-2', 'succeeded', [], '2026-10-07T12:01:00.000Z'],
      ['CHG-4', 'open', [], null],
    ]);
  });
});

describe('every report', () => {
  test.each(['json', 'csv', 'ndjson', 'pdf'])('governance 79: Given the same report twice with one cut-off, when compared, then the bytes are equal (%s).', async (format) => {
    const cutoff = now.toISOString();
    const first = await made({ format, cutoff });
    await tick();
    await named(`later-${format}`, 'prod', alice!);
    await tick();
    const second = await made({ format, cutoff }, world.as({ name: 'somebody' }));
    expect(first.content!.length).toBeGreaterThan(100);
    expect(second.content).toBe(first.content);
    expect(second.sha256).toBe(first.sha256);
    expect(second.id).not.toBe(first.id);
  }); // prettier-ignore

  test('is kept with its hash and a manifest that anybody can check with the public key', async () => {
    const { id, sha256, content } = await made({ format: 'csv' });
    const { manifest, expiresAt, createdAt } = await world.done(reportsGet, { id }, auditor!);
    const file = await world.done(reportsDownload, { id }, auditor!);
    const bytes = await buffer(file.content as Readable);
    expect(bytes.toString()).toBe(content);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { signature, keyId, ...facts } = manifest!;
    const { keys } = (await world.auditKeys()) as { keys: (JsonWebKey & { kid: string })[] };
    const key = createPublicKey({ key: keys.find(({ kid }) => kid === keyId)!, format: 'jwk' });
    const text = (claims: object) => Buffer.from(canonicalJson({ type: 'switchyard-report', version: 1, ...claims }));
    expect(verify(null, text(facts), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(verify(null, text({ ...facts, sha256: '0'.repeat(64) }), key, Buffer.from(signature, 'base64url'))).toBe(false);
    expect(facts).toMatchObject({ kind: 'production-changes', rows: strictCsv(content!).length - 1, sha256, bytes: bytes.length });
    expect((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000).toBe(400);
  });

  test('of more than 1,000 rows is written by a worker in pages, with the same bytes as ever, and a PDF of too many is refused', async () => {
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) =>
      db.execute(sql`insert into changes (tenant_id, id, number, operation, summary, state, risk, input, input_hash, targets, plan, plan_hash, requirements, requester_id,
          requester, surface, request_id, decision_id, started_at, ended_at, created_at)
        select tenant_id, gen_random_uuid(), 10000 + n, 'lamps.many', summary, state, risk, input, input_hash, targets, plan, plan_hash, requirements, requester_id,
          requester, surface, request_id, decision_id, started_at, ended_at, created_at from changes, generate_series(1, 5001) n where number = 1`),
    ); // prettier-ignore
    // As the database does by itself within a minute.
    const root = new pg.Client({ connectionString: world.databaseUrl });
    await root.connect();
    await root.query('analyze changes, approval_requests, approval_decisions, emergencies');
    await root.end();
    const cutoff = now.toISOString();
    const finished = async (input: Record<string, unknown>, state = 'done') => {
      const { id, content } = await made({ cutoff, filters: { operation: 'lamps.many' }, ...input });
      expect(content).toBeNull();
      await expect.poll(async () => (await world.done(reportsGet, { id }, auditor!)).state, { timeout: 60_000 }).toBe(state);
      return world.done(reportsGet, { id }, auditor!);
    };
    const first = await finished({ format: 'csv' });
    const second = await finished({ format: 'csv' });
    const file = await world.done(reportsDownload, { id: first.id }, auditor!);
    const text = (await buffer(file.content as Readable)).toString();
    expect(first).toMatchObject({ rows: 5001, bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') });
    expect(strictCsv(text).length).toBe(5002);
    expect([second.sha256, second.bytes]).toEqual([first.sha256, first.bytes]);
    const { id, problem } = await finished({ format: 'pdf' }, 'failed');
    expect(problem).toContain('5000 rows');
    expect((await world.refused(reportsDownload, { id }, auditor!)).slug).toBe('report-not-ready');
    expect(world.faults).toEqual([]);
  });

  test('holds nothing outside the Scope of whoever asks, and is shown to nobody who reaches less', async () => {
    expect((await json({ filters: { operation: 'lamps.name' } }, scoped)).map(({ targets }) => targets)).toEqual([['lamp:hall'], ['lamp:hall']]);
    const whole = await made();
    const own = await made({}, scoped);
    expect((await world.refused(reportsGet, { id: whole.id }, scoped!)).slug).toBe('report-not-found');
    expect((await world.refused(reportsDownload, { id: whole.id }, scoped!)).slug).toBe('report-not-found');
    const seen = (await world.done(reportsList, { limit: 200 }, scoped!)).items.map(({ id }) => id);
    expect(seen).toContain(own.id);
    expect(seen).not.toContain(whole.id);
    expect((await world.done(reportsGet, { id: own.id }, auditor!)).id).toBe(own.id);
  });

  test('is refused to who may not, with a range that makes no sense, a cut-off ahead, or filters that it does not know', async () => {
    const reader = world.as({ permissions: ['reports:read'] });
    const ask = (input: object, who = auditor!) => world.refused(reportsGenerate, { kind: 'production-changes', ...RANGE, ...input }, who);
    expect((await ask({}, reader)).slug).toBe('permission-denied');
    expect((await ask({ from: RANGE.to, to: RANGE.from })).extras.errors![0]!.pointer).toBe('/to');
    expect((await ask({ from: '2020-01-01T00:00:00Z' })).extras.errors![0]!.pointer).toBe('/from');
    expect((await ask({ cutoff: '2030-01-01T00:00:00Z' })).extras.errors![0]!.pointer).toBe('/cutoff');
    expect((await ask({ kind: 'no-such-kind' })).slug).toBe('validation-failed');
    expect((await world.refused(reportsGet, { id: crypto.randomUUID() }, auditor!)).slug).toBe('report-not-found');
  });
});
