import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bearer, createBrowser, type Company } from '#test/company.ts';
import { withFactors } from '#test/factors.ts';
import { callbackOf, federatedCompany, visits } from '#test/federation.ts';
import { startOidc, type Oidc } from '#test/idps.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { authOauthAccounts } from '../operations/auth.oauth.accounts.ts';
import { authOauthLink } from '../operations/auth.oauth.link.ts';
import { authOauthUnlink } from '../operations/auth.oauth.unlink.ts';

let google: Oidc;
let company: Company;
beforeAll(async () => {
  google = await startOidc({
    shape: 'google',
    clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf('google')] }],
    people: [
      { sub: 'of-dana', claims: { email: 'dana@private.example', email_verified: true, name: 'Dana' } },
      { sub: 'of-vera', claims: { email: 'vera@private.example', email_verified: true }, amr: ['pwd', 'mfa'] },
      { sub: 'only-google', claims: { email: 'only@google.example', email_verified: true, name: 'Only' } },
    ],
  });
  company = await federatedCompany({ providers: { google: { clientId: 'sy', clientSecret: 's3cret', issuer: google.issuer, trustMfa: false } } });
});
afterAll(async () => void (await Promise.all([company.close(), google.close()])));
beforeEach(() => company.sql('delete from auth.login_attempts'));

const session = async (name: string) => (await company.signIn(name)).token!;

/** Goes through linking in a browser, up to what the provider sends. */
async function linking(token: string, sub: string, browser = createBrowser()) {
  google.as(sub);
  const visit = visits(company, browser);
  const { startUrl } = await company.done(authOauthLink, { provider: 'google', returnTo: '/settings/security/connected-accounts' }, bearer(token), {
    browser,
  });
  return { visit, back: await visit.wander(startUrl) };
}
async function link(token: string, sub: string): Promise<URL> {
  const { visit, back } = await linking(token, sub);
  return visit.land('google', back);
}

test('who is signed in links an identity, whatever address it has, is told so by mail, and signs in with it', async () => {
  const token = await session('dana');
  const page = await link(token, 'of-dana');
  expect(Object.fromEntries(page.searchParams)).toEqual({ linked: 'google', returnTo: '/settings/security/connected-accounts' });
  expect(company.mails.at(-1)).toMatchObject({ to: 'dana@acme.example', template: 'identity-linked' });
  expect(await company.sql(`select data from events where type = 'auth.identity_linked'`)).toEqual([
    { data: { userId: await company.idOf('dana'), provider: 'google' } },
  ]);
  const { items } = await company.done(authOauthAccounts, {}, bearer(token));
  expect(items).toEqual([
    {
      provider: 'google',
      name: 'Google',
      email: 'dana@private.example',
      linkedAt: expect.any(String),
      lastUsedAt: expect.any(String),
      onlyMethod: false,
    },
  ]);
  google.as('of-dana');
  expect(await visits(company).signIn('google')).toMatchObject({
    status: 'signed-in',
    user: { email: 'dana@acme.example' },
    tenant: { slug: 'acme' },
  });
});

test('platform 47: Given an identity of user A, when user B links it, then 409.', async () => {
  const { visit, back } = await linking(await session('aldo'), 'of-dana');
  const problem = await visit.refusedLanding('google', back);
  expect([problem.slug, problem.kind.status]).toEqual(['identity-already-linked', 409]);
});

test('a second identity of the same provider is refused, the same one again is not', async () => {
  const token = await session('dana');
  await expect(link(token, 'of-dana')).resolves.toBeDefined();
  const { visit, back } = await linking(token, 'of-vera');
  expect((await visit.refusedLanding('google', back)).slug).toBe('identity-already-linked');
});

test('linking ends with the session that began it, and is of no use in another browser', async () => {
  const token = await session('adam');
  const { visit, back } = await linking(token, 'of-vera');
  await company.sql(`delete from auth.sessions where user_id = $1`, [await company.idOf('adam')]);
  expect((await visit.refusedLanding('google', back)).slug).toBe('oauth-state-invalid');
  const other = await linking(await session('adam'), 'of-vera');
  expect((await visits(company).refusedLanding('google', other.back)).slug).toBe('oauth-state-invalid');
  expect(await company.sql(`select 1 from auth.oauth_accounts where subject = 'of-vera'`)).toEqual([]);
});

test('linking and unlinking ask for a fresh proof, and for a session', async () => {
  const token = await session('adam');
  company.clock.pass(301_000);
  expect(await company.slugOf(authOauthLink, { provider: 'google' }, bearer(token))).toBe('step-up-required');
  expect(await company.slugOf(authOauthUnlink, { provider: 'google' }, bearer(token))).toBe('step-up-required');
  expect(await company.slugOf(authOauthLink, { provider: 'google' }, company.key('adam'))).toBe('session-required');
});

test('platform 48: Given one OAuth account and no password or passkey, when unlinking, then 409 `last-sign-in-method`.', async () => {
  google.as('only-google');
  const { token } = (await visits(company).signIn('google')) as { token: string };
  expect((await company.done(authOauthAccounts, {}, bearer(token))).items).toMatchObject([{ provider: 'google', onlyMethod: true }]);
  const problem = await company.refused(authOauthUnlink, { provider: 'google' }, bearer(token));
  expect([problem.slug, problem.kind.status]).toEqual(['last-sign-in-method', 409]);
  await company.sql(`insert into auth.passkeys select (jsonb_populate_record(null::auth.passkeys, $1::jsonb)).*`, [
    JSON.stringify(await aPasskeyOf('only@google.example')),
  ]);
  expect(await company.done(authOauthUnlink, { provider: 'google' }, bearer(token))).toEqual({ provider: 'google' });
});

/** A row of a passkey, with every column that must not be null. */
async function aPasskeyOf(email: string): Promise<Record<string, unknown>> {
  const [person] = await company.sql<{ id: string }>('select id from auth.users where email = $1', [email]);
  const columns = await company.sql<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns where table_schema = 'auth' and table_name = 'passkeys' and is_nullable = 'NO'`,
  );
  const sample: Record<string, unknown> = {
    bigint: 0,
    integer: 0,
    boolean: false,
    ARRAY: [],
    text: 'x',
    bytea: '\\x00',
    jsonb: {},
    'timestamp with time zone': new Date(),
  };
  return Object.fromEntries(columns.map(({ name, type }) => [name, type === 'uuid' ? person!.id : (sample[type] ?? 'x')]));
}

test('with a password beside it an identity is unlinked, and leads in no more', async () => {
  const token = await session('dana');
  await company.done(authOauthUnlink, { provider: 'google' }, bearer(token));
  google.as('of-dana');
  expect(await visits(company).signIn('google')).toMatchObject({ user: { email: 'dana@private.example' } });
  expect(await company.slugOf(authOauthUnlink, { provider: 'google' }, bearer(token))).toBe('not-found');
});

test('platform 33: Given a user with TOTP, when signing in through any OAuth provider without `trustMfa`, then a challenge is demanded and no session exists before it.', async () => {
  await link(await session('vera'), 'of-vera');
  const { app } = await withFactors(company).enrolApp('vera');
  const id = await company.idOf('vera');
  await company.sql('delete from auth.sessions where user_id = $1', [id]);
  google.as('of-vera');
  const visit = visits(company);
  const landed = await visit.land('google', await visit.away('google'));
  // The provider says `mfa`; this installation does not take its word.
  const answer = await visit.complete(landed.searchParams.get('code')!);
  if (answer.status !== 'mfa-required') throw new Error('no second factor was asked for');
  expect(await company.sql('select 1 from auth.sessions where user_id = $1', [id])).toEqual([]);
  const inside = await company.done(authMfaChallenge, { challengeId: answer.challengeId, factor: 'totp', code: app.code(company.clock.at) }, null, {
    browser: visit.browser,
  });
  expect(inside.status).toBe('signed-in');
  const [row] = await company.sql('select amr, level, provider from auth.sessions where user_id = $1', [id]);
  expect(row).toMatchObject({ level: 2, provider: 'google', amr: expect.arrayContaining(['fed', 'otp']) });
});
