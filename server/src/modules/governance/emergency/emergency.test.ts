import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#kernel/context.ts';
import { provide } from '#kernel/port.ts';
import { policies } from '#modules/policies/index.ts';
import { byTheClock, told, trailOf } from '#test/approvals.ts';
import { LampPort, lampModule, lampsBurn, lampsGet, lampsLight, lampServer } from '#test/lamps.ts';
import { ruling, setOf } from '#test/rules.ts';
import { createWorld, type Person, type PersonOptions, type World } from '#test/world.ts';
import { approvalsApprove, approvalsDelegationsCreate, changesEmergency, changesGet, changesList, changesReview, emergenciesList } from '../index.ts';
import { remindOfReviews } from './clock.ts';
import { nextAllowed } from './rules.ts';

const server = lampServer();
let clock = new Date();
let world: World;
let admin: Person;
let approver: Person;
beforeAll(async () => {
  world = await createWorld({ modules: [policies, lampModule], adapters: () => [provide(LampPort, server)], now: () => clock });
  admin = inSession({ name: 'admin', roles: ['admin'] });
  approver = inSession({ name: 'approver', roles: ['approver'], permissions: ['approvals:decide', '*:read'] });
});
afterAll(() => world.close());
beforeEach(() => {
  clock = new Date();
  server.calls.length = 0;
});

/** Somebody who has just proven who they are. */
function inSession(options: PersonOptions = {}): Person {
  const person = world.as(options);
  person.actor.proof = { at: clock, level: 2, factors: ['password', 'totp'] };
  return person;
}
const WHY = { comment: 'The hall is dark and people fall', ticket: 'INC-7' };
const emergency = { emergency: true, ...WHY };

test('governance 45: Given emergency with reason, when used, then it runs, admins are notified, a review is due in 24 h, and a `breakGlass: never` policy still blocks.', async () => {
  const ann = inSession({ name: 'ann' });
  const change = await world.accepted(lampsLight, { name: 'hall', environment: 'prod' }, ann, emergency);
  const ended = await world.settled(change, ann);
  expect(ended).toMatchObject({
    state: 'succeeded',
    emergency: true,
    approval: null,
    emergencyUse: {
      by: { name: 'ann' }, reason: WHY.comment, ticket: 'INC-7', skipped: ['baseline/production'], review: null, overdue: false,
      reviewDueAt: new Date(clock.getTime() + 86_400_000).toISOString(),
    },
  }); // prettier-ignore
  expect(server.calls).toEqual(['hall']);
  const [used] = await told(world, change, 'emergency.used');
  expect(used!.data).toMatchObject({ number: ended.number, by: ann.actor.id, reason: WHY.comment, ticket: 'INC-7' });
  expect(used!.data['recipients']).toEqual(expect.arrayContaining([admin.actor.id, approver.actor.id]));
  expect((await trailOf(world, change))[0]).toMatchObject({ rules: expect.arrayContaining(['built-in/emergency@1']), comment: WHY.comment });
  expect((await world.done(changesList, { emergencies: true }, ann)).items.map(({ id }) => id)).toContain(change.id);

  const rules = ruling(world, admin, approver);
  const id = await rules.enforce(
    setOf('always', [
      'id: vault-shut\ntype: time-window\nmatch: { operations: [lamps.light], environments: [vault] }\ntimeWindow: { mode: deny, timezone: UTC, windows: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "00:00" }] }\nbreakGlass: never\nmessage: The vault stays dark.',
      'id: two-keys\ntype: approval-required\nmatch: { operations: [lamps.light], environments: [safe] }\napproval: { scopeApprovers: true, count: 1 }\nbreakGlass: never\nmessage: The safe takes two keys.',
      'id: night\ntype: time-window\nmatch: { operations: [lamps.light], environments: [yard] }\ntimeWindow: { mode: deny, timezone: UTC, windows: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "00:00" }] }\nmessage: The yard stays dark.',
    ]),
  );
  const second = inSession({ name: 'second' });
  expect(await world.refused(lampsLight, { name: 'v', environment: 'vault' }, second, emergency)).toMatchObject({ slug: 'outside-window' });
  const safe = await world.accepted(lampsLight, { name: 's', environment: 'safe' }, second, emergency);
  expect(safe.state).toBe('awaiting_approval');
  expect(await world.refused(changesEmergency, { id: safe.id, ...WHY }, second)).toMatchObject({ slug: 'policy-denied', extras: { rule: 'always/two-keys' } }); // prettier-ignore
  const yard = await world.accepted(lampsLight, { name: 'y', environment: 'yard' }, second, emergency);
  expect(await world.settled(yard, second)).toMatchObject({ state: 'succeeded', emergencyUse: { skipped: ['always/night'] } });
  expect(await world.refused(lampsLight, { name: 'y', environment: 'yard' }, second)).toMatchObject({ slug: 'outside-window' });
  await rules.retire(id);
});

test('an emergency takes permission, Scope, reason, ticket and a fresh proof; nothing of it is done without one of them', async () => {
  const light = { name: 'door', environment: 'prod' };
  const asked = (options: PersonOptions, envelope: object = emergency, change: (actor: Actor) => void = () => undefined) => {
    const person = inSession(options);
    change(person.actor);
    return world.refused(lampsLight, light, person, envelope).then(({ slug }) => slug);
  };
  expect(await asked({ permissions: ['lamps:*', 'changes:read'] })).toBe('permission-denied');
  expect(await asked({ permissions: ['changes:*'] })).toBe('permission-denied');
  expect(await asked({ grants: [{ permissions: ['lamps:*'] }, { permissions: ['changes:emergency'], scope: { any: [{ environments: ['lab'] }] } }] })).toBe('scope-denied'); // prettier-ignore
  expect(await asked({}, { ...emergency, comment: 'too short' })).toBe('comment-required');
  expect(await asked({}, { ...emergency, ticket: '  ' })).toBe('ticket-required');
  expect(await asked({}, { ...emergency, draft: true })).toBe('emergency-pointless');
  expect(await asked({}, emergency, (actor) => (actor.proof = { ...actor.proof!, at: new Date(clock.getTime() - 1_000_000) }))).toBe(
    'step-up-required',
  );
  expect(await asked({}, emergency, (actor) => (actor.proof = undefined))).toBe('emergency-refused');
  expect(await asked({}, emergency, (actor) => (actor.kind = 'agent'))).toBe('emergency-refused');
  expect(await asked({}, emergency, (actor) => (actor.ownerId = admin.actor.id))).toBe('emergency-refused');
  const person = inSession();
  const overMcp = await world.call(lampsLight, light, person, emergency, 'mcp').catch((error: { slug: string }) => error.slug);
  expect(overMcp).toBe('emergency-refused');
  expect(await world.refused(lampsGet, { id: 'door' }, person, emergency)).toMatchObject({ slug: 'emergency-pointless' });
  expect(server.calls).toEqual([]);
  expect((await world.done(emergenciesList, {}, admin)).items.filter(({ by }) => by.id === person.actor.id)).toEqual([]);
});

test('one person declares three emergencies in a day, also when the calls come at once', async () => {
  const ann = inSession();
  const calls = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => world.call(lampsBurn, { name: `lamp-${n}` }, ann, emergency)));
  expect(calls.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  const refused = await world.refused(lampsBurn, { name: 'next' }, ann, emergency);
  expect(refused).toMatchObject({ slug: 'emergency-limit-reached', extras: { retryAfterSeconds: 86_400 } });
  // A dry run counts nothing, and says the same.
  expect(await world.refused(lampsBurn, { name: 'next' }, ann, { ...emergency, dryRun: true })).toMatchObject({ slug: 'emergency-limit-reached' });
  clock = new Date(clock.getTime() + 86_400_001);
  ann.actor.proof = { ...ann.actor.proof!, at: clock };
  expect((await world.call(lampsBurn, { name: 'day-after' }, ann, emergency)).status).toBe('done');
});

test('the next one is possible when the oldest of the last day is a day old', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
  expect(nextAllowed([hoursAgo(1), hoursAgo(5)], 3, now)).toBeNull();
  expect(nextAllowed([hoursAgo(1), hoursAgo(5), hoursAgo(25)], 3, now)).toBeNull();
  expect(nextAllowed([hoursAgo(1), hoursAgo(23), hoursAgo(5)], 3, now)).toEqual(new Date('2026-11-20T13:00:00Z'));
  expect(nextAllowed([], 0, now)).toEqual(new Date('2026-11-21T12:00:00Z'));
});

test('what waits for an approval is carried out as an emergency, and its request is given up', async () => {
  const ann = inSession();
  const change = await world.accepted(lampsBurn, { name: 'old' }, ann);
  expect(change.state).toBe('awaiting_approval');
  const viewer = inSession({ permissions: ['*:read'] });
  expect((await world.done(changesGet, { id: change.id }, viewer)).actions.emergency).toEqual({
    allowed: false,
    reason: 'this needs changes:emergency',
  });
  expect((await world.done(changesGet, { id: change.id }, ann)).actions.emergency.allowed).toBe(true);
  expect(await world.refused(changesEmergency, { id: change.id, comment: 'short', ticket: 'INC-1' }, ann)).toMatchObject({
    slug: 'comment-required',
  });
  await world.done(changesEmergency, { id: change.id, ...WHY }, ann);
  const ended = await world.settled(change, ann);
  expect(ended).toMatchObject({
    state: 'succeeded',
    emergency: true,
    approval: { status: 'cancelled' },
    emergencyUse: { skipped: ['baseline/high-risk'] },
  });
  expect(server.calls).toEqual(['burn old']);
  expect(await told(world, change, 'emergency.used')).toHaveLength(1);
  expect(await world.refused(changesEmergency, { id: change.id, ...WHY }, ann)).toMatchObject({ slug: 'invalid-transition' });
  expect(await world.refused(approvalsApprove, { id: change.id }, approver)).toMatchObject({ slug: 'approval-closed' });
});

test('the review is closed once, with a reason, by somebody who had no hand in it', async () => {
  const ann = inSession();
  const ben = inSession();
  const change = await world.accepted(lampsBurn, { name: 'torch' }, ann);
  await world.done(changesEmergency, { id: change.id, ...WHY }, ben);
  await world.settled(change, ann);
  const review = { id: change.id, verdict: 'justified', comment: 'The hall was dark.' };
  for (const involved of [ann, ben]) expect(await world.refused(changesReview, review, involved)).toMatchObject({ slug: 'self-approval-forbidden' });
  const standIn = inSession();
  const until = new Date(clock.getTime() + 3_600_000).toISOString();
  await world.done(approvalsDelegationsCreate, { to: standIn.actor.id, until }, ben);
  expect(await world.refused(changesReview, review, standIn)).toMatchObject({ slug: 'self-approval-forbidden' });
  expect(await world.refused(changesReview, review, inSession({ permissions: ['*:read'] }))).toMatchObject({ slug: 'permission-denied' });
  expect(await world.refused(changesReview, { ...review, comment: 'ok' }, approver)).toMatchObject({ slug: 'comment-required' });
  const open = await world.done(emergenciesList, { review: 'open' }, approver);
  expect(open.items.find(({ change: { id } }) => id === change.id)).toMatchObject({ mayReview: { allowed: true }, by: { id: ben.actor.id } });
  const reviewed = await world.done(changesReview, { ...review, verdict: 'unjustified' }, approver);
  expect(reviewed.emergencyUse?.review).toMatchObject({ verdict: 'unjustified', by: { name: 'approver' }, comment: 'The hall was dark.' });
  expect((await told(world, change, 'emergency.reviewed'))[0]!.data).toMatchObject({ verdict: 'unjustified', recipients: expect.arrayContaining([ben.actor.id, admin.actor.id]) }); // prettier-ignore
  expect(await world.refused(changesReview, review, admin)).toMatchObject({ slug: 'approval-closed' });
  expect((await world.done(emergenciesList, { review: 'done' }, approver)).items.map((one) => one.change.id)).toContain(change.id);
});

test('a review that nobody gives is called for daily, once for each day, whichever processes look', async () => {
  const ann = inSession();
  const change = await world.accepted(lampsLight, { name: 'porch', environment: 'prod' }, ann, emergency);
  await world.settled(change, ann);
  const from = clock.getTime();
  const look = async (hours: number) => {
    clock = new Date(from + hours * 3_600_000);
    await Promise.all([1, 2].map(() => byTheClock(world, () => clock, remindOfReviews)));
    return (await told(world, change, 'emergency.review_overdue')).map(({ data }) => data['level']);
  };
  expect(await look(23)).toEqual([]);
  expect(await look(24)).toEqual([1]);
  expect(await look(25)).toEqual([1]);
  expect(await look(49)).toEqual([1, 2]);
  const [first] = await told(world, change, 'emergency.review_overdue');
  expect(first!.data['recipients']).toEqual(expect.arrayContaining([admin.actor.id, approver.actor.id]));
  expect((await world.done(changesGet, { id: change.id }, ann)).emergencyUse).toMatchObject({ overdue: true, reminders: 2 });
  expect((await trailOf(world, change)).filter(({ operation }) => operation === 'changes.remindOfReview')).toHaveLength(2);
  await world.done(changesReview, { id: change.id, verdict: 'justified', comment: 'Late, but fine.' }, approver);
  expect(await look(100)).toEqual([1, 2]);
});
