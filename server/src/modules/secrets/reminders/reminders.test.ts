import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafe, type Safe } from '#test/safe.ts';
import type { Person } from '#test/world.ts';
import { providerOf } from '#kernel/port.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { notificationsList } from '#modules/notifications/index.ts';
import type { WorkContext } from '#kernel/work.ts';
import { secretsCreate, secretsRotate } from '../index.ts';
import { remind } from './remind.ts';
import { dueOf } from './rules.ts';

const DAY = 86_400_000;
const clock = { at: new Date('2026-11-20T12:00:00Z') };
let safe: Safe;
let [owner, mia, noa]: Person[] = [];
beforeAll(async () => {
  safe = await createSafe({ now: () => clock.at });
  owner = safe.as({ name: 'owner', roles: ['owner'] });
  [mia, noa] = ['mia', 'noa'].map((name) => safe.as({ name })) as [Person, Person];
  safe.team('payments', [mia, noa]);
});
afterAll(() => safe.close());

/** What the clock does, as one process; several of them at once are several of these. */
const tick = (): Promise<void> =>
  safe.databases.tenant({ tenantId: safe.tenants.a }, async (db) => {
    const emitted: Emitted[] = [];
    const ctx = { db, tenantId: safe.tenants.a, now: () => clock.at, provider: providerOf(safe.adapters), emit: (type: string, data: Record<string, unknown>) => void emitted.push({ type, data }) };
    await remind(ctx as unknown as WorkContext);
    await appendEvents(db, safe.tenants.a, emitted, null);
  }); // prettier-ignore
const toldOf = async (name: string) => {
  const rows = await safe.sql<{ data: { days: number; what: string; recipients: string[] } }>(
    `select data from events where type = 'secret.expiring' and data ->> 'name' = $1 order by seq`,
    [name],
  );
  return rows.map(({ data }) => data);
};
const inDays = (days: number): string => new Date(clock.at.getTime() + days * DAY).toISOString();
const store = (name: string, more: object) => safe.done(secretsCreate, { name, value: 'correct-horse-battery', ...more }, owner!);

test('platform 107: Given an expiry in 7 days, when the Job runs, then owner team is told once.', async () => {
  await store('PAYMENT_KEY', { expiresAt: inDays(7), ownerTeam: 'payments' });
  await Promise.all([tick(), tick(), tick()]);
  await tick();
  const [said, ...more] = await toldOf('PAYMENT_KEY');
  expect(more).toEqual([]);
  expect(said).toMatchObject({ what: 'expiry', days: 7, recipients: expect.arrayContaining([mia!.actor.id, noa!.actor.id]) });
  expect(said!.recipients).toHaveLength(2);
  for (const person of [mia!, noa!]) {
    await expect
      .poll(async () => (await safe.done(notificationsList, {}, person)).items.map(({ kind, content }) => [kind, content.summary]), {
        timeout: 20_000,
      })
      .toEqual([['secret.expiring', 'PAYMENT_KEY']]);
  }
  expect((await safe.done(notificationsList, {}, owner!)).items).toEqual([]);
});

test('each of 30, 7 and 1 days is told once, and a new date begins anew', async () => {
  const { id } = await store('LONG_KEY', { expiresAt: inDays(40) });
  const from = clock.at;
  for (const day of [0, 9, 10, 11, 32, 33, 34, 39, 39.5]) {
    clock.at = new Date(from.getTime() + day * DAY);
    await tick();
  }
  expect((await toldOf('LONG_KEY')).map(({ days }) => days)).toEqual([30, 7, 1]);
  expect((await toldOf('LONG_KEY'))[0]!.recipients).toEqual([owner!.actor.id]);
  await safe.done(secretsRotate, { id, value: 'another-horse-battery', expiresAt: inDays(20) }, owner!);
  await tick();
  await tick();
  expect((await toldOf('LONG_KEY')).map(({ days }) => days)).toEqual([30, 7, 1, 30]);
});

test('rotation is told of like expiry; a team that has nobody leaves it to the owners', async () => {
  await store('TURNING_KEY', { rotateEvery: 5, ownerTeam: 'nobody' });
  await tick();
  expect(await toldOf('TURNING_KEY')).toMatchObject([{ what: 'rotation', days: 7, recipients: [owner!.actor.id] }]);
});

test('what is seen late is told of with the stage that it is in', () => {
  const at = (days: number) => new Date(clock.at.getTime() + days * DAY);
  const stages = (days: number) => dueOf({ expiresAt: at(days), rotateDueAt: null }, clock.at).map(({ days: stage }) => stage);
  expect([31, 30, 8, 7, 1.5, 1, 0, -3].map(stages)).toEqual([[], [30], [30], [7], [7], [1], [1], [1]]);
});
