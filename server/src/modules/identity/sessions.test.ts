import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { apiKeysList, authLogout, authMe, authSessionsList, authSessionsRevoke, authSwitchTenant } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const live = (token: string) => company.done(authMe, {}, bearer(token));
const slug = (token: string, from = {}) => company.slugOf(authMe, {}, bearer(token), from);

/** How often the platform's database was asked while `work` ran. */
async function asked(work: () => Promise<unknown>): Promise<number> {
  const { lookUp } = company.databases;
  let count = 0;
  company.databases.lookUp = (act) => ((count += 1), lookUp(act));
  try {
    await work();
    return count;
  } finally {
    company.databases.lookUp = lookUp;
  }
}

describe('how long a session lives', () => {
  test('governance 12: Given a session idle 7 h 59 min, when used, then it lives 8 h more; idle 8 h 1 min → 401 session-expired', async () => {
    const { token } = await company.signIn('olivia');
    company.clock.pass(7 * HOUR + 59 * MINUTE);
    await live(token!);
    company.clock.pass(7 * HOUR + 59 * MINUTE);
    await live(token!);
    company.clock.pass(8 * HOUR + MINUTE);
    expect(await slug(token!)).toBe('session-expired');
  });

  test.each([
    ['dana', 7 * 24],
    ['adam', 24],
    ['olivia', 24],
  ])('for %s it is over after %i hours, however busy', async (name, hours) => {
    const { token } = await company.signIn(name);
    for (let passed = 0; passed < hours - 6; passed += 6) {
      company.clock.pass(6 * HOUR);
      await live(token!);
    }
    company.clock.pass(5 * HOUR + 59 * MINUTE);
    expect((await live(token!)).session!.expiresAt).toBe(new Date(company.clock.at.getTime() + MINUTE).toISOString());
    company.clock.pass(MINUTE);
    expect(await slug(token!)).toBe('session-expired');
  });

  test('an end that comes while the holder is remembered is felt to the second', async () => {
    const { token } = await company.signIn('olivia');
    company.clock.pass(8 * HOUR - 1000);
    const [before] = await company.sql<{ idle_expires_at: Date }>('select idle_expires_at from auth.sessions order by created_at desc limit 1');
    await company.sql('update auth.sessions set last_seen_at = $1 where idle_expires_at = $2', [company.clock.at, before!.idle_expires_at]); // no extension is due
    await live(token!);
    company.clock.pass(1000);
    expect(await slug(token!)).toBe('session-expired');
  });

  test('use is written at most once a minute, and while it is remembered the database is not asked', async () => {
    const { token } = await company.signIn('olivia');
    const seen = async () =>
      (
        await company.sql<{ last_seen_at: Date }>('select last_seen_at from auth.sessions order by created_at desc limit 1')
      )[0]!.last_seen_at.getTime();
    const start = await seen();
    company.clock.pass(59_000);
    await live(token!);
    expect(await seen()).toBe(start);
    company.clock.pass(6_000);
    await company.iam.authenticate({ credentials: bearer(token!), ip: null, surface: 'rest' });
    expect(await seen()).toBe(start + 65_000);
    expect(await asked(() => company.iam.authenticate({ credentials: bearer(token!), ip: null, surface: 'rest' }))).toBe(0);
    company.clock.pass(5_000);
    expect(await asked(() => company.iam.authenticate({ credentials: bearer(token!), ip: null, surface: 'rest' }))).toBe(1);
  });
});

describe('ending a session', () => {
  test('signing out ends it for the very next call, and other sessions go on', async () => {
    const [one, two] = [await company.signIn('olivia'), await company.signIn('olivia')];
    await live(one.token!);
    expect(await company.done(authLogout, {}, bearer(one.token!))).toEqual({ ended: true, others: 0, endSessionUrl: null });
    expect(await slug(one.token!)).toBe('session-revoked');
    expect(await company.slugOf(authMe, {}, cookie(one.token!))).toBe('session-revoked');
    await live(two.token!);
  });

  test('one of one’s own can be ended from another, at once and once', async () => {
    const [one, two] = [await company.signIn('dana'), await company.signIn('dana')];
    await live(one.token!);
    const { items } = await company.done(authSessionsList, {}, bearer(two.token!));
    const other = items.find((session) => !session.current)!;
    await company.done(authSessionsRevoke, { id: other.id }, bearer(two.token!));
    expect(await slug(one.token!)).toBe('session-revoked');
    expect(await company.slugOf(authSessionsRevoke, { id: other.id }, bearer(two.token!))).toBe('not-found');
  });

  test('a session of somebody else is not found, and goes on', async () => {
    const [olivia, vera] = [await company.signIn('olivia'), await company.signIn('vera')];
    const { items } = await company.done(authSessionsList, {}, bearer(vera.token!));
    expect(await company.slugOf(authSessionsRevoke, { id: items[0]!.id }, bearer(olivia.token!))).toBe('not-found');
    await live(vera.token!);
  });

  test('governance 13: Given two processes, when a session is revoked on A, then B refuses it', async () => {
    const second = await createCompany({ beside: company });
    try {
      second.clock.at = company.clock.at;
      const { token } = await company.signIn('olivia');
      await second.done(authMe, {}, bearer(token!)); // remembered there, with a clock that stands still
      await company.done(authLogout, {}, bearer(token!));
      await expect.poll(() => second.call(authMe, {}, bearer(token!)).then(() => 'works', (problem: { slug: string }) => problem.slug), { timeout: 60_000 }).toBe('session-revoked'); // prettier-ignore
    } finally {
      await second.close();
    }
  });

  test('platform 23: Given the session list, when read, then no field contains a token and ip addresses are masked', async () => {
    const { token } = await company.signIn('aldo', { ip: '198.51.100.23' });
    const pair = await company.signIn('aldo', { ip: '2001:db8:7:8:9::23', tokenType: 'pair' });
    const cookies = await company.signIn('aldo', { ip: '203.0.113.23', tokenType: 'cookie' });
    const { items } = await company.done(authSessionsList, {}, bearer(token!));
    expect(items.find(({ current }) => current)).toMatchObject({ kind: 'bearer', ip: '198.51.100.x' });
    expect(items).toHaveLength(3);
    const text = JSON.stringify(items);
    expect(text).not.toMatch(/198\.51\.100\.23|203\.0\.113\.23|9::23|[0-9a-f]{64}|"\w*(token|hash|seed|secret)\w*"/i);
    for (const secret of [token, pair.accessToken, pair.refreshToken, pair.refreshToken!.split('.')[2], cookies.token])
      expect(text).not.toContain(secret!);
  });

  test('an account that is suspended, a membership that is suspended or gone: each ends the way in', async () => {
    const { token } = await company.signIn('vera');
    const id = await company.idOf('vera');
    const forget = () => company.clock.pass(6_000);
    await company.sql(`update auth.users set status = 'suspended' where id = $1`, [id]);
    forget();
    expect(await slug(token!)).toBe('account-suspended');
    expect(await company.slugOf(authMe, {}, company.key('vera'))).toBe('account-suspended');
    await company.sql(`update auth.users set status = 'active' where id = $1`, [id]);
    await company.sql(`update members set status = 'suspended' where id = $1`, [id]);
    forget();
    // Nothing is left but one's own affairs: to choose another tenant, or to leave.
    expect(await live(token!)).toMatchObject({ tenant: null, tenants: [], roles: [], permissions: [] });
    expect(await company.slugOf(auditList, {}, bearer(token!))).toBe('tenant-required');
    expect(await slug(token!, { tenant: 'acme' })).toBe('membership-suspended');
    expect(await company.slugOf(authMe, {}, company.key('vera'))).toBe('membership-suspended');
    await company.sql(`delete from auth.memberships where user_id = $1`, [id]);
    forget();
    expect(await slug(token!)).toBe('unauthenticated');
    expect(await company.slugOf(authMe, {}, company.key('vera'))).toBe('unauthenticated');
  });

  test('a suspended tenant lets nobody in', async () => {
    const { token } = await company.signIn('gustav');
    await company.sql(`update tenants set status = 'suspended' where slug = 'globex'`);
    company.clock.pass(6_000);
    expect(await company.slugOf(auditList, {}, bearer(token!))).toBe('tenant-required');
    for (const credentials of [bearer(token!), company.key('gustav')])
      expect(await company.slugOf(auditList, {}, credentials, { tenant: 'globex' })).toBe('tenant-suspended');
    await company.sql(`update tenants set status = 'active' where slug = 'globex'`);
  });
});

describe('more than one tenant', () => {
  test('switching gives a new token and ends the old one, with the same latest end', async () => {
    const signed = await company.signIn('priya', { slug: 'acme' });
    const globex = signed.tenants.find((tenant) => tenant.slug === 'globex')!;
    company.clock.pass(6 * HOUR);
    const switched = await company.done(authSwitchTenant, { tenantId: globex.id }, bearer(signed.token!));
    expect(switched).toMatchObject({ tenant: { slug: 'globex' }, tokenType: 'bearer' });
    expect(switched.token).not.toBe(signed.token);
    expect(await slug(signed.token!)).toBe('unauthenticated'); // nobody knows it any more
    expect(await live(switched.token!)).toMatchObject({ tenant: { slug: 'globex' }, roles: [{ key: 'approver' }] });
    const [row] = await company.sql<{ created_at: Date; expires_at: Date }>(
      'select created_at, expires_at from auth.sessions where user_id = $1 and revoked_at is null order by created_at desc limit 1',
      [await company.idOf('priya')],
    );
    expect(row!.expires_at.getTime() - row!.created_at.getTime()).toBe(7 * 24 * HOUR);
  });

  test('nobody switches to a tenant that is not theirs, and the session goes on', async () => {
    const signed = await company.signIn('dana');
    const [globex] = await company.sql<{ id: string }>(`select id from tenants where slug = 'globex'`);
    for (const tenantId of [globex!.id, crypto.randomUUID()])
      expect(await company.slugOf(authSwitchTenant, { tenantId }, bearer(signed.token!))).toBe('tenant-not-found');
    await live(signed.token!);
  });

  test('a tenant named with the call is entered when one is a member, and is unknown otherwise', async () => {
    const { token } = await company.signIn('priya', { slug: 'acme' });
    expect(await company.done(authMe, {}, bearer(token!), { tenant: 'globex' })).toMatchObject({ tenant: { slug: 'globex' } });
    const dana = (await company.signIn('dana')).token!;
    expect(await slug(dana, { tenant: 'globex' })).toBe('tenant-not-found');
    expect(await slug(dana, { tenant: 'no-such-tenant' })).toBe('tenant-not-found');
  });

  test('platform 63: Given a member is suspended in tenant A, when working in tenant B, then nothing changed there', async () => {
    const id = await company.idOf('priya');
    const { token } = await company.signIn('priya', { slug: 'acme' });
    await company.sql(`update members m set status = 'suspended' from tenants t where t.tenant_id = m.tenant_id and t.slug = 'acme' and m.id = $1`, [
      id,
    ]);
    company.clock.pass(6_000);
    expect(await slug(token!, { tenant: 'acme' })).toBe('membership-suspended');
    expect(await company.done(authMe, {}, bearer(token!), { tenant: 'globex' })).toMatchObject({ tenants: [{ slug: 'globex' }] });
    await company.sql(`update members set status = 'active' where id = $1`, [id]);
  });
});

test('without a credential, or with one of any other form, nobody gets in', async () => {
  expect(await company.slugOf(apiKeysList, {}, null)).toBe('unauthenticated');
  for (const token of ['', ' ', 'sy_', `sy_${'a'.repeat(16)}_${'b'.repeat(43)}`, 'x'.repeat(43), 'x'.repeat(10_000), "' or 1=1 --", '\0']) {
    expect(await company.slugOf(authMe, {}, bearer(token))).toBe('unauthenticated');
    expect(await company.slugOf(authMe, {}, cookie(token))).toBe('unauthenticated');
  }
});

test('ending a session stands in the audit trail', async () => {
  const { token } = await company.signIn('adam');
  await company.done(authLogout, {}, bearer(token!));
  await company.audit.flush();
  const { items } = await company.done(auditList, { operation: 'auth.logout' }, company.key('adam'));
  expect(items.map(({ actor, result }) => [actor.email, result])).toContainEqual(['adam@acme.example', 'success']);
});
