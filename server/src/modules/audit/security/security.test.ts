import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf } from '#kernel/port.ts';
import { apiKeysCreate } from '#modules/identity/index.ts';
import { authLogin, authLogout, authSwitchTenant } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { auditList, securityEventsGet, securityEventsList, securityEventsUpdate, securityRulesList, securityRulesUpdate } from '../index.ts';
import { Evidence } from '../providers/port.ts';
import { meaningOf } from './announce.ts';
import { matches, RULES } from './rules.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany({ works: true })));
afterAll(() => company.close());

const evidence = () => providerOf(company.adapters)(Evidence);
async function raised(rule: string) {
  await company.audit.flush();
  await evidence().seal();
  return (await company.done(securityEventsList, { rule, limit: 200 }, company.key('olivia'))).items;
}

async function tenants(): Promise<Record<'acme' | 'globex', string>> {
  const rows = await company.sql<{ id: string; slug: string }>('select id, slug from tenants');
  return Object.fromEntries(rows.map(({ id, slug }) => [slug, id])) as Record<'acme' | 'globex', string>;
}

test('each rule is told by a name of its own, and looks at something', () => {
  expect(new Set(RULES.map(({ key }) => key)).size).toBe(RULES.length);
  expect(RULES.filter(({ entry, activity, event }) => !entry && !activity && !event)).toEqual([]);
});

test('an entry counts for a rule when every field that the rule names fits', () => {
  const rule = RULES.find(({ key }) => key === 'key-created')!;
  const entry = { operation: 'apiKeys.create', result: 'success' as const, reason: null, rules: [] };
  expect(matches(rule, entry)).toBe(true);
  expect(matches(rule, { ...entry, operation: 'apiKeys.list' })).toBe(false);
  expect(matches(rule, { ...entry, result: 'denied' })).toBe(false);
  expect(matches({ ...rule, entry: { operation: ['support.*'] } }, { ...entry, operation: 'support.open' })).toBe(true);
});

test('a burst of refusals raises one event at the twentieth, which takes the next ones in', async () => {
  const dana = company.key('dana');
  for (let n = 0; n < 19; n++) await company.refused(auditList, {}, dana);
  expect(await raised('denied-burst')).toEqual([]);
  await company.refused(auditList, {}, dana);
  const [event, ...others] = await raised('denied-burst');
  expect(others).toEqual([]);
  expect(event).toMatchObject({ severity: 'medium', state: 'new', count: 20, actor: { id: await company.idOf('dana'), name: 'Dana Novak' }, facts: { operation: 'audit.list', code: 'permission-denied' } });
  company.clock.pass(120_000);
  await company.refused(auditList, {}, dana);
  expect((await raised('denied-burst'))[0]).toMatchObject({ id: event!.id, count: 21 });
  // Sealing again, or looking at the same entry twice, counts nothing twice.
  await evidence().seal();
  expect((await raised('denied-burst'))[0]).toMatchObject({ count: 21 });
}); // prettier-ignore

const announced = async (type: string, tenantId: string) =>
  (await company.sql<{ data: Record<string, unknown> }>('select data from events where type = $1 and tenant_id = $2 order by seq', [type, tenantId])).map(({ data }) => data); // prettier-ignore

test('refusals and failed sign-ins are told to the tenant, once each and those alike together, with nothing that was said in them', async () => {
  const { acme } = await tenants();
  const before = await announced('access.denied', acme);
  expect(before.reduce((sum, { times }) => sum + Number(times), 0), 'the burst before').toBe(21);
  expect(before.length, 'in as many announcements as there were goes').toBeLessThanOrEqual(3);
  expect(before[0]).toEqual({
    auditEntryId: expect.any(String), actor: { kind: 'apiKey', id: await company.idOf('dana') }, operation: 'audit.list', permission: 'audit:read',
    code: 'permission-denied', stage: 'permission', surface: 'rest', ip: '192.0.2.1', times: expect.any(Number),
  });
  for (let n = 0; n < 3; n++) await company.refused(authLogin, { email: 'adam@acme.example', password: `guess ${n} guess` }, null, { ip: '198.51.100.7' });
  await company.refused(authLogin, { email: 'nobody@acme.example', password: 'guess guess' }, null, { ip: '198.51.100.7' });
  await raised('denied-burst');
  const failed = await announced('auth.failed', acme);
  expect(failed).toMatchObject([{ actor: { kind: 'user', id: await company.idOf('adam') }, operation: 'auth.login', code: 'invalid-credentials', ip: '198.51.100.7', times: 3 }]);
  expect(JSON.stringify([before, failed])).not.toMatch(/guess|Novak|acme\.example/);
  const denied = { operation: 'x.y', result: 'denied' as const, reason: { stage: 'policy', code: 'policy-denied', text: '' } };
  expect([denied, { ...denied, reason: { ...denied.reason, stage: 'scope' } }, { ...denied, reason: null }].map((entry) => meaningOf(entry, () => false))).toEqual([undefined, 'access.denied', undefined]);
}); // prettier-ignore

test('who comes in, goes on in another of their tenants, or signs out is told to the tenant that it is about', async () => {
  const { acme, globex } = await tenants();
  const userId = await company.idOf('priya');
  const known = (await announced('auth.login', acme)).length;
  const first = await company.signIn('priya', { slug: 'acme' });
  expect((await announced('auth.login', acme)).slice(known)).toEqual([{ userId, sessionId: expect.any(String), entered: 'signIn', method: 'pwd', level: 1, ip: '192.0.2.1' }]);
  const gone = await company.done(authSwitchTenant, { tenantId: globex }, bearer(first.token!));
  expect((await announced('auth.login', globex)).at(-1)).toMatchObject({ userId, entered: 'switch' });
  await company.done(authLogout, {}, bearer(gone.token!));
  expect(await announced('auth.logout', globex)).toEqual([{ userId, sessionId: expect.any(String) }]);
  expect(await announced('auth.logout', acme), 'the other tenant hears nothing of it').toEqual([]);
}); // prettier-ignore

test('a key that was made, and a lock after wrong passwords, are raised to the tenants of the person, and announced', async () => {
  await company.call(apiKeysCreate, { name: 'For the laboratory' }, bearer((await company.signIn('olivia')).token!));
  expect(await raised('key-created')).toHaveLength(1);
  for (let n = 0; n < 12; n++) await company.refused(authLogin, { email: 'vera@acme.example', password: `wrong ${n} wrong` }, null, { ip: `198.51.100.${n}` });
  const [locked] = [...(await raised('lockout')), ...(await raised('auth-failed-burst'))];
  expect(locked).toMatchObject({ actor: { id: await company.idOf('vera') } });
  const told = await company.sql<{ data: { rule: string } }>(`select data from events where type = 'security.event' and data ? 'securityEventId'`);
  expect(told.map(({ data }) => data.rule)).toEqual(expect.arrayContaining(['denied-burst', 'key-created']));
}); // prettier-ignore

test('a chain that does not hold is raised as critical', async () => {
  const [{ id }] = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`)) as [{ id: string }];
  await evidence().broken(id, { kind: 'altered', seq: 7, entryId: null, text: 'Entry 7 is not what was sealed.' });
  await expect.poll(() => raised('chain-broken'), { timeout: 60_000 }).toMatchObject([{ severity: 'critical', facts: { kind: 'altered', seq: 7 } }]);
});

test('an event is taken on and closed with a reason; then the like raises another', async () => {
  const olivia = company.key('olivia');
  const [event] = await raised('denied-burst');
  const { id } = event!;
  await company.call(securityEventsUpdate, { id, state: 'investigating' }, olivia);
  expect(await company.slugOf(securityEventsUpdate, { id, state: 'resolved' }, olivia)).toBe('validation-failed');
  await company.call(securityEventsUpdate, { id, state: 'false_positive', note: 'A misconfigured script' }, olivia);
  expect(await company.done(securityEventsGet, { id }, olivia)).toMatchObject({ state: 'false_positive', note: 'A misconfigured script', decidedBy: { name: 'Olivia Owens' } });
  for (let n = 0; n < 3; n++) await company.refused(auditList, {}, company.key('dana'));
  const after = await raised('denied-burst');
  expect(after).toHaveLength(2);
  expect(await company.slugOf(securityEventsUpdate, { id, state: 'new' }, olivia)).toBe('security-event-open');
  expect(await company.slugOf(securityEventsGet, { id }, company.key('gustav'))).toBe('security-event-not-found');
}); // prettier-ignore

test('a rule that a tenant sets otherwise holds there, and ends the sessions of who it is about', async () => {
  const passed = await company.call(securityRulesUpdate, { id: 'denied-burst', count: 2, windowSeconds: 60, severity: 'critical', action: 'suspend' }, company.key('adam'));
  await company.carriedOut(passed, company.key('olivia'));
  expect((await company.done(securityRulesList, {}, company.key('olivia'))).items).toContainEqual(expect.objectContaining({ id: 'denied-burst', count: 2, action: 'suspend', changed: true }));
  const vera = bearer((await company.signIn('priya', { slug: 'acme' })).token!);
  for (let n = 0; n < 2; n++) await company.refused(securityRulesUpdate, { id: 'denied-burst', enabled: false }, vera);
  const [event] = (await raised('denied-burst')).filter(({ state }) => state === 'new').filter(({ severity }) => severity === 'critical');
  expect(event).toMatchObject({ count: 2, action: 'suspend' });
  await expect.poll(() => company.slugOf(auditList, {}, vera), { timeout: 60_000 }).toMatch(/^(session-revoked|unauthenticated)$/);
}); // prettier-ignore
