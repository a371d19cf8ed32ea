import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReadContext } from '#kernel/context.ts';
import type { Scope } from '#kernel/scope.ts';
import { lampModule, lampsBurn, lampsGet, lampsName, LampPort, lampServer } from '#test/lamps.ts';
import { createCompany } from '#test/company.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { leaveTenant } from '#modules/tenancy/leave.ts';
import {
  accessRequestsApprove,
  accessRequestsCancel,
  accessRequestsCreate,
  accessRequestsEnd,
  accessRequestsExtend,
  accessRequestsGet,
  accessRequestsList,
  accessRequestsReject,
  rolesList,
} from '../index.ts';
import { tickAccessRequests } from './clock.ts';
import { mayDecide } from './store.ts';
import { extendedEnd, phaseOf, widened } from './rules.ts';

type Company = Awaited<ReturnType<typeof createCompany>>;
let company: Company;
let roles: Record<string, string>;
const lab: Scope = { any: [{ environments: ['lab'] }] };
beforeAll(async () => {
  company = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())] });
  const { items } = await company.done(rolesList, { limit: 200 }, company.key('olivia'));
  roles = Object.fromEntries(items.map(({ key, id }) => [key, id]));
});
afterAll(() => company.close());

const who = (name: string) => company.key(name);
const ask = (more: object = {}, name = 'vera') =>
  company.done(accessRequestsCreate, { roleId: roles['admin'], scope: lab, minutes: 30, reason: 'Night shift', ...more }, who(name));
const mayName = (name = 'vera', environment = 'lab') =>
  company.call(lampsName, { name: 'desk', environment }, who(name)).then(() => 'yes', (error: { slug: string }) => error.slug); // prettier-ignore
/** The minute's work by the clock. */
async function tick(): Promise<Emitted[]> {
  const emitted: Emitted[] = [];
  const [tenant] = await company.sql<{ id: string }>("select tenant_id as id from tenants where slug = 'acme'");
  const tenantId = tenant!.id;
  await company.databases.tenant({ tenantId }, async (db) => {
    const actor = { kind: 'system', id: 'system:access', name: 'system:access', email: null, tenantId, tenantSlug: '', credentialId: null, permissionCap: null, ip: null } as const; // prettier-ignore
    await tickAccessRequests({ db, tenantId, now: () => company.clock.at, actor, provider: providerOf(company.adapters), once: (_key, load) => load(), changeId: null, emit: (type, data) => void emitted.push({ type, data }) }); // prettier-ignore
    await appendEvents(db, tenantId, emitted, null);
  });
  return emitted;
}

test('who asks for access has it from the moment it is agreed to, for so long and over so much, and not a second more', async () => {
  expect(await mayName()).toBe('permission-denied');
  const asked = await ask();
  expect(asked).toMatchObject({
    status: 'pending',
    requester: { name: 'Vera Lind' },
    role: { key: 'admin' },
    actions: { cancel: true, decide: false },
  });
  expect(await mayName()).toBe('permission-denied');
  const given = await company.done(accessRequestsApprove, { id: asked.id, comment: 'Go on.' }, who('adam'));
  const until = new Date(company.clock.at.getTime() + 30 * 60_000).toISOString();
  expect(given).toMatchObject({ status: 'active', grant: { from: company.clock.at.toISOString(), until }, decidedBy: { name: 'Adam Ito' } });
  expect(await mayName()).toBe('yes');
  expect(await mayName('vera', 'staging')).toBe('scope-denied');
  company.clock.pass(30 * 60_000 - 1);
  expect(await mayName()).toBe('yes');
  company.clock.pass(1);
  expect(await mayName()).toBe('permission-denied');
  expect((await company.done(accessRequestsGet, { id: asked.id }, who('vera'))).status).toBe('ended');
  const told = await tick();
  expect(told.map(({ type }) => type)).toEqual(['accessRequest.ended', 'grant.expired']);
  expect(await tick()).toEqual([]);
});

test('whoever agrees may give less, never more', async () => {
  const asked = await ask();
  const refusedFor = async (terms: object) => (await company.refused(accessRequestsApprove, { id: asked.id, ...terms }, who('adam'))).extras.errors?.map(({ pointer }) => pointer); // prettier-ignore
  expect(await refusedFor({ minutes: 31 })).toEqual(['/minutes']);
  expect(await refusedFor({ scope: { all: true } })).toEqual(['/scope']);
  expect(await refusedFor({ scope: { any: [{ environments: ['lab', 'prod'] }] } })).toEqual(['/scope']);
  const reader = await ask({ roleId: roles['read_only'] });
  expect((await company.refused(accessRequestsApprove, { id: reader.id, roleId: roles['admin'] }, who('adam'))).extras.errors?.map(({ pointer }) => pointer)).toEqual(['/roleId']); // prettier-ignore
  const narrow = { roleId: roles['read_only'], minutes: 15, scope: { any: [{ environments: ['lab'], ids: ['desk'] }] } };
  const given = await company.done(accessRequestsApprove, { id: asked.id, ...narrow }, who('adam'));
  expect(given).toMatchObject({ role: { key: 'read_only' }, minutes: 15, status: 'active' });
  expect(await mayName()).toBe('permission-denied');
  for (const id of [asked.id]) await company.done(accessRequestsEnd, { id }, who('vera'));
  await company.done(accessRequestsCancel, { id: reader.id }, who('vera'));
});

test('nobody agrees to their own request, nor gives what they do not hold', async () => {
  const own = await ask({}, 'adam');
  expect(await company.slugOf(accessRequestsApprove, { id: own.id }, who('adam'))).toBe('self-grant-forbidden');
  expect(await company.slugOf(accessRequestsApprove, { id: own.id }, who('dana'))).toBe('permission-denied');
  await company.done(accessRequestsCancel, { id: own.id }, who('adam'));
  expect(await company.slugOf(accessRequestsApprove, { id: own.id }, who('olivia'))).toBe('invalid-transition');
  expect(await company.slugOf(accessRequestsCreate, { roleId: roles['owner'], scope: lab, reason: 'All of it' }, who('vera'))).toBe(
    'validation-failed',
  );
  // An administrator for the lab alone gives nothing beyond it.
  const lead = await ask({ minutes: 600 }, 'dana');
  await company.done(accessRequestsApprove, { id: lead.id }, who('olivia'));
  const wide = await ask({ scope: { all: true } });
  expect(await company.slugOf(accessRequestsApprove, { id: wide.id }, who('dana'))).toBe('grant-escalation');
  const long = await ask({ minutes: 720 });
  expect(await company.slugOf(accessRequestsApprove, { id: long.id }, who('dana'))).toBe('grant-escalation');
  for (const { id } of [wide, long]) await company.done(accessRequestsReject, { id, comment: 'Not tonight.' }, who('olivia'));
  await company.done(accessRequestsEnd, { id: lead.id }, who('olivia'));
});

test('access ends at the next call when somebody ends it, in another process too', async () => {
  const asked = await ask();
  await company.done(accessRequestsApprove, { id: asked.id }, who('adam'));
  const other = await createCompany({ modules: [lampModule], adapters: [provide(LampPort, lampServer())], beside: company, works: true });
  other.clock.at = company.clock.at;
  const there = () => other.call(lampsName, { name: 'desk', environment: 'lab' }, who('vera')).then(() => 'yes', (error: { slug: string }) => error.slug); // prettier-ignore
  try {
    expect([await mayName(), await there()]).toEqual(['yes', 'yes']);
    expect(await company.slugOf(accessRequestsEnd, { id: asked.id }, who('dana'))).toBe('not-found');
    expect((await company.done(accessRequestsEnd, { id: asked.id }, who('adam'))).status).toBe('ended');
    expect(await mayName()).toBe('permission-denied');
    // There too, as soon as the announcement has come round.
    await vi.waitUntil(async () => (await there()) === 'permission-denied', { timeout: 20_000 });
    expect(await company.slugOf(accessRequestsEnd, { id: asked.id }, who('vera'))).toBe('invalid-transition');
  } finally {
    await other.close();
  }
});

test('it is extended once, by an agreement of its own, and never beyond twelve hours', async () => {
  const asked = await ask();
  expect(await company.slugOf(accessRequestsExtend, { id: asked.id, minutes: 60, reason: 'Not done yet' }, who('vera'))).toBe('invalid-transition');
  const first = await company.done(accessRequestsApprove, { id: asked.id }, who('adam'));
  const more = await company.done(accessRequestsExtend, { id: asked.id, minutes: 720, reason: 'Not done yet' }, who('vera'));
  expect(more).toMatchObject({ status: 'pending', extendsId: asked.id });
  expect((await company.done(accessRequestsGet, { id: asked.id }, who('vera'))).actions.extend).toBe(false);
  await company.done(accessRequestsApprove, { id: more.id }, who('olivia'));
  const longest = new Date(new Date(first.grant!.from).getTime() + 720 * 60_000).toISOString();
  expect((await company.done(accessRequestsGet, { id: asked.id }, who('vera'))).grant?.until).toBe(longest);
  company.clock.pass(31 * 60_000);
  expect(await mayName()).toBe('yes');
  expect(await company.slugOf(accessRequestsExtend, { id: asked.id, minutes: 15, reason: 'Once more' }, who('vera'))).toBe('invalid-transition');
  await company.done(accessRequestsEnd, { id: asked.id }, who('vera'));
  expect(await mayName()).toBe('permission-denied');
});

test('a permission asks for the least powerful role that holds it; a beginning ahead is waited for', async () => {
  const asked = await company.done(accessRequestsCreate, { permission: 'lamps:read', scope: { all: true }, minutes: 15, reason: 'A look', startAt: new Date(company.clock.at.getTime() + 3_600_000).toISOString() }, who('dana')); // prettier-ignore
  expect(asked).toMatchObject({ role: { key: 'read_only' }, permission: 'lamps:read' });
  const look = () => company.call(lampsGet, { id: 'desk' }, who('dana')).then(() => 'yes', (error: { slug: string }) => error.slug); // prettier-ignore
  expect((await company.done(accessRequestsApprove, { id: asked.id }, who('adam'))).status).toBe('scheduled');
  expect(await look()).toBe('permission-denied');
  company.clock.pass(3_600_000);
  expect(await look()).toBe('yes');
  expect(await company.slugOf(lampsBurn, { name: 'desk' }, who('dana'))).toBe('permission-denied');
  company.clock.pass(15 * 60_000);
  expect(await look()).toBe('permission-denied');
  expect(await company.slugOf(accessRequestsCreate, { permission: 'lamps:eat', scope: lab, reason: 'Hungry' }, who('dana'))).toBe(
    'validation-failed',
  );
  expect(await company.slugOf(accessRequestsCreate, { scope: lab, reason: 'Neither' }, who('dana'))).toBe('validation-failed');
});

test('what nobody decides on in a day is over', async () => {
  const asked = await ask();
  company.clock.pass(24 * 3_600_000);
  expect(await company.slugOf(accessRequestsApprove, { id: asked.id }, who('adam'))).toBe('invalid-transition');
  expect((await tick()).filter(({ data }) => data['requestId'] === asked.id).map(({ type }) => type)).toEqual(['accessRequest.expired']);
});

test('requests are seen by who asked and by those who may decide, and by nobody else', async () => {
  const asked = await ask();
  const lists = async (name: string, whose?: string) => (await company.done(accessRequestsList, { ...(whose ? { whose } : {}), status: 'pending' }, who(name))).items.map(({ id }) => id); // prettier-ignore
  expect(await lists('vera')).toEqual([asked.id]);
  expect(await lists('adam', 'others')).toContain(asked.id);
  expect(await lists('dana')).toEqual([]);
  expect(await lists('dana', 'others')).toEqual([]);
  expect(await company.slugOf(accessRequestsGet, { id: asked.id }, who('dana'))).toBe('not-found');
  expect(await company.slugOf(accessRequestsGet, { id: asked.id }, who('gustav'))).toBe('not-found');
  expect(await company.slugOf(accessRequestsCancel, { id: asked.id }, who('adam'))).toBe('permission-denied');
  const refused = await company.done(accessRequestsReject, { id: asked.id, comment: 'Ask by day.' }, who('adam'));
  expect(refused).toMatchObject({ status: 'rejected', comment: 'Ask by day.' });
});

test('whoever has to set up a second factor first decides on nothing of others meanwhile', async () => {
  const adam = { kind: 'user', id: await company.idOf('adam'), name: 'Adam', email: null, tenantSlug: 'acme', credentialId: null, permissionCap: null, ip: null } as const; // prettier-ignore
  const [acme] = await company.sql<{ id: string }>("select id from tenants where slug = 'acme'");
  const decides = (limitedTo?: 'enrolment') =>
    company.databases.tenant({ tenantId: acme!.id }, (db) => mayDecide({ db, tenantId: acme!.id, actor: { ...adam, tenantId: acme!.id, limitedTo }, now: () => company.clock.at, provider: providerOf(company.adapters) } as ReadContext)); // prettier-ignore
  expect([await decides(), await decides('enrolment')]).toEqual([true, false]);
});

test('less is never more, and no extension outlasts twelve hours', () => {
  const role = (patterns: string[], maxRisk: 'read' | 'write' | 'high' = 'high') => ({ patterns, maxRisk, level: 50 });
  const catalogue = ['a:read', 'a:write', 'b:read', 'b:write'].map((permission) => ({ name: permission, permission, risk: permission.endsWith('read') ? ('read' as const) : ('write' as const) })); // prettier-ignore
  const patterns = fc.subarray(['a:*', 'b:*', 'a:read', 'b:read', '*']);
  fc.assert(
    fc.property(patterns, patterns, fc.integer({ min: 15, max: 720 }), fc.integer({ min: 15, max: 720 }), (asked, given, minutes, less) => {
      const more = widened({ role: role(asked), scope: lab, minutes }, { role: role(given), scope: lab, minutes: less }, catalogue);
      const opens = (all: string[]) => catalogue.filter(({ permission }) => all.some((one) => one === '*' || one === permission || one === `${permission[0]}:*`)); // prettier-ignore
      const wider = opens(given).some(({ name }) => !opens(asked).some((one) => one.name === name));
      return more.includes('role') === wider && more.includes('minutes') === less > minutes && !more.includes('scope');
    }),
  );
  const validFrom = new Date('2026-11-20T00:00:00Z');
  expect(extendedEnd({ validFrom, validUntil: new Date('2026-11-20T01:00:00Z') }, 60)).toEqual(new Date('2026-11-20T02:00:00Z'));
  expect(extendedEnd({ validFrom, validUntil: new Date('2026-11-20T11:30:00Z') }, 60)).toEqual(new Date('2026-11-20T12:00:00Z'));
  const later = new Date('2026-11-20T01:00:00Z');
  expect(phaseOf({ status: 'pending', endsAt: null, expiresAt: validFrom }, undefined, validFrom)).toBe('expired');
  const agreed = { status: 'approved' as const, endsAt: later, expiresAt: later };
  expect(phaseOf(agreed, { validFrom, revokedAt: null }, validFrom)).toBe('active');
  expect(phaseOf(agreed, { validFrom: later, revokedAt: null }, validFrom)).toBe('scheduled');
  expect(phaseOf(agreed, { validFrom, revokedAt: validFrom }, validFrom)).toBe('ended');
  expect(phaseOf(agreed, undefined, validFrom)).toBe('ended');
});

test('a request keeps neither its person nor its role: both can go, and access that went with them is over', async () => {
  const [acme] = await company.sql<{ id: string }>("select id from tenants where slug = 'acme'");
  const asked = await ask({}, 'dana');
  await company.done(accessRequestsApprove, { id: asked.id }, who('adam'));
  const dana = await company.idOf('dana');
  await company.databases.platform('test', (db) => leaveTenant(db, acme!.id, dana));
  const left = await company.done(accessRequestsGet, { id: asked.id }, who('adam'));
  expect(left).toMatchObject({ status: 'ended', grant: null, requester: { name: 'A former member' }, actions: { end: false } });
  const role = crypto.randomUUID();
  await company.sql(`insert into roles (tenant_id, id, key, name, level, patterns, max_risk) values ($1, $2, 'night', 'Night', 90, '{lamps:read}', 'read')`, [acme!.id, role]); // prettier-ignore
  const night = await ask({ roleId: role });
  await company.sql('delete from roles where id = $1', [role]);
  expect(await company.slugOf(accessRequestsGet, { id: night.id }, who('vera'))).toBe('not-found');
});
