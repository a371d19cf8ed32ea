import { afterAll, beforeAll, expect, test } from 'vitest';
import { authLogin, authMe } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { seedPeople } from './demo-people.ts';

let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());

test('every demo login works by password and by key, in its tenant and role', async () => {
  for (const { email, password, apiKey, role, tenant } of company.logins) {
    expect(await company.done(authLogin, { email, password, tenant }, null)).toMatchObject({ user: { email }, tenant: { slug: tenant } });
    expect(await company.done(authMe, {}, bearer(apiKey))).toMatchObject({ actor: { email }, tenant: { slug: tenant }, roles: [{ key: role }] });
  }
  expect(company.logins.map(({ role }) => role)).toEqual(['owner', 'admin', 'developer', 'approver', 'auditor', 'viewer', 'owner']);
});

const counts = () =>
  company.sql<{ people: string; members: string; grants: string; keys: string; roles: string }>(
    `select (select count(*) from auth.users) as people, (select count(*) from members) as members, (select count(*) from grants) as grants, (select count(*) from auth.api_keys) as keys, (select count(*) from roles) as roles`,
  );

test('a second start with what the first wrote down changes nothing', async () => {
  const before = await counts();
  expect(await seedPeople(company, company.logins, company.passwords)).toEqual(company.logins);
  expect(await counts()).toEqual(before);
});

test('without what the first wrote down, people and grants stay, and passwords and keys are new', async () => {
  const before = (await counts())[0]!;
  const again = await seedPeople(company, [], company.passwords);
  const after = (await counts())[0]!;
  expect({ ...after, keys: before.keys }).toEqual(before);
  expect(again.map(({ email }) => email)).toEqual(company.logins.map(({ email }) => email));
  expect(again.some(({ password, apiKey }) => company.logins.some((old) => old.password === password || old.apiKey === apiKey))).toBe(false);
  const { email, password } = company.logins[0]!;
  expect(await company.slugOf(authLogin, { email, password }, null)).toBe('invalid-credentials');
  expect(await company.done(authLogin, { email, password: again[0]!.password }, null)).toMatchObject({ user: { email } });
});

test('a key that was revoked or belongs to somebody else is replaced', async () => {
  const now = await seedPeople(company, [], company.passwords);
  await company.sql(`update auth.api_keys set revoked_at = now() where public_id = $1`, [now[1]!.apiKey.slice(3, 19)]);
  const mixed = now.map((login, index) => (index === 2 ? { ...login, apiKey: now[3]!.apiKey } : login));
  const again = await seedPeople(company, mixed, company.passwords);
  expect(again[0]!.apiKey).toBe(now[0]!.apiKey);
  expect(again[1]!.apiKey).not.toBe(now[1]!.apiKey);
  expect(again[2]!.apiKey).not.toBe(now[3]!.apiKey);
});
