import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { authLogin, authMe, authSwitchTenant } from '../index.ts';
import { mayEnter } from './entry.ts';

describe('ways into a tenant', () => {
  const only = (...allowedSignIn: string[]) => ({ tenantId: 'a', allowedSignIn, ssoEnforced: false, owns: false });
  const enforcing = (owns: boolean) => ({ ...only('password', 'passkey', 'google', 'oidc'), ssoEnforced: true, owns });
  const by = (way: string, ofTenant: string | null = null, level: 1 | 2 = 1) => ({ way, ofTenant, level });
  test.each([
    [only('password'), by('password'), true],
    [only('passkey', 'google'), by('password'), false],
    [only('google'), by('google'), true],
    [only('oidc'), by('oidc', 'a'), true],
    [only('oidc'), by('oidc', 'b'), false],
    [only('oidc'), by('oidc'), false],
    [only('oidc', 'password'), by('oidc', 'b'), false],
    [only('oidc', 'password'), by('oidc', 'b', 2), false],
    [only(), by('password'), false],
    [enforcing(false), by('oidc', 'a'), true],
    [enforcing(false), by('oidc', 'b'), false],
    [enforcing(false), by('passkey', null, 2), false],
    [enforcing(false), by('google'), false],
    [enforcing(true), by('password'), false],
    [enforcing(true), by('password', null, 2), true],
  ])('%o, come by %o: %s', (tenant, entry, allowed) => expect(mayEnter(tenant, entry)).toBe(allowed));
});

describe('a tenant that asks for passkeys', () => {
  let company: Company;
  beforeAll(async () => void (company = await createCompany()));
  afterAll(() => company.close());
  const acme = async (ways: string[] | null) => {
    const change = ways ? `jsonb_build_object('security', jsonb_build_object('allowedSignIn', $1::jsonb))` : `'{}'::jsonb`;
    await company.sql(`update tenant_settings s set value = ${change} from tenants t where t.tenant_id = s.tenant_id and t.slug = 'acme'`, ways ? [JSON.stringify(ways)] : []); // prettier-ignore
    company.clock.pass(6_000);
  };
  const me = (token: string, from = {}) => company.done(authMe, {}, bearer(token), from);

  test('lets no password in: asked for it refuses, else one is in no tenant, and elsewhere nothing changes', async () => {
    const before = await company.signIn('priya', { slug: 'acme' });
    await acme(['passkey']);
    try {
      // Also a session from before the rule goes on nowhere but in its own affairs.
      expect(await me(before.token!)).toMatchObject({ tenant: null });
      const { email, password } = company.login('priya');
      const refused = await company.refused(authLogin, { email, password, tenant: 'acme' }, null);
      expect([refused.slug, refused.kind.status, refused.extras['allowed']]).toEqual(['sign-in-not-allowed', 403, ['passkey']]);
      const { token, tenants } = await company.signIn('priya', { slug: 'globex' });
      const home = tenants.find(({ slug }) => slug === 'acme')!;
      expect(await company.slugOf(authSwitchTenant, { tenantId: home.id }, bearer(token!))).toBe('sign-in-not-allowed');
      expect(await company.slugOf(authMe, {}, bearer(token!), { tenant: 'acme' })).toBe('sign-in-not-allowed');
      expect(await me(token!)).toMatchObject({ tenant: { slug: 'globex' } });
      expect((await company.signIn('dana')).tenant).toBeNull();
    } finally {
      await acme(null);
    }
    expect((await company.signIn('dana')).tenant).toMatchObject({ slug: 'acme' });
  });

  test('lets a passkey in', async () => {
    await acme(['passkey']);
    try {
      const userId = await company.idOf('dana');
      const arrival = { kind: 'bearer', ip: null, agent: null } as const;
      const concluded = await company.databases.platform('test', (db) =>
        company.iam.sessions.conclude(db, { userId, amr: ['hwk', 'user'], level: 2 }, arrival, company.now()),
      );
      if (concluded.status !== 'signed-in') throw new Error('not signed in');
      expect(concluded.issued.tenant).toMatchObject({ slug: 'acme' });
      // A password for a step-up does not change how the session began.
      const { token } = await company.iam.sessions.prove(concluded.issued.sessionId, ['pwd'], 1, company.now());
      expect(await me(token!)).toMatchObject({ tenant: { slug: 'acme' } });
    } finally {
      await acme(null);
    }
  });
});
