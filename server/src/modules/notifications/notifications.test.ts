import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { anybody, asked, byTheClock, requestOf } from '#test/approvals.ts';
import { mailsIn } from '#test/mailbox.ts';
import { LampPort, lampModule, lampsBurn, lampServer } from '#test/lamps.ts';
import { startSmtp } from '#test/smtp.ts';
import { toldIn } from '#test/told.ts';
import { createWorld, type Person, type World } from '#test/world.ts';
import { appendEvents } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { provide } from '#kernel/port.ts';
import { deriveKey } from '#kernel/seal.ts';
import { approvalsDelegate } from '#modules/governance/index.ts';
import { createDelivery } from '#modules/mail/delivery.ts';
import { createSmtp } from '#modules/mail/providers/smtp.ts';
import { testMasterKey } from '#test/clone.ts';
import { release } from './mailing.ts';
import {
  notificationPreferencesGet,
  notificationPreferencesUpdate,
  notifications,
  notificationsList,
  notificationsRead,
  notificationsReadAll,
  notificationsUnread,
  notificationsUnreadCount,
} from './index.ts';
import { deliveries, notifications as table } from './tables.ts';

let world: World;
const cast: Person[] = [];
const clock = { at: new Date('2026-11-20T12:10:00Z') };
let [ann, ben, cat]: Person[] = [];

/** Somebody who may decide and reads mail. */
const join = (name: string): Person => {
  const person = world.as({ name });
  cast.push(person);
  return person;
};
beforeAll(async () => {
  const server = lampServer();
  world = await createWorld({
    modules: [lampModule, notifications],
    adapters: (parts, people) => [provide(LampPort, server), ...toldIn(() => cast, { locales: { ben: 'de-AT' } })(parts, people)],
    now: () => clock.at,
  });
  [ann, ben, cat] = ['ann', 'ben', 'cat'].map(join) as [Person, Person, Person];
});
afterAll(() => world.close());

const inTenant = <T>(work: (db: Parameters<Parameters<World['databases']['tenant']>[1]>[0]) => Promise<T>): Promise<T> =>
  world.databases.tenant({ tenantId: world.tenants.a }, work);
const toldOf = (person: Person) => inTenant((db) => db.select().from(table).where(eq(table.userId, person.actor.id)));
const sentTo = (person: Person) => inTenant((db) => db.select().from(deliveries).where(eq(deliveries.userId, person.actor.id)));
/** Something is announced, and has been heard. */
async function announce(type: string, data: Record<string, unknown>, times = 1): Promise<void> {
  await inTenant((db) =>
    appendEvents(db, world.tenants.a, Array.from({ length: times }, () => ({ type, data })), null),
  ); // prettier-ignore
  world.live.publish('outbox');
  await quiet();
}
async function quiet(): Promise<void> {
  const open = `select (select count(*) from events where dispatched_at is null) + (select count(*) from pgboss.job where name in ('event', 'notification') and state < 'completed' and start_after <= now()) as left`;
  await expect.poll(() => world.databases.platform('test', async (db) => Number((await db.$client.query<{ left: string }>(open)).rows[0]!.left)), { timeout: 60_000 }).toBe(0); // prettier-ignore
}
const deliverAll = async (smtpUrl: string): Promise<string[]> => {
  const outcomes: string[] = [];
  const deliver = createDelivery({
    databases: world.databases, jobs: world.jobs, keyFor: (purpose) => deriveKey(testMasterKey(), purpose), log: pino({ level: 'silent' }), now: () => clock.at,
    transport: createSmtp(smtpUrl), sender: { name: 'Switchyard', from: 'no-reply@yard.example' }, observe: (outcome) => void outcomes.push(outcome),
  }); // prettier-ignore
  const { rows } = await world.databases.platform('test', (db) => db.$client.query<{ tenant_id: string; id: string }>('select tenant_id, id from mail_outbox order by id')); // prettier-ignore
  for (const { tenant_id: tenantId, id } of rows) await deliver({ data: { tenantId, id } });
  await quiet();
  return outcomes;
};
const emptied = () => world.databases.platform('test', (db) => db.execute('delete from mail_outbox'));

test('governance 80: Given an approval request, when created, then each eligible approver except the requester gets one notification; SMTP down → retried, request unaffected.', async () => {
  const change = await asked(world, lampsBurn, { name: 'many' }, ann!, [anybody(1)]);
  await quiet();
  for (const person of [ben!, cat!]) {
    const { items } = await world.done(notificationsList, {}, person);
    expect(items.map(({ kind, content }) => [kind, content.requester, content.operation, content.number])).toEqual([
      ['approval.requested', 'ann', 'lamps.burn', change.number],
    ]);
    expect(items[0]!.content.page).toBe(`/approvals/${change.number}`);
    expect(items[0]!.content.expiresAt).toBeDefined();
  }
  expect(await toldOf(ann!)).toEqual([]);
  expect(
    (await mailsIn(world)).map(({ to, template, locale }) => [to, template, locale]).toSorted(([one], [other]) => one!.localeCompare(other!)),
  ).toEqual([
    ['ben@example.test', 'notification', 'de-AT'],
    ['cat@example.test', 'notification', null],
  ]);

  const down = await startSmtp();
  await down.close();
  expect(await deliverAll(down.url)).toEqual(['retry', 'retry']);
  expect(await requestOf(world, change, ben!)).toMatchObject({ status: 'pending' });
  expect((await sentTo(ben!)).map(({ status, attempts }) => [status, attempts])).toEqual([['delayed', 1]]);

  const up = await startSmtp();
  expect(await deliverAll(up.url)).toEqual(['sent', 'sent']);
  await up.close();
  expect((await sentTo(ben!)).map(({ status, settledAt }) => [status, settledAt !== null])).toEqual([['delivered', true]]);
  const german = await up.received.find(({ to }) => to[0] === 'ben@example.test')!.parsed();
  expect(german.subject).toContain(`${change.number}: Ihre Zustimmung ist gefragt · `);
  expect(german.text).toContain(`/approvals/${change.number}`);
  expect(german.text).toContain('Erbeten von: ann');
  expect(await requestOf(world, change, ben!)).toMatchObject({ status: 'pending' });
});

test('the same thing announced again, or delivered again by a worker that died, is one notification and one mail', async () => {
  const dan = join('dan');
  const data = { approvalId: newId(), number: 'CHG-9', summary: 'Burn', requesterId: ann!.actor.id, approvers: [dan.actor.id, ann!.actor.id] };
  await announce('approval.requested', data, 5);
  await announce('approval.requested', data);
  expect((await toldOf(dan)).length).toBe(1);
  expect((await mailsIn(world, 'dan@example.test')).length).toBe(1);
  await emptied();
});

test('more than sixty mails to one person within an hour become one, at the full hour', async () => {
  const eve = join('eve');
  const many = Array.from({ length: 65 }, (_, place) => ({
    type: 'approval.reminder',
    data: { approvalId: newId(), number: `CHG-${place}`, summary: 'Burn', approvers: [eve.actor.id] },
  }));
  await inTenant((db) => appendEvents(db, world.tenants.a, many, null));
  world.live.publish('outbox');
  await quiet();
  expect((await toldOf(eve)).length).toBe(65);
  expect((await mailsIn(world, 'eve@example.test')).length).toBe(60);
  const held = (await sentTo(eve)).filter(({ status }) => status === 'held');
  expect(held.map(({ releaseAt }) => releaseAt!.toISOString())).toEqual(Array(5).fill('2026-11-20T13:00:00.000Z'));
  await emptied();
  await byTheClock(world, () => clock.at, release);
  expect(await mailsIn(world, 'eve@example.test')).toEqual([]);
  clock.at = new Date('2026-11-20T13:00:30Z');
  await byTheClock(world, () => clock.at, release);
  const [digest, ...others] = await mailsIn(world, 'eve@example.test');
  expect(others).toEqual([]);
  expect(digest!.template).toBe('notification-digest');
  expect((digest!.data as unknown as { lines: unknown[] }).lines.length).toBe(5);
  const smtp = await startSmtp();
  await deliverAll(smtp.url);
  await smtp.close();
  expect((await smtp.received[0]!.parsed()).subject).toBe('Acme: 5 notifications');
  expect((await sentTo(eve)).filter(({ status }) => status === 'digested').length).toBe(5);
});

test('governance 82: Given quiet hours, when emergency.used fires, then it is delivered.', async () => {
  const fay = join('fay');
  await world.done(notificationPreferencesUpdate, { quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' }, digest: 'daily', kinds: [{ kind: 'emergency.used', email: false, inApp: false }] }, fay); // prettier-ignore
  clock.at = new Date('2026-11-21T01:00:00Z');
  await announce('approval.reminder', { approvalId: newId(), number: 'CHG-1', summary: 'Burn', approvers: [fay.actor.id] });
  expect(await mailsIn(world, 'fay@example.test')).toEqual([]);
  expect((await sentTo(fay)).map(({ status, releaseAt }) => [status, releaseAt!.toISOString()])).toEqual([['held', '2026-11-21T07:00:00.000Z']]);
  await announce('emergency.used', { emergencyId: newId(), number: 'CHG-2', by: ann!.actor.id, reason: 'the core is down', recipients: [fay.actor.id, ann!.actor.id] }); // prettier-ignore
  expect((await mailsIn(world, 'fay@example.test')).map(({ data }) => (data as { kind: string }).kind)).toEqual(['emergency.used']);
  expect((await toldOf(fay)).map(({ kind, shown }) => [kind, shown])).toEqual([['approval.reminder', true], ['emergency.used', true]]); // prettier-ignore
  // Whoever declared it knows.
  expect((await toldOf(ann!)).filter(({ kind }) => kind === 'emergency.used')).toEqual([]);
  await emptied();
});

test('a person reads, unreads and empties their own inbox, and nobody else’s', async () => {
  const [gil, hal] = [join('gil'), join('hal')];
  for (const number of ['CHG-1', 'CHG-2', 'CHG-3']) await announce('approval.reminder', { approvalId: newId(), number, summary: 'Burn', approvers: [gil.actor.id] }); // prettier-ignore
  expect(await world.done(notificationsUnreadCount, {}, gil)).toEqual({ count: 3 });
  const first = await world.done(notificationsList, { limit: 2 }, gil);
  expect(first.items.map(({ content }) => content.number)).toEqual(['CHG-3', 'CHG-2']);
  const rest = await world.done(notificationsList, { limit: 2, cursor: first.nextCursor }, gil);
  expect([rest.items.map(({ content }) => content.number), rest.nextCursor]).toEqual([['CHG-1'], null]);
  const id = first.items[0]!.id;
  expect((await world.done(notificationsRead, { id }, gil)).readAt).toBe(clock.at.toISOString());
  expect(await world.done(notificationsUnreadCount, {}, gil)).toEqual({ count: 2 });
  expect((await world.done(notificationsList, { unread: true }, gil)).items.map(({ content }) => content.number)).toEqual(['CHG-2', 'CHG-1']);
  await world.done(notificationsUnread, { id }, gil);
  expect((await world.refused(notificationsRead, { id }, hal)).slug).toBe('not-found');
  expect(await world.done(notificationsReadAll, {}, gil)).toEqual({ count: 3 });
  expect(await world.done(notificationsUnreadCount, {}, gil)).toEqual({ count: 0 });
  expect((await world.done(notificationsList, {}, hal)).items).toEqual([]);
  await emptied();
});

test('what somebody has switched off does not come that way, and the rest does', async () => {
  const ida = join('ida');
  await world.done(notificationPreferencesUpdate, { kinds: [{ kind: 'approval.reminder', email: false }, { kind: 'approval.delegated', inApp: false }] }, ida); // prettier-ignore
  await world.done(notificationPreferencesUpdate, { digest: 'hourly' }, ida);
  await world.done(notificationPreferencesUpdate, { digest: 'off' }, ida);
  const { kinds, version } = await world.done(notificationPreferencesGet, {}, ida);
  expect(version).toBe(3);
  expect(kinds.filter(({ kind }) => kind.startsWith('approval.de') || kind === 'approval.reminder')).toEqual([
    { kind: 'approval.reminder', group: 'approvals', critical: false, inApp: true, email: false },
    { kind: 'approval.delegated', group: 'approvals', critical: false, inApp: false, email: true },
  ]);
  await announce('approval.reminder', { approvalId: newId(), number: 'CHG-1', approvers: [ida.actor.id] });
  const change = await asked(world, lampsBurn, { name: 'many' }, ann!, [anybody(1)]);
  await quiet();
  await emptied();
  await world.done(approvalsDelegate, { id: change.id, to: ida.actor.id }, ben!);
  await quiet();
  expect((await mailsIn(world, 'ida@example.test')).map(({ data }) => (data as { kind: string }).kind)).toEqual(['approval.delegated']);
  const { items } = await world.done(notificationsList, {}, ida);
  expect(items.map(({ kind }) => kind)).toEqual(['approval.requested', 'approval.reminder']);
  await emptied();
});

test('a Change that is held is told to who asked for it and to all who can let it go on, each time anew, with its reason', async () => {
  const change = await asked(world, lampsBurn, { name: 'held' }, ann!, [anybody(1)]);
  await quiet();
  const held = async (person: Person) => (await toldOf(person)).filter(({ kind }) => kind === 'change.held').map(({ content }) => [content.number, content.reason, content.page]); // prettier-ignore
  const moved = { changeId: change.id, number: change.number, operation: 'lamps.burn', state: 'paused' };
  await announce('change.paused', { ...moved, reason: 'Held: hall: It is off.' });
  await announce('change.paused', { ...moved, reason: 'Held: a rule forbids it.' });
  for (const person of [ann!, ben!]) {
    const told = await held(person);
    expect(told).toHaveLength(2);
    for (const reason of ['Held: hall: It is off.', 'Held: a rule forbids it.'])
      expect(told).toContainEqual([change.number, reason, `/changes/${change.number}`]);
  }
  expect((await mailsIn(world)).filter(({ to }) => to === 'ann@example.test').length).toBeGreaterThanOrEqual(1);
});

test('a violation of a critical rule is told once an hour, of any other not at all', async () => {
  const jan = join('jan');
  const data = { policyId: 'freeze', actorId: 'x', operation: 'lamps.burn', severity: 'critical' };
  await announce('policy.violated', { ...data, severity: 'high' });
  expect((await toldOf(jan)).length).toBe(0);
  await announce('policy.violated', data, 3);
  expect((await toldOf(jan)).map(({ kind, content }) => [kind, content.summary])).toEqual([['policy.violated', 'freeze']]);
  expect(world.faults).toEqual([]);
});
