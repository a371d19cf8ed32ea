import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { apiKeysCreate, apiKeysRevoke, authMe } from './index.ts';
import { createPerson, setPassword } from './people.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());

const add = (person: object) =>
  company.databases
    .platform('test', (db) => createPerson(db, company.passwords, { email: 'new@acme.example', name: 'New One', password: 'vumqe xahilog trip', ...person }, company.clock.at))
    .then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore

describe('a new account', () => {
  test('needs an address, a name and a password that is not weak', async () => {
    for (const email of [
      '',
      'nobody',
      '@acme.example',
      'a b@acme.example',
      'a@b',
      'a,b@acme.example',
      '<a@acme.example',
      `${'x'.repeat(250)}@acme.example`,
    ])
      expect(await add({ email })).toBe('validation-failed');
    expect(await add({ name: ' ' })).toBe('validation-failed');
    expect(await add({ password: 'short' })).toBe('password-too-short');
    expect(await add({ password: 'x,'.repeat(600) })).toBe('validation-failed');
    expect(await add({ password: 'Password2026!' })).toBe('password-compromised');
    expect(await add({ password: 'new-acme-2026', context: ['Acme'] })).toBe('password-compromised');
  });
  test('has an address of its own, in whatever case', async () => {
    expect(await add({})).toBe('done');
    expect(await add({ email: 'NEW@acme.example' })).toBe('email-taken');
  });
  test('two at once with one address: one is made', async () => {
    expect((await Promise.all([add({ email: 'twin@acme.example' }), add({ email: 'Twin@acme.example' })])).sort()).toEqual(['done', 'email-taken']);
  });
});

test('platform 24: Given a password change, when done, then other sessions end', async () => {
  const { token } = await company.signIn('vera');
  await company.databases.platform('test', async (db) =>
    setPassword(
      db,
      company.passwords,
      { id: await company.idOf('vera'), email: 'vera@acme.example', name: 'Vera Lind' },
      'quite another phrase',
      company.clock.at,
    ),
  );
  expect(await company.slugOf(authMe, {}, bearer(token!))).toBe('session-revoked');
  await company.signIn('vera', { password: 'quite another phrase' });
});

describe('who asked for a Change, as they are later', () => {
  const revive = async (credentials: ReturnType<typeof bearer>, meanwhile: () => Promise<unknown>) => {
    const actor = await company.iam.authenticate({ credentials, ip: null, surface: 'rest' });
    await meanwhile();
    return company.iam.revive(actor).then((now) => now.permissionCap ?? now.name, (problem: { slug: string }) => problem.slug); // prettier-ignore
  };
  const nothing = async (): Promise<void> => undefined;

  test('an ended session ends nothing; a suspended account and a lost membership do', async () => {
    const signed = async () => bearer((await company.signIn('dana')).token!);
    const id = await company.idOf('dana');
    expect(await revive(await signed(), () => company.sql('update auth.sessions set revoked_at = now() where user_id = $1', [id]))).toBe(
      'Dana Novak',
    );
    expect(await revive(await signed(), () => company.sql(`update auth.users set status = 'suspended' where id = $1`, [id]))).toBe('unauthenticated');
    await company.sql(`update auth.users set status = 'active' where id = $1`, [id]);
    expect(await revive(await signed(), () => company.sql(`update members set status = 'suspended' where id = $1`, [id]))).toBe('unauthenticated');
    await company.sql(`update members set status = 'active' where id = $1`, [id]);
  });

  test('a key that was revoked or has expired ends it, and its cap is that of now', async () => {
    const session = bearer((await company.signIn('olivia')).token!);
    const make = () => company.done(apiKeysCreate, { name: 'ci', permissions: ['users:read'], expiresInDays: 1 }, session);
    const [one, two, three] = [await make(), await make(), await make()];
    expect(await revive(bearer(one.key), nothing)).toEqual(['users:read']);
    expect(await revive(bearer(two.key), () => company.done(apiKeysRevoke, { id: two.id }, session))).toBe('unauthenticated');
    expect(await revive(bearer(three.key), async () => company.clock.pass(86_400_000))).toBe('unauthenticated');
  });

  test('parts of the system are always there, strangers never', async () => {
    const actor = {
      kind: 'system' as const,
      id: 'system:dns',
      name: 'dns',
      email: null,
      tenantId: crypto.randomUUID(),
      tenantSlug: '',
      credentialId: null,
      permissionCap: null,
      ip: null,
    };
    expect(await company.iam.revive(actor)).toEqual(actor);
    await expect(company.iam.revive({ ...actor, kind: 'anonymous' })).rejects.toThrow(/Nobody signed in/);
  });
});
