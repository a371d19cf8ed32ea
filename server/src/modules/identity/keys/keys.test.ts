import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rolesList } from '#modules/access/index.ts';
import { membersList } from '#modules/tenancy/index.ts';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { apiKeysCreate, apiKeysList, apiKeysRevoke, authLogout, authMe, authSwitchTenant, authSessionsList } from '../index.ts';

const DAY = 86_400_000;
let company: Company;
let olivia: ReturnType<typeof bearer>;
beforeAll(async () => {
  company = await createCompany();
  olivia = bearer((await company.signIn('olivia')).token!);
});
afterAll(() => company.close());
beforeEach(async () => {
  await company.sql('delete from auth.login_attempts');
  olivia = bearer((await company.signIn('olivia')).token!);
});

const make = (input: object = {}, credentials = olivia) => company.done(apiKeysCreate, { name: 'ci', ...input }, credentials);
const me = (key: string, from = {}) => company.slugOf(authMe, {}, bearer(key), from);

describe('making keys', () => {
  test('a key is shown once, works, and only its hash is kept', async () => {
    const made = await make();
    expect(made.key).toMatch(new RegExp(`^${made.prefix}_[\\w-]{43}$`));
    expect(await company.done(authMe, {}, bearer(made.key))).toMatchObject({
      actor: { kind: 'apiKey', email: 'olivia@acme.example' },
      session: null,
    });
    const { items } = await company.done(apiKeysList, {}, olivia);
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ name: 'ci', prefix: made.prefix, permissions: null });
    expect(JSON.stringify(items)).not.toContain(made.key.slice(-43));
    const rows = await company.sql<{ row: string }>('select k::text as row from auth.api_keys k');
    expect(JSON.stringify(rows)).not.toContain(made.key.slice(-43));
  });

  test('a replay by idempotency key shows everything but the key', async () => {
    const envelope = { idempotencyKey: 'make-a-key' };
    const first = await company.done(apiKeysCreate, { name: 'twice' }, olivia, { envelope });
    const again = await company.call(apiKeysCreate, { name: 'twice' }, olivia, { envelope });
    expect(again).toMatchObject({ status: 'done', replayed: true, output: { id: first.id } });
    expect(JSON.stringify(again)).not.toContain(first.key);
  });

  test('a key lives ninety days unless told otherwise, and no more than a year', async () => {
    const made = await make();
    expect(new Date(made.expiresAt).getTime() - company.clock.at.getTime()).toBe(90 * DAY);
    expect(await company.slugOf(apiKeysCreate, { name: 'ci', expiresInDays: 366 }, olivia)).toBe('validation-failed');
  });

  test('whoever lacks the permission makes none, and a key makes no other', async () => {
    expect(await company.slugOf(apiKeysCreate, { name: 'ci' }, bearer((await company.signIn('vera')).token!))).toBe('permission-denied');
    expect(await company.slugOf(apiKeysCreate, { name: 'ci' }, company.key('olivia'))).toBe('session-required');
    for (const operation of [apiKeysList, authSessionsList, authLogout])
      expect(await company.slugOf(operation, {}, company.key('olivia'))).toBe('session-required');
    expect(await company.slugOf(authSwitchTenant, { tenantId: crypto.randomUUID() }, company.key('olivia'))).toBe('session-required');
  });

  test('a tenant has no more than two hundred live keys, also when they are made at once', async () => {
    const [row] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
    const [count] = await company.sql<{ count: string }>(`select count(*) from auth.api_keys where tenant_id = $1`, [row!.id]);
    await company.sql(
      `insert into auth.api_keys (id, public_id, key_hash, user_id, tenant_id, name, created_at, expires_at)
       select gen_random_uuid(), lpad(translate(n::text, '0189', 'abcd'), 16, 'z'), repeat('0', 64), $1, $2, 'filler', now(), now() + interval '400 days' from generate_series(1, $3::int) n`,
      [await company.idOf('olivia'), row!.id, 200 - Number(count!.count) - 2],
    );
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => make().then(() => 'made', (problem: { slug: string }) => problem.slug))); // prettier-ignore
    expect(outcomes.sort()).toEqual(['key-limit-reached', 'key-limit-reached', 'key-limit-reached', 'made', 'made']);
    await company.sql(`delete from auth.api_keys where name = 'filler'`);
  });
});

describe('what a key may do', () => {
  test('its cap stops what its owner may', async () => {
    const { key } = await make({ permissions: ['users:read'] });
    await company.done(membersList, {}, bearer(key));
    const refusal = await company.refused(rolesList, {}, bearer(key));
    expect([refusal.slug, refusal.kind.status]).toEqual(['insufficient-token-scope', 403]);
    expect(await company.done(authMe, {}, bearer(key))).toMatchObject({ permissions: ['users:read'] });
  });

  test('a cap opens nothing that its owner loses later', async () => {
    const adam = bearer((await company.signIn('adam')).token!);
    const { key } = await make({ permissions: ['users:read'] }, adam);
    await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [await company.idOf('adam')]);
    company.clock.pass(31_000);
    expect(await company.slugOf(membersList, {}, bearer(key))).toBe('permission-denied');
    await company.sql(`update grants set revoked_at = null where subject_id = $1`, [await company.idOf('adam')]);
    company.clock.pass(31_000);
  });

  test('a cap beyond one’s own rights is refused, and so is one that means nothing', async () => {
    const dana = bearer((await company.signIn('dana')).token!);
    expect(await company.slugOf(apiKeysCreate, { name: 'ci', permissions: ['audit:read'] }, dana)).toBe('grant-escalation');
    expect(await company.slugOf(apiKeysCreate, { name: 'ci', permissions: ['*'] }, dana)).toBe('grant-escalation');
    for (const pattern of ['lamps:light', 'users', '', 'users:*:read', 'us*:read', '**']) {
      const problem = await company.refused(apiKeysCreate, { name: 'ci', permissions: ['users:read', pattern] }, olivia);
      expect([problem.slug, problem.extras.errors?.[0]?.pointer]).toEqual(['permission-unknown', '/permissions/1']);
    }
  });

  test('a key belongs to one tenant', async () => {
    const priya = company.login('priya').apiKey;
    expect(await company.done(authMe, {}, bearer(priya))).toMatchObject({ tenant: { slug: 'acme' }, tenants: [{ slug: 'acme' }] });
    expect(await me(priya, { tenant: 'globex' })).toBe('tenant-not-found');
    expect(await company.done(authMe, {}, bearer(priya), { tenant: 'acme' })).toMatchObject({ tenant: { slug: 'acme' } });
  });

  test('a key in a cookie is no session', async () => {
    expect(await company.slugOf(authMe, {}, cookie(company.login('olivia').apiKey))).toBe('unauthenticated');
  });
});

describe('the end of a key', () => {
  test('revoking is felt by the very next call, and can be done once', async () => {
    const { id, key } = await make();
    await company.done(authMe, {}, bearer(key));
    await company.done(apiKeysRevoke, { id }, olivia);
    expect(await me(key)).toBe('unauthenticated');
    expect(await company.slugOf(apiKeysRevoke, { id }, olivia)).toBe('not-found');
  });

  test('the key of another person or in another tenant is not found, and goes on', async () => {
    const { id, key } = await make();
    for (const name of ['dana', 'gustav'])
      expect(await company.slugOf(apiKeysRevoke, { id }, bearer((await company.signIn(name)).token!))).toBe('not-found');
    await company.done(authMe, {}, bearer(key));
  });

  test('after its last day it is refused', async () => {
    const { key } = await make({ expiresInDays: 1 });
    await company.done(authMe, {}, bearer(key));
    company.clock.pass(DAY);
    expect(await me(key)).toBe('unauthenticated');
  });

  test('last use is written at most once a minute', async () => {
    const { id, key } = await make();
    const used = async () =>
      (await company.sql<{ at: Date | null }>('select last_used_at as at from auth.api_keys where id = $1', [id]))[0]!.at?.getTime();
    expect(await used()).toBeUndefined();
    await company.done(authMe, {}, bearer(key));
    const first = company.clock.at.getTime();
    expect(await used()).toBe(first);
    company.clock.pass(59_000);
    await company.done(authMe, {}, bearer(key));
    expect(await used()).toBe(first);
    company.clock.pass(6_000);
    await company.done(authMe, {}, bearer(key));
    expect(await used()).toBe(first + 65_000);
  });
});

describe('guessing keys', () => {
  test('after twenty unknown keys the network is told to stop, and a good key on it still works', async () => {
    const { key } = await make();
    const guess = (index: number) => `sy_${'q'.repeat(15)}${'abcdefghijklmnopqrstuvwxyz'[index % 26]}_${'g'.repeat(43)}`;
    const slugs: string[] = [];
    for (let index = 0; index < 22; index += 1) slugs.push(await me(guess(index), { ip: '203.0.113.50' }));
    expect(slugs.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'unauthenticated'));
    expect(slugs.slice(20)).toEqual(['network-blocked', 'network-blocked']);
    expect(await company.done(authMe, {}, bearer(key), { ip: '203.0.113.50' })).toMatchObject({ actor: { kind: 'apiKey' } });
    expect(await me(guess(1), { ip: '203.0.113.51' })).toBe('unauthenticated');
  });

  test('the right public id with a wrong secret is as unknown as any', async () => {
    const { key } = await make();
    const forged = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    expect((await company.refused(authMe, {}, bearer(forged))).message).toBe(
      (await company.refused(authMe, {}, bearer(`sy_${'q'.repeat(16)}_${'g'.repeat(43)}`))).message,
    );
  });
});
