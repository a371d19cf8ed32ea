import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditList, decisionsGet } from '#modules/audit/index.ts';
import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';
import { defineOperation } from '#kernel/operation.ts';
import { provide } from '#kernel/port.ts';
import { LampPort, lampModule, lampsBurn, lampsGet, lampsLight, lampsName, lampServer } from '#test/lamps.ts';
import { createWorld, type World } from '#test/world.ts';

const server = lampServer();
/** Acts that leave no Change: one that heeds a dry run itself, and one that does not. */
const waving = (name: `waves.${string}`, heeds: boolean) =>
  defineOperation({
    name,
    summary: 'Wave',
    permission: 'waves:make',
    risk: 'write',
    change: 'none',
    ...(heeds ? { handlesDryRun: true } : {}),
    input: z.object({ to: z.string() }),
    output: z.object({ waved: z.boolean() }),
    targets: 'none',
    async run(ctx, { to }) {
      if (!ctx.dryRun || !heeds) ctx.provider(LampPort).calls.push(`wave to ${to}`);
      return { waved: !ctx.dryRun };
    },
  });
const [wavesMake, wavesTry] = [waving('waves.make', false), waving('waves.try', true)];
const waves = defineModule({ name: 'waves', operations: [wavesMake, wavesTry] });
let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: [lampModule, waves], adapters: () => [provide(LampPort, server)] });
});
afterAll(() => world.close());

test('a read runs at once and leaves an audit entry with a decision id', async () => {
  const alice = world.as({ name: 'alice' });
  const passed = await world.call(lampsGet, { id: 'hall' }, alice);
  expect(passed).toMatchObject({ status: 'done', output: { lit: false } });
  await world.audit.flush();
  const decision = await world.done(decisionsGet, { id: passed.decisionId }, alice);
  expect(decision).toMatchObject({ operation: 'lamps.get', result: 'success', grantId: 'grant-of-alice' });
});

test('nobody gets in without a credential', async () => {
  expect((await world.refused(lampsGet, { id: 'hall' }, null)).slug).toBe('unauthenticated');
});

test('without the permission a call is refused, the handler is not entered, and the refusal is audited', async () => {
  const eve = world.as({ permissions: ['lamps:read', 'audit:read'] });
  server.calls.length = 0;
  expect((await world.refused(lampsName, { name: 'x' }, eve)).slug).toBe('permission-denied');
  expect(server.calls).toEqual([]);
  await world.audit.flush();
  const { items } = await world.done(auditList, { actorId: eve.actor.id, result: 'denied' }, eve);
  expect(items).toMatchObject([{ operation: 'lamps.name', reason: { stage: 'permission', code: 'permission-denied' } }]);
});

test('a target outside the scope is refused, also when another grant holds the permission elsewhere', async () => {
  const lab = world.as({ scope: { any: [{ environments: ['lab'] }] } });
  expect((await world.refused(lampsName, { name: 'x', environment: 'staging' }, lab)).slug).toBe('scope-denied');
  expect(await world.done(lampsName, { name: 'x', environment: 'lab' }, lab)).toEqual({ name: 'x' });
});

test('an empty scope reaches nothing', async () => {
  const nobody = world.as({ scope: { any: [] } });
  expect((await world.refused(lampsGet, { id: 'hall' }, nobody)).slug).toBe('scope-denied');
});

test('unknown and wrong fields are named by pointer', async () => {
  const problem = await world.refused(lampsName, { name: '', colour: 'red' }, world.as());
  expect(problem.slug).toBe('validation-failed');
  expect(problem.extras.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/colour', '/name']);
});

test('an inline write is done at once, with its Change, audit entry and event', async () => {
  const alice = world.as();
  const passed = await world.call(lampsName, { name: 'desk' }, alice, { comment: 'because' });
  expect(passed).toMatchObject({ status: 'done', output: { name: 'desk' }, changeNumber: expect.stringMatching(/^CHG-\d+$/) });
  const change = await world.settled({ id: (passed as { changeId: string }).changeId }, alice);
  expect(change).toMatchObject({ state: 'succeeded', comment: 'because', summary: 'Name lamp desk' });
  const { items } = await world.done(auditList, { changeId: change.id }, alice);
  expect(items).toMatchObject([{ result: 'success', comment: 'because' }]);
});

test('a dry run answers the plan and does nothing', async () => {
  server.calls.length = 0;
  const passed = await world.call(lampsBurn, { name: 'hall' }, world.as(), { dryRun: true });
  await world.audit.flush();
  expect((await world.done(auditList, { operation: 'lamps.burn' }, world.as())).items[0]).toMatchObject({
    result: 'success',
    reason: { code: 'dry-run' },
  });
  expect(passed).toMatchObject({ status: 'planned', risk: 'high', plan: { dataLoss: 'lamp hall' }, requirements: [{ rule: 'baseline/high-risk' }] });
  expect(server.calls).toEqual([]);
});

test('a dry run of what leaves no Change is refused once all else has allowed it, and does nothing', async () => {
  server.calls.length = 0;
  const alice = world.as();
  const problem = await world.refused(wavesMake, { to: 'x' }, alice, { dryRun: true });
  expect([problem.slug, problem.kind.status]).toEqual(['no-dry-run', 422]);
  expect((await world.refused(wavesMake, { to: 'x' }, world.as({ permissions: ['lamps:read'] }), { dryRun: true })).slug).toBe('permission-denied');
  expect((await world.refused(wavesMake, { to: 5 }, alice, { dryRun: true })).slug).toBe('validation-failed');
  await world.audit.flush();
  // No denial: nobody was kept from anything, so it is no sign of somebody who tries doors.
  expect((await world.done(auditList, { operation: 'waves.make', actorId: alice.actor.id }, alice)).items).toMatchObject([
    { result: 'failure', reason: { stage: 'plan', code: 'no-dry-run' } },
  ]);
  expect(server.calls).toEqual([]);
  expect(await world.done(wavesMake, { to: 'x' }, alice)).toEqual({ waved: true });
  expect(server.calls).toEqual(['wave to x']);
});

test('a draft of what leaves no Change is refused, and does nothing', async () => {
  server.calls.length = 0;
  const problem = await world.refused(wavesMake, { to: 'x' }, world.as(), { draft: true });
  expect([problem.slug, problem.kind.status]).toEqual(['no-draft', 422]);
  expect((await world.refused(wavesTry, { to: 'x' }, world.as(), { draft: true })).slug).toBe('no-draft');
  expect(await world.call(lampsGet, { id: 'hall' }, world.as(), { draft: true })).toMatchObject({ status: 'done', output: { lit: false } });
  expect(server.calls).toEqual([]);
});

test('an act that heeds a dry run itself is asked, and a read is read', async () => {
  server.calls.length = 0;
  expect(await world.call(wavesTry, { to: 'x' }, world.as(), { dryRun: true })).toMatchObject({ status: 'done', output: { waved: false } });
  expect(await world.call(lampsGet, { id: 'hall' }, world.as(), { dryRun: true })).toMatchObject({ status: 'done', output: { lit: false } });
  expect(server.calls).toEqual([]);
});

test('governance 29: Given a high Operation on prod, when called, then 202 with state awaiting_approval and nothing executed.', async () => {
  world.as({ name: 'second pair of eyes' });
  const change = await world.accepted(lampsBurn, { name: 'prod-1', environment: 'prod' }, world.as());
  expect(change.state).toBe('awaiting_approval');
  expect(server.calls).not.toContain('burn prod-1');
});

test('a write to prod waits for an approval although its risk is only write', async () => {
  expect((await world.accepted(lampsName, { name: 'p', environment: 'prod' }, world.as())).state).toBe('awaiting_approval');
});

test('the same Idempotency-Key and input give the first result, and act once', async () => {
  const alice = world.as();
  server.calls.length = 0;
  const first = await world.call(lampsName, { name: 'once' }, alice, { idempotencyKey: 'k-1' });
  const again = await world.call(lampsName, { name: 'once' }, alice, { idempotencyKey: 'k-1' });
  expect(again).toMatchObject({ status: 'done', output: { name: 'once' }, replayed: true, changeId: (first as { changeId: string }).changeId });
  expect(server.calls).toEqual(['name once']);
  expect((await world.refused(lampsName, { name: 'other' }, alice, { idempotencyKey: 'k-1' })).slug).toBe('idempotency-conflict');
});

test('ten callers at once with one key make one Change', async () => {
  const alice = world.as();
  const all = await Promise.all(Array.from({ length: 10 }, () => world.call(lampsLight, { name: 'many' }, alice, { idempotencyKey: 'k-many' })));
  expect(new Set(all.map((passed) => (passed.status === 'accepted' ? passed.change.id : passed.status))).size).toBe(1);
});

test('another tenant sees neither the Change nor the audit trail', async () => {
  const alice = world.as();
  const mallory = world.as({ tenant: 'b' });
  const passed = await world.call(lampsName, { name: 'ours' }, alice);
  const id = (passed as { changeId: string }).changeId;
  await expect(world.settled({ id }, mallory)).rejects.toMatchObject({ slug: 'change-not-found' });
  // Of the trail there is only what they did themselves: the look that was refused.
  const { items } = await world.done(auditList, {}, mallory);
  expect(items.filter(({ actor }) => actor.id !== mallory.actor.id)).toEqual([]);
  expect(JSON.stringify(items)).not.toContain('ours');
});

test('governance 75: Given the audit table rejects inserts, when a write Operation runs, then 503 and no side effect.', async () => {
  const alice = world.as();
  const { rows } = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.execute('select count(*)::int as n from changes'));
  const write = world.audit.steps.write;
  world.audit.steps.write = async () => {
    throw new Error('disk full');
  };
  try {
    const problem = await world.refused(lampsName, { name: 'unseen' }, alice);
    expect(problem.kind.status).toBe(503);
  } finally {
    world.audit.steps.write = write;
  }
  const after = await world.databases.tenant({ tenantId: world.tenants.a }, (db) => db.execute('select count(*)::int as n from changes'));
  expect(after.rows).toEqual(rows);
});

test('an unexpected fault in any step denies, rolls back, and tells the caller nothing of its cause', async () => {
  server.fail = undefined;
  const problem = await world.refused({ ...lampsGet, name: 'lamps.get' } as typeof lampsGet, { id: 'x' }, world.as());
  expect(problem.slug).toBe('internal');
  expect(problem.message).not.toContain('registered');
});
