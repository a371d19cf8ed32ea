import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { auditList } from '#modules/audit/index.ts';
import { changesReject } from '#modules/governance/index.ts';
import { apiKeysList } from '#modules/identity/index.ts';
import { ServiceAccounts } from '#modules/identity/keys/port.ts';
import { reports, reportsGenerate } from '#modules/reports/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { LampPort, lampModule, lampServer } from '#test/lamps.ts';
import {
  accessReviewPlanGet, accessReviewPlanUpdate, accessReviewsCancel, accessReviewsDecide, accessReviewsGet, accessReviewsItems, accessReviewsList, accessReviewsStart, grantsList, rolesList,
} from '../index.ts'; // prettier-ignore
import { seedGrant } from '../roles.ts';
import { tickReviews } from './clock.ts';
import type { ReviewItem } from './schemas.ts';

const DAY = 86_400_000;
let company: Company;
let acme: string;
let roles: Record<string, string>;
const sessions = new Map<string, string>();

/** Reviews are decided on in a session. */
async function as(name: string) {
  if (!sessions.has(name)) sessions.set(name, (await company.signIn(name, { slug: name === 'gustav' ? 'globex' : 'acme' })).token!);
  return bearer(sessions.get(name)!);
}

/** Time passes, and with it whatever people signed in to. */
const pass = (ms: number): void => {
  company.clock.pass(ms);
  sessions.clear();
};

beforeAll(async () => {
  company = await createCompany({ modules: [lampModule, reports], adapters: [provide(LampPort, lampServer())], works: true });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  roles = Object.fromEntries((await company.done(rolesList, { limit: 200 }, company.key('olivia'))).items.map(({ key, id }) => [key, id]));
  await company.databases.platform('test', async (db) => {
    for (const role of ['viewer', 'support']) await seedGrant(db, { tenantId: acme, personId: await company.idOf('dana'), role, reason: 'test' }, new Date(company.clock.at.getTime() - 120 * DAY)); // prettier-ignore
    await seedGrant(db, { tenantId: acme, personId: await company.idOf('priya'), role: 'admin', scope: { any: [] }, reason: 'test' }, company.clock.at); // prettier-ignore
  });
});
afterAll(() => company.close());

/** The minute's work by the clock. */
async function tick(): Promise<Emitted[]> {
  const all: Emitted[] = [];
  const provider = providerOf(company.adapters);
  const now = () => company.clock.at;
  const actor = { kind: 'system', id: 'system:access', name: 'system:access', email: null, tenantId: acme, tenantSlug: '', credentialId: null, permissionCap: null, ip: null } as const;
  const tx: TenantJob['tx'] = (work) =>
    company.databases.tenant({ tenantId: acme }, async (db) => {
      const emitted: Emitted[] = [];
      const result = await work({ db, tenantId: acme, now, actor, provider, once: (_key, load) => load(), changeId: null, emit: (type, data) => void emitted.push({ type, data }) });
      await appendEvents(db, acme, emitted, null);
      all.push(...emitted);
      return result;
    });
  await tickReviews({ tenantId: acme, now, provider, tx });
  return all;
} // prettier-ignore

const start = async (more: object = {}) => company.done(accessReviewsStart, { name: `Review ${Math.random()}`, ...more }, await as('olivia'));
const itemsOf = async (id: string, name = 'olivia', more: object = {}): Promise<ReviewItem[]> => (await company.done(accessReviewsItems, { id, limit: 200, ...more }, await as(name))).items; // prettier-ignore
const decide = async (id: string, items: readonly ReviewItem[], verdict: string, name = 'adam', more: object = {}) =>
  (await company.done(accessReviewsDecide, { id, itemIds: items.map((item) => item.id), verdict, ...more }, await as(name))).items;
const cancel = async (id: string) => company.done(accessReviewsCancel, { id, reason: 'The test is over' }, await as('olivia'));
const of = (items: readonly ReviewItem[], person: string, holding: string) => items.find((item) => item.subject.name === person && item.holding === holding)!; // prettier-ignore

test('a review has an item for every grant and key, with its last use, what of it was not used, and reviewers who hold it not themselves', async () => {
  // Somebody uses a right, so that the trail shows it.
  await company.done(rolesList, {}, company.key('dana'));
  await company.audit.flush();
  const review = await start();
  const items = await itemsOf(review.id);
  const held = (await company.done(grantsList, { limit: 200 }, company.key('olivia'))).items;
  expect(items.filter(({ kind }) => kind === 'grant').map(({ refId }) => refId).toSorted()).toEqual(held.map(({ id }) => id).toSorted()); // prettier-ignore
  expect(items.filter(({ kind }) => kind === 'apiKey').length).toBeGreaterThanOrEqual(6);
  for (const item of items) expect(item.reviewers.map(({ id }) => id)).not.toContain(item.subject.id);
  expect(of(items, 'Dana Novak', 'Developer')).toMatchObject({ state: 'open', unused: false, proposal: 'keep', lastUsedAt: expect.any(String), lookedBackDays: 90 }); // prettier-ignore
  expect(of(items, 'Dana Novak', 'Developer').unusedPermissions).not.toEqual([]);
  // What only reads is looked back for as long as its reads are kept.
  expect(of(items, 'Dana Novak', 'Viewer')).toMatchObject({ unused: true, proposal: 'revoke', lastUsedAt: null, lookedBackDays: 30 });
  expect(of(items, 'Priya Raman', 'Approver').toxic).toEqual(['approver + admin']);
  expect(review).toMatchObject({ state: 'open', startedBy: 'Olivia Owens', counts: { open: items.length, kept: 0 }, actions: { cancel: true } });
  // Those who may read reviews see it; whoever is asked about nothing, and other tenants, do not.
  expect((await company.done(accessReviewsList, {}, company.key('aldo'))).items.map(({ id }) => id)).toContain(review.id);
  expect((await company.done(accessReviewsList, {}, company.key('vera'))).items).toEqual([]);
  expect(await company.slugOf(accessReviewsGet, { id: review.id }, company.key('vera'))).toBe('not-found');
  expect(await company.slugOf(accessReviewsItems, { id: review.id }, await as('gustav'))).toBe('not-found');
  await cancel(review.id);
});

test('refused: to begin one without the permission, to decide by a key, on one’s own, twice, unasked, on what is not changed, and by strangers', async () => {
  const named = (ids: string[]) => ({ name: 'x', reviewers: 'named', reviewerIds: ids });
  expect(await company.slugOf(accessReviewsStart, { name: 'x' }, company.key('aldo'))).toBe('permission-denied');
  expect((await company.refused(accessReviewsStart, named([]), company.key('adam'))).extras.errors![0]!.pointer).toBe('/reviewerIds');
  expect((await company.refused(accessReviewsStart, named([await company.idOf('gustav')]), company.key('adam'))).extras.errors![0]!.pointer).toBe('/reviewerIds/0'); // prettier-ignore
  expect((await company.refused(accessReviewsStart, { name: 'x', days: 1 }, company.key('adam'))).extras.errors![0]!.pointer).toBe('/days');
  const review = await start({ reviewers: 'named', reviewerIds: [await company.idOf('vera')] });
  const items = await itemsOf(review.id);
  const [vera, adam, key] = [of(items, 'Vera Lind', 'Viewer'), of(items, 'Adam Ito', 'Administrator'), items.find(({ kind }) => kind === 'apiKey')!];
  const refusal = async (itemIds: string[], name: string, more: object = {}) => company.slugOf(accessReviewsDecide, { id: review.id, itemIds, verdict: 'keep', ...more }, await as(name)); // prettier-ignore
  expect(await company.slugOf(accessReviewsDecide, { id: review.id, itemIds: [vera.id], verdict: 'keep' }, company.key('adam'))).toBe(
    'session-required',
  );
  // Vera is asked about everybody but herself; the administrators are asked about her.
  expect(adam.reviewers.map(({ name }) => name)).toEqual(['Vera Lind']);
  expect(vera.reviewers.map(({ name }) => name).toSorted()).toEqual(['Adam Ito', 'Olivia Owens']);
  expect(await refusal([vera.id], 'vera')).toBe('not-found');
  expect(await refusal([adam.id], 'adam')).toBe('self-review-forbidden');
  expect(await refusal([adam.id], 'dana')).toBe('not-found');
  // Who may read reviews sees it, and decides on nothing that they are not asked about.
  expect(await refusal([adam.id], 'aldo')).toBe('permission-denied');
  expect(await refusal([adam.id], 'gustav')).toBe('not-found');
  expect(await refusal([key.id], 'olivia', { verdict: 'change', to: { roleId: roles['viewer'], scope: { all: true } } })).toBe(
    key.subject.name === 'Olivia Owens' ? 'self-review-forbidden' : 'validation-failed',
  );
  expect(await refusal([adam.id], 'vera', { verdict: 'change' })).toBe('validation-failed');
  expect((await itemsOf(review.id, 'vera', { mine: true })).every(({ actions }) => actions.decide)).toBe(true);
  expect((await decide(review.id, [adam], 'keep', 'vera', { comment: 'Still needed' }))[0]).toMatchObject({ state: 'kept', decidedBy: 'Vera Lind', comment: 'Still needed' }); // prettier-ignore
  await cancel(review.id);
  expect(await refusal([adam.id], 'vera')).toBe('invalid-transition');
  expect(await company.slugOf(accessReviewsCancel, { id: review.id, reason: 'Once more' }, await as('olivia'))).toBe('invalid-transition');
});

test('whoever answers for a service account does not decide on it, also while it has no key', async () => {
  const [id, adam] = [newId(), await company.idOf('adam')];
  await providerOf(company.adapters)(ServiceAccounts).create(acme, { id, name: 'deployer', description: '', ownerId: adam, createdBy: adam });
  await company.databases.platform('test', (db) => seedGrant(db, { tenantId: acme, personId: id, role: 'support', reason: 'test' }, company.clock.at)); // prettier-ignore
  const review = await start({ reviewers: 'administrators' });
  const item = (await itemsOf(review.id)).find(({ subject }) => subject.id === id)!;
  expect(item.reviewers.map(({ name }) => name)).toEqual(['Olivia Owens']);
  expect(await company.slugOf(accessReviewsDecide, { id: review.id, itemIds: [item.id], verdict: 'keep' }, await as('adam'))).toBe(
    'self-review-forbidden',
  );
  await decide(review.id, [item], 'revoke', 'olivia');
  await cancel(review.id);
});

test('what is not kept is taken by the same operation as by hand: a grant by a Change that others agree to, a key at once', async () => {
  const review = await start({ reviewers: 'administrators' });
  const items = await itemsOf(review.id);
  const [support, viewer] = [of(items, 'Dana Novak', 'Support'), of(items, 'Dana Novak', 'Viewer')];
  const [key] = (await company.done(apiKeysList, {}, await as('vera'))).items;
  const keyItem = items.find(({ refId }) => refId === key!.id)!;
  await decide(review.id, [support, viewer], 'revoke', 'adam', { comment: 'Not needed' });
  await decide(review.id, [keyItem], 'revoke', 'adam');
  await tick();
  const asked = await itemsOf(review.id, 'olivia', { state: 'asked' });
  expect(asked.map(({ holding }) => holding).toSorted()).toEqual(['Support', 'Viewer']);
  expect(asked.every(({ change }) => /^CHG-\d+$/.test(change!.number))).toBe(true);
  expect((await itemsOf(review.id)).find(({ id }) => id === keyItem.id)).toMatchObject({ state: 'revoked', change: null });
  expect(await company.slugOf(rolesList, {}, company.key('vera'))).toBe('unauthenticated');
  // One is agreed to, the other is not and waits for another verdict.
  const changeOf = (item: ReviewItem) => asked.find(({ id }) => id === item.id)!.change!;
  const done = await company.carriedOut({ status: 'accepted', change: { ...changeOf(support), state: 'awaiting_approval', operation: 'grants.revoke' } } as never, company.key('priya'));
  expect(done).toMatchObject({ operation: 'grants.revoke', state: 'succeeded', requester: { name: 'Adam Ito' }, comment: expect.stringContaining('Not needed') });
  await company.call(changesReject, { id: changeOf(viewer).id, comment: 'She does need it.' }, company.key('priya'));
  await expect.poll(async () => (await itemsOf(review.id)).find(({ id }) => id === viewer.id)!.state, { timeout: 60_000 }).toBe('open');
  await tick();
  const after = await itemsOf(review.id);
  expect(of(after, 'Dana Novak', 'Support')).toMatchObject({ state: 'revoked', verdict: 'revoke', decidedBy: 'Adam Ito' });
  expect(of(after, 'Dana Novak', 'Viewer')).toMatchObject({ state: 'open', change: null, problem: expect.stringContaining('rejected') });
  expect((await company.done(grantsList, { subjectId: await company.idOf('dana') }, company.key('olivia'))).items.map(({ role }) => role.key).toSorted()).toEqual(['developer', 'viewer']); // prettier-ignore
  // The same act is handed over once, however often the clock looks.
  expect(await tick()).toEqual([]);
  await cancel(review.id);
}); // prettier-ignore

test('a grant is changed to a lesser role in one Change; whoever may not take it is told, and the holding is open again', async () => {
  const review = await start({ reviewers: 'named', reviewerIds: [await company.idOf('aldo')] });
  const dana = of(await itemsOf(review.id), 'Dana Novak', 'Developer');
  await decide(review.id, [dana], 'revoke', 'aldo');
  await tick();
  expect(of(await itemsOf(review.id), 'Dana Novak', 'Developer')).toMatchObject({ state: 'open', problem: expect.stringContaining('grants:write') }); // prettier-ignore
  await decide(review.id, [dana], 'change', 'adam', { to: { roleId: roles['ops_rw'], scope: { any: [{ environments: ['lab'] }] } } });
  await tick();
  const asked = of(await itemsOf(review.id), 'Dana Novak', 'Developer');
  expect(asked).toMatchObject({ state: 'asked', verdict: 'change' });
  const done = await company.carriedOut({ status: 'accepted', change: { ...asked.change!, state: 'awaiting_approval', operation: 'grants.replace' } } as never, company.key('priya'));
  expect(done).toMatchObject({ operation: 'grants.replace', state: 'succeeded' });
  await expect.poll(async () => of(await itemsOf(review.id), 'Dana Novak', 'Developer').state, { timeout: 60_000 }).toBe('changed');
  const held = (await company.done(grantsList, { subjectId: await company.idOf('dana') }, company.key('olivia'))).items;
  expect(held.map(({ role, scope }) => [role.key, scope])).toEqual(expect.arrayContaining([['viewer', { all: true }], ['ops_rw', { any: [{ environments: ['lab'] }] }]]));
  expect(held).toHaveLength(2);
  await cancel(review.id);
}); // prettier-ignore

test('reviewers are reminded at half time and before the end, those concerned are warned, and what nobody answered for is taken: but never the last owner', async () => {
  // Another owner who cannot sign in is none.
  await company.databases.platform('test', async (db) => seedGrant(db, { tenantId: acme, personId: await company.idOf('aldo'), role: 'owner', reason: 'test' }, company.clock.at));
  await company.sql(`update members set status = 'suspended' where tenant_id = $1 and id = $2`, [acme, await company.idOf('aldo')]);
  const review = await start({ days: 4 });
  const everything = await itemsOf(review.id);
  const adam = everything.filter(({ subject }) => subject.name === 'Adam Ito');
  const priya = everything.filter(({ subject, holding }) => subject.name === 'Priya Raman' && holding === 'Approver');
  await decide(review.id, [...adam], 'keep', 'olivia');
  await decide(review.id, [...priya], 'keep', 'olivia');
  pass(2 * DAY);
  // Two processes look at the clock at once.
  const told = (await Promise.all([tick(), tick()])).flat();
  expect(told.map(({ type }) => type)).toEqual(['accessReview.reminder', 'accessReview.warning']);
  expect(told[1]!.data['recipients']).toContain(await company.idOf('vera'));
  expect(told[1]!.data['recipients']).not.toContain(await company.idOf('adam'));
  expect(await tick()).toEqual([]);
  pass(2 * DAY - 1);
  expect(await tick()).toEqual([]);
  pass(1);
  const ended = await tick();
  expect(ended.map(({ type }) => type)).toContain('grant.revoked');
  const after = await itemsOf(review.id);
  expect(of(after, 'Olivia Owens', 'Owner')).toMatchObject({ state: 'excused', problem: expect.stringContaining('last owner') });
  expect(of(after, 'Vera Lind', 'Viewer')).toMatchObject({ state: 'revoked', comment: 'Nobody decided in time', decidedBy: 'The clock' });
  expect(after.filter(({ state }) => state === 'open' || state === 'asked')).toEqual([]);
  expect(adam.every(({ id }) => after.find((item) => item.id === id)!.state === 'kept')).toBe(true);
  expect((await company.done(grantsList, { limit: 200 }, await as('olivia'))).items.map(({ subject, role }) => `${subject.name} ${role.key}`).toSorted()).toEqual(['Adam Ito admin', 'Olivia Owens owner', 'Priya Raman approver']);
  // Taken by the clock is in the trail like taken by hand.
  const entries = (await company.done(auditList, { operation: 'grants.revoke', limit: 200 }, await as('olivia'))).items;
  expect(entries.filter(({ reason }) => reason?.code === 'review-unanswered').length).toBe(ended.filter(({ type }) => type === 'grant.revoked').length);
  const closed = (await Promise.all([tick(), tick()])).flat().filter(({ type }) => type === 'accessReview.closed');
  expect(closed).toHaveLength(ended.some(({ type }) => type === 'accessReview.closed') ? 0 : 1);
  expect(await company.done(accessReviewsGet, { id: review.id }, await as('olivia'))).toMatchObject({ state: 'closed', counts: { open: 0 } });
  expect(await tick()).toEqual([]);
}); // prettier-ignore

test('the report on reviews has each holding with its verdict and outcome, and the same at an earlier cut-off whatever happened since', async () => {
  const review = await start({ name: 'For the report' });
  const admin = of(await itemsOf(review.id), 'Adam Ito', 'Administrator');
  company.clock.pass(60_000);
  const range = { from: new Date(company.clock.at.getTime() - 30 * DAY).toISOString(), to: new Date(company.clock.at.getTime() + DAY).toISOString() };
  const made = async (more: object = {}) => (await company.done(reportsGenerate, { kind: 'access-review', ...range, ...more }, await as('olivia'))).content!;
  const cutoff = company.clock.at.toISOString();
  const before = await made({ cutoff });
  const rowOf = (text: string) => (JSON.parse(text) as { rows: Record<string, unknown>[] }).rows.find(({ itemId }) => itemId === admin.id)!;
  expect(rowOf(before)).toMatchObject({ review: 'For the report', person: 'Adam Ito', holding: 'Administrator', verdict: null, outcome: 'open' });
  company.clock.pass(60_000);
  await decide(review.id, [admin], 'keep', 'olivia', { comment: 'Runs the place' });
  company.clock.pass(60_000);
  expect(rowOf(await made())).toMatchObject({ verdict: 'keep', decidedBy: 'Olivia Owens', comment: 'Runs the place', outcome: 'kept' });
  expect(await made({ cutoff })).toBe(before);
  const rows = (JSON.parse(await made()) as { rows: Record<string, unknown>[] }).rows;
  expect(rows.filter(({ outcome }) => outcome === 'revoked').length).toBeGreaterThan(3);
  const theirs = JSON.parse((await company.done(reportsGenerate, { kind: 'access-review', ...range }, await as('gustav'))).content!) as { rows: unknown[] };
  expect(theirs.rows).toEqual([]);
  await cancel(review.id);
}); // prettier-ignore

test('by itself a review begins once for each quarter, and only where somebody has said so', async () => {
  const key = await as('olivia');
  expect(await company.done(accessReviewPlanGet, {}, key)).toMatchObject({ every: 'never', nextAt: null, version: 0 });
  expect((await tick()).filter(({ type }) => type === 'accessReview.started')).toEqual([]);
  const planned = await company.done(accessReviewPlanUpdate, { every: 'quarter', reviewers: 'administrators', days: 10 }, key);
  expect(planned).toMatchObject({ every: 'quarter', days: 10, version: 1, nextAt: expect.any(String) });
  const begun = (await Promise.all([tick(), tick()])).flat().filter(({ type }) => type === 'accessReview.started');
  expect(begun).toHaveLength(1);
  expect((await tick()).filter(({ type }) => type === 'accessReview.started')).toEqual([]);
  const [open] = (await company.done(accessReviewsList, { state: 'open' }, key)).items;
  expect(open).toMatchObject({ startedBy: 'The clock', reviewers: 'administrators' });
  await cancel(open!.id);
  pass(93 * DAY);
  expect((await tick()).filter(({ type }) => type === 'accessReview.started')).toHaveLength(1);
});
