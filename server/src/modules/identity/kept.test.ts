import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invitationsCreate, invitationsVerify } from '#modules/tenancy/index.ts';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { authMe, authRefresh } from './index.ts';
import { authForgotPassword, authResetPassword } from './registration/index.ts';

let company: Company;
/** Sees the whole database, as who has a copy of it does. */
let root: pg.Client;
beforeAll(async () => {
  company = await createCompany();
  root = new pg.Client({ connectionString: company.databaseUrl });
  await root.connect();
});
afterAll(async () => {
  await root.end();
  await company.close();
});

const roleOf = async (key: string): Promise<string> =>
  (await company.sql<{ id: string }>(`select r.id from roles r join tenants t on t.id = r.tenant_id where t.slug = 'acme' and r.key = $1`, [key]))[0]!
    .id;

test('platform 22: Given a dump of the database, when any stored value is presented as cookie, refresh token, API key, reset or invitation token, then it is refused', async () => {
  const { token, tenant } = await company.signIn('olivia');
  const { accessToken, refreshToken } = await company.signIn('olivia', { tokenType: 'pair' });
  await company.done(authForgotPassword, { email: company.login('olivia').email }, null);
  await company.call(
    invitationsCreate,
    { id: tenant!.id, items: [{ email: 'new@acme.example', roleIds: [await roleOf('viewer')] }] },
    company.key('olivia'),
  );
  const links = company.mails.map(({ data }) => ('link' in data ? data.link : '').split('#token=')[1]).filter((one) => one !== undefined);
  expect(links.length).toBeGreaterThan(0);
  const tables = await company.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('auth', 'public', 'pgboss')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) rows.push(...(await root.query<{ row: string }>(`select t::text as row from ${name} t`)).rows.map(({ row }) => row));
  const dump = rows.join('\n');
  const secrets = [token!, accessToken!, refreshToken!, ...links, ...company.logins.flatMap((login) => [login.password, login.apiKey])];
  for (const secret of secrets) expect(dump).not.toContain(secret);

  const values = new Set(dump.split(/[(),"{}\s]+/).filter((part) => part.length >= 32));
  for (const value of values) {
    for (const credentials of [bearer(value), cookie(value)]) expect((await company.refused(authMe, {}, credentials)).kind.status).toBe(401);
    expect(await company.slugOf(authRefresh, { refreshToken: value.slice(0, 200) }, null)).toMatch(/^(token-invalid|rate-limited)$/);
  }
  // Tokens of several parts, put together from what is there.
  const [pair] = await company.sql<{ id: string; generation: number }>(
    'select id, generation from auth.sessions where generation is not null order by created_at desc limit 1',
  );
  const keys = await company.sql<{ id: string; hash: string }>('select public_id as id, key_hash as hash from auth.api_keys');
  const macs = new Set(
    [...values].flatMap((value) => [value.slice(0, 43), Buffer.from(value, 'hex').toString('base64url')]).filter((mac) => mac.length === 43),
  );
  for (const mac of macs) {
    await company.sql('delete from auth.login_attempts');
    for (const generation of [pair!.generation, pair!.generation + 1])
      expect(await company.slugOf(authRefresh, { refreshToken: `swr_${pair!.id}.${generation}.${mac}` }, null)).toBe('token-invalid');
  }
  for (const { id, hash } of keys)
    for (const secret of [hash.slice(0, 43), Buffer.from(hash, 'hex').toString('base64url')]) {
      await company.sql('delete from auth.login_attempts');
      expect((await company.refused(authMe, {}, bearer(`sy_${id}_${secret}`))).slug).toBe('unauthenticated');
    }
  expect([macs.size > 3, keys.length > 3]).toEqual([true, true]);
  // What stands where a link's token is kept, tried as that token.
  for (const value of [...values].filter((one) => /^[0-9a-f]{64}$/.test(one))) {
    await company.sql('delete from auth.login_attempts');
    expect((await company.refused(authResetPassword, { token: value, password: 'another staple battery' }, null)).kind.status).toBeGreaterThanOrEqual(
      400,
    );
    expect((await company.refused(invitationsVerify, { token: value }, null)).kind.status).toBeGreaterThanOrEqual(400);
  }
  await company.done(authMe, {}, bearer(token!));
});
