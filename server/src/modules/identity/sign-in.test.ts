import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { watchEffort } from '#test/effort.ts';
import { authLogin, authMe, authSessionsList } from './index.ts';
import { createPasswords } from './passwords.ts';
import { takeTry } from './throttle.ts';

const MINUTE = 60_000;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const tryWith = (email: string, password: string, from = {}) => company.refused(authLogin, { email, password }, null, from);
const wrong = (name: string, from = {}) => tryWith(company.login(name).email, 'not the password', from);
const times = async (count: number, act: (index: number) => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await act(index);
};

describe('signing in', () => {
  test('the right password opens a session that knows its person, tenant and end', async () => {
    const signed = await company.signIn('olivia');
    expect(signed).toMatchObject({
      user: { email: 'olivia@acme.example', name: 'Olivia Owens' },
      tenant: { slug: 'acme', name: 'Acme Networks' },
      tokenType: 'bearer',
    });
    expect(new Date(signed.expiresAt).getTime() - company.clock.at.getTime()).toBe(8 * 60 * MINUTE);
    expect(await company.done(authMe, {}, bearer(signed.token!))).toMatchObject({
      actor: { kind: 'user', email: 'olivia@acme.example' }, tenant: { slug: 'acme' }, tenants: [{ slug: 'acme', roles: ['owner'] }], roles: [{ key: 'owner', name: 'Owner' }], permissions: ['*'], session: { expiresAt: signed.expiresAt },
    }); // prettier-ignore
    expect(await company.done(authMe, {}, cookie(signed.token!))).toMatchObject({ tenant: { slug: 'acme' } });
  });

  test('the address is found in any spelling of its case', async () => {
    const { email, password } = company.login('olivia');
    expect(await company.done(authLogin, { email: ` ${email.toUpperCase()} `, password }, null)).toMatchObject({ user: { email } });
  });

  test('platform 11: Given a wrong password and an unknown address, when logging in, then status, body and work are alike', async () => {
    const before = company.passwords.verified;
    const known = await wrong('olivia');
    const afterKnown = company.passwords.verified;
    const unknown = await tryWith('nobody@acme.example', 'not the password');
    const afterUnknown = company.passwords.verified;
    expect([afterKnown - before, afterUnknown - afterKnown]).toEqual([1, 1]);
    const body = ({ toJSON: _, extras: { decisionId: __, ...extras }, slug, kind, message }: typeof known) => ({
      slug,
      status: kind.status,
      message,
      extras,
    });
    expect(body(known)).toEqual(body(unknown));
    expect(known.kind.status).toBe(401);
    // Nothing but passwords and statements takes time here: as many of each, in the same order, and as many commits with something to write.
    const watch = watchEffort(company.passwords);
    try {
      const workOf = async (email: string, password = 'not the password') => (await watch.of(() => tryWith(email, password))).done;
      const [ofKnown, ofUnknown] = [await workOf('olivia@acme.example'), await workOf('somebody@acme.example')];
      const noted = (text: string) => (/^insert into auth\.activity|pg_logical_emit_message/.test(text) ? 'the failure' : text);
      expect(ofKnown.map(noted)).toEqual(ofUnknown.map(noted));
      expect(ofKnown.filter((done) => done === 'argon2id')).toHaveLength(1);
      expect(ofKnown.map(noted).filter((done) => done === 'the failure')).toHaveLength(1);
    } finally {
      watch.stop();
    }
  });

  test('an account without a password answers like any other', async () => {
    await company.sql(`insert into auth.users (id, email, name) values (gen_random_uuid(), 'empty@acme.example', 'Empty')`);
    const before = company.passwords.verified;
    expect((await tryWith('empty@acme.example', '')).slug).toBe('validation-failed');
    expect((await tryWith('empty@acme.example', 'no password is this one')).slug).toBe('invalid-credentials');
    expect(company.passwords.verified - before).toBe(1);
  });

  test.each([
    ['no address', { password: 'x' }],
    ['a number', { email: 1, password: 'x' }],
    ['a NUL in the address', { email: 'a\0b@acme.example', password: 'x' }],
    ['a NUL in the tenant', { email: 'olivia@acme.example', password: 'x', tenant: 'ac\0me' }],
    ['a password of 1,025 bytes', { email: 'olivia@acme.example', password: 'é'.repeat(513) }],
    ['a field that does not exist', { email: 'olivia@acme.example', password: 'x', admin: true }],
  ])('%s is 422 and no password is looked at', async (_name, input) => {
    const before = company.passwords.verified;
    expect(await company.slugOf(authLogin, input, null)).toBe('validation-failed');
    expect(company.passwords.verified).toBe(before);
  });

  test('an account that is suspended says so only to who knows the password', async () => {
    await company.sql(`update auth.users set status = 'suspended' where email = 'vera@acme.example'`);
    expect((await wrong('vera')).slug).toBe('invalid-credentials');
    expect(await company.slugOf(authLogin, company.login('vera'), null)).toBe('validation-failed');
    const { email, password } = company.login('vera');
    expect((await tryWith(email, password)).slug).toBe('account-suspended');
    await company.sql(`update auth.users set status = 'active' where email = 'vera@acme.example'`);
  });

  test('a tenant that one is no member of is refused, after the password', async () => {
    expect((await company.refused(authLogin, { email: 'dana@acme.example', password: 'not the password', tenant: 'globex' }, null)).slug).toBe(
      'invalid-credentials',
    );
    const { password } = company.login('dana');
    for (const tenant of ['globex', 'no-such-tenant'])
      expect((await company.refused(authLogin, { email: 'dana@acme.example', password, tenant }, null)).slug).toBe('no-membership');
    await company.sql(`update members set status = 'suspended' where id = $1`, [await company.idOf('dana')]);
    expect(await company.signIn('dana')).toMatchObject({ tenant: null, tenants: [] });
    await company.sql(`update members set status = 'active' where id = $1`, [await company.idOf('dana')]);
  });

  test('platform 17: Given a user of two tenants, when logging in, then both are listed and no tenant is chosen silently', async () => {
    const signed = await company.signIn('priya', { slug: 'globex' });
    expect(signed).toMatchObject({ tenant: { slug: 'globex' }, tenants: [{ slug: 'acme' }, { slug: 'globex' }] });
    const without = await company.signIn('priya');
    expect(without).toMatchObject({ tenant: null, tenants: [{ slug: 'acme' }, { slug: 'globex' }] });
    expect(await company.done(authMe, {}, bearer(without.token!))).toMatchObject({
      tenant: null,
      roles: [],
      permissions: [],
      tenants: [{ slug: 'acme' }, { slug: 'globex' }],
    });
    expect(await company.slugOf(auditList, {}, bearer(without.token!))).toBe('tenant-required');
    expect(await company.done(authMe, {}, bearer(without.token!), { tenant: 'acme' })).toMatchObject({ tenant: { slug: 'acme' } });
  });

  test('a hash of weaker parameters is replaced when its owner signs in', async () => {
    const weak = createPasswords({ memoryCost: 32, timeCost: 1, parallelism: 1 });
    await company.sql(`update auth.users set password_hash = $1 where email = 'aldo@acme.example'`, [
      await weak.hash(company.login('aldo').password),
    ]);
    await company.signIn('aldo');
    const [row] = await company.sql<{ password_hash: string }>(`select password_hash from auth.users where email = 'aldo@acme.example'`);
    expect(row!.password_hash).toContain('$m=64,t=1,p=1$');
    await company.signIn('aldo');
  });

  test('a session that came along is neither carried on nor in the way (fixation)', async () => {
    const planted = (await company.signIn('vera')).token!;
    const { email, password } = company.login('olivia');
    const signed = await company.done(authLogin, { email, password, tokenType: 'cookie' }, cookie(planted));
    expect(signed).toMatchObject({ status: 'signed-in', token: expect.not.stringMatching(planted) });
    expect(await company.done(authMe, {}, cookie(planted))).toMatchObject({ actor: { email: 'vera@acme.example' } });
    expect(await company.done(authLogin, { email, password }, cookie('x'.repeat(43)))).toMatchObject({ user: { email } });
  });

  test('the eleventh session ends the first', async () => {
    const tokens: string[] = [];
    await times(11, async () => void tokens.push((await company.signIn('gustav')).token!));
    expect(await company.slugOf(authMe, {}, bearer(tokens[0]!))).toBe('session-revoked');
    expect((await company.done(authSessionsList, {}, bearer(tokens[10]!))).items).toHaveLength(10);
  });
});

describe('what is kept', () => {
  test('a sign-in and a failed one stand in the audit trail of the tenant, with the address they came from', async () => {
    await wrong('olivia', { ip: '198.51.100.20' });
    await company.signIn('olivia', { ip: '198.51.100.20' });
    await company.audit.flush();
    const { items } = await company.done(auditList, { operation: 'auth.login' }, company.key('olivia'));
    const mine = items
      .filter((entry) => entry.ip === '198.51.100.20')
      .map(({ actor, result, reason }) => [actor.email, result, reason?.code ?? null]);
    expect(mine).toEqual([['olivia@acme.example', 'success', null], ['olivia@acme.example', 'failure', 'invalid-credentials']]); // prettier-ignore
  });

  test('no password, token or key is in the log, in an audit entry, in an event or in a problem', async () => {
    const signed = await company.signIn('olivia', { envelope: { idempotencyKey: 'sign-in-1' } });
    const problem = JSON.stringify(await tryWith('olivia@acme.example', 'canary-of-a-password'));
    await company.audit.flush();
    const kept = await company.databases.tenant({ tenantId: signed.tenant!.id }, async (db) => {
      const { rows } = await db.$client.query<{ row: string }>(
        'select a::text as row from audit_entries a union all select e::text from events e union all select i::text from idempotency_keys i',
      );
      return rows.map(({ row }) => row);
    });
    const text = [problem, ...company.log, ...kept].join('\n');
    expect(kept.length).toBeGreaterThan(0);
    for (const secret of ['canary-of-a-password', signed.token!, company.login('olivia').password, company.login('olivia').apiKey])
      expect(text).not.toContain(secret);
  });
});

describe('guessing', () => {
  test('platform 12: Given five failures for one address, when the right password follows within 15 min, then 429 locked', async () => {
    await times(5, () => wrong('olivia'));
    const before = company.passwords.verified;
    const { email, password } = company.login('olivia');
    const locked = await tryWith(email, password);
    expect([locked.slug, locked.kind.status, locked.extras.retryAfterSeconds]).toEqual(['locked', 429, 900]);
    expect(company.passwords.verified).toBe(before); // not even looked at
    expect((await tryWith(email, password)).extras.retryAfterSeconds).toBe(900); // and asking does not make it longer
    company.clock.pass(15 * MINUTE);
    await company.signIn('olivia');
  });

  test('the lock of an address that does not exist looks the same', async () => {
    await times(5, () => tryWith('ghost@acme.example', 'whatever it is'));
    expect((await tryWith('ghost@acme.example', 'whatever it is')).slug).toBe('locked');
  });

  test('five failures from one network do not lock the owner out elsewhere', async () => {
    await times(5, () => wrong('olivia', { ip: '198.51.100.1' }));
    expect(await company.signIn('olivia', { ip: '203.0.113.9' })).toMatchObject({ tenant: { slug: 'acme' } });
    expect((await wrong('olivia', { ip: '198.51.100.1' })).slug).toBe('locked'); // where the guessing was
  });

  test('ten failures from many networks lock the address everywhere for an hour, fifteen for a day', async () => {
    await times(10, (index) => wrong('olivia', { ip: `198.51.100.${index}` }));
    const { email, password } = company.login('olivia');
    expect((await tryWith(email, password, { ip: '203.0.113.9' })).extras.retryAfterSeconds).toBe(3600);
    company.clock.pass(60 * MINUTE);
    await times(5, (index) => wrong('olivia', { ip: `198.51.101.${index}` }));
    expect((await tryWith(email, password, { ip: '203.0.113.9' })).extras.retryAfterSeconds).toBe(86_400);
    company.clock.pass(24 * 60 * MINUTE);
    await company.signIn('olivia', { ip: '203.0.113.9' });
  });

  test('twenty failures from one network block it, whichever addresses were tried, and nobody else', async () => {
    await times(20, (index) => tryWith(`guess-${index}@acme.example`, 'whatever it is', { ip: '2001:db8:1:2::7' }));
    const { email, password } = company.login('olivia');
    expect((await tryWith(email, password, { ip: '2001:db8:1:2:ffff::1' })).slug).toBe('network-blocked');
    await company.signIn('olivia', { ip: '2001:db8:1:3::1' });
  });

  test('good sign-ins from one network never block it', async () => {
    await times(25, () => company.signIn('olivia', { ip: '198.51.100.88' }));
    expect((await wrong('olivia', { ip: '198.51.100.88' })).slug).toBe('invalid-credentials');
  });

  test('of fifty parallel tries no more than five are looked at, and the address is locked then', async () => {
    const before = company.passwords.verified;
    const slugs = await Promise.all(Array.from({ length: 50 }, async () => (await wrong('dana')).slug));
    expect(company.passwords.verified - before).toBe(5);
    expect(slugs.filter((slug) => slug === 'invalid-credentials')).toHaveLength(5);
    expect(slugs.filter((slug) => slug === 'locked')).toHaveLength(45);
    const { email, password } = company.login('dana');
    expect((await tryWith(email, password)).slug).toBe('locked');
  });

  test('of fifty parallel tries by many processes five pass, and none is lost in the count', async () => {
    const counters = [{ limit: 'pair', subject: 'x' }, { limit: 'network', subject: 'y' }] as const; // prettier-ignore
    const taken = await Promise.all(
      Array.from({ length: 50 }, () => company.databases.platform('test', (db) => takeTry(db, counters, company.clock.at))),
    );
    expect(taken.filter(({ lock }) => lock === null)).toHaveLength(5);
    expect(await company.sql('select tries from auth.login_attempts')).toEqual([{ tries: 5 }, { tries: 5 }]);
  });

  test('a person who signs in from eight windows at once is not locked out', async () => {
    const signed = await Promise.all(Array.from({ length: 8 }, () => company.signIn('vera')));
    expect(new Set(signed.map(({ token }) => token)).size).toBe(8);
  });

  test('parallel good sign-ins all work, and leave no more than ten sessions', async () => {
    company.clock.pass(1000);
    const signed = await Promise.all(Array.from({ length: 4 }, () => company.signIn('adam')));
    expect(new Set(signed.map(({ token }) => token)).size).toBe(4);
    await Promise.all(Array.from({ length: 4 }, () => company.signIn('adam')));
    await Promise.all(Array.from({ length: 4 }, () => company.signIn('adam')));
    const [live] = await company.sql<{ count: string }>('select count(*) from auth.sessions where user_id = $1 and revoked_at is null', [
      await company.idOf('adam'),
    ]);
    expect(live!.count).toBe('10');
  });

  test('a restart forgets no failure', async () => {
    await times(5, () => wrong('aldo'));
    const second = await createCompany({ beside: company });
    try {
      second.clock.at = company.clock.at;
      const { email, password } = company.login('aldo');
      expect(await second.slugOf(authLogin, { email, password }, null)).toBe('locked');
    } finally {
      await second.close();
    }
  });

  test('counters that say nothing any more are swept', async () => {
    await wrong('olivia');
    company.clock.pass(3 * 24 * 60 * MINUTE);
    await company.signIn('adam');
    const rows = await company.sql(`select key from auth.login_attempts where updated_at < $1`, [
      new Date(company.clock.at.getTime() - 2 * 24 * 60 * MINUTE),
    ]);
    expect(rows).toEqual([]);
  });
});
