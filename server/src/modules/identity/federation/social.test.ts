import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Company } from '#test/company.ts';
import { appleKeys, callbackOf, federatedCompany, visits } from '#test/federation.ts';
import { startGithub, startOidc, type Github, type Oidc } from '#test/idps.ts';

const OID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const TID = '11111111-2222-4333-8444-555555555555';
const VICTIM = 'dana@acme.example';
const keys = appleKeys();
const at = (provider: string) => [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf(provider)] }];

let microsoft: Oidc;
let apple: Oidc;
let google: Oidc;
let github: Github;
let company: Company;
beforeAll(async () => {
  microsoft = await startOidc({
    shape: 'microsoft',
    clients: at('microsoft'),
    people: [
      { sub: 'pairwise-1', claims: { oid: OID, tid: TID, email: VICTIM, email_verified: true, name: 'Foreign Admin' } },
      { sub: 'pairwise-2', claims: { oid: OID.replace('a', 'b'), tid: TID, email: 'edov@fabrikam.example', xms_edov: true, name: 'Eve Dove' } },
      {
        sub: 'pairwise-5',
        claims: { oid: OID.replace('a', 'd'), tid: TID, email: 'nobody.yet@fabrikam.example', email_verified: true, name: 'Not Yet' },
      },
      { sub: 'pairwise-3', claims: { tid: TID, email: 'no-oid@fabrikam.example', name: 'No Oid' } },
      {
        sub: 'pairwise-4',
        claims: { oid: OID.replace('a', 'c'), tid: '99999999-2222-4333-8444-555555555555', email: 'x@y.example', xms_edov: true },
      },
    ],
  });
  apple = await startOidc({
    shape: 'apple',
    clients: at('apple'),
    appleKey: keys.publicKey,
    people: [{ sub: '001.apple', claims: { email: 'relay@privaterelay.example', email_verified: 'true' } }],
  });
  google = await startOidc({
    shape: 'google',
    clients: at('google'),
    people: [
      { sub: 'g', claims: { email: 'w@workspace.example', email_verified: true, hd: 'workspace.example' } },
      { sub: 'g2', claims: { email: 'o@other.example', email_verified: true } },
    ],
  });
  github = await startGithub({
    clientId: 'sy',
    clientSecret: 's3cret',
    redirectUri: callbackOf('github'),
    people: [
      {
        id: 583231,
        login: 'octocat',
        name: 'Mona Octocat',
        emails: [
          { email: 'old@cat.example', primary: false, verified: true },
          { email: 'other@cat.example', primary: false, verified: true },
          { email: 'mona@cat.example', primary: true, verified: true },
        ],
      },
      { id: 2, login: 'unproven', name: null, emails: [{ email: VICTIM, primary: true, verified: false }] },
    ],
  });
  const registered = { clientId: 'sy', clientSecret: 's3cret', trustMfa: false };
  company = await federatedCompany({
    providers: {
      microsoft: { ...registered, issuer: microsoft.issuer, tenant: 'organizations' },
      apple: { clientId: 'sy', teamId: 'TEAM123456', keyId: 'KEY1234567', privateKey: keys.privateKey, issuer: apple.issuer },
      google: { ...registered, issuer: google.issuer, hostedDomain: 'workspace.example' },
      github: { ...registered, issuer: github.url },
    },
  });
});
afterAll(async () => void (await Promise.all([company.close(), ...[microsoft, apple, google, github].map((one) => one.close())])));

beforeEach(() => company.sql('delete from auth.login_attempts'));

const named = (email: string) =>
  company.sql<{ name: string; given_name: string | null }>('select name, given_name from auth.users where email = $1', [email]);

describe('Microsoft', () => {
  test('platform 45: Given Microsoft with a foreign tenant’s e-mail claim, when signing in, then the address is not treated as verified.', async () => {
    microsoft.as('pairwise-1');
    expect((await visits(company).turnedAway('microsoft')).slug).toBe('account-exists');
    expect(await company.sql('select 1 from auth.oauth_accounts where provider = $1', ['microsoft'])).toEqual([]);
    // Neither is it where nobody has it yet: whoever writes an address into their own directory does not get it here.
    microsoft.as('pairwise-5');
    const outcome = await visits(company).signIn('microsoft').then(({ status }) => status, () => 'refused'); // prettier-ignore
    expect(
      await company.sql(
        `select 1 from auth.users where email = 'nobody.yet@fabrikam.example' and (email_verified_at is not null or status = 'active')`,
      ),
    ).toEqual([]);
    expect(outcome).not.toBe('signed-in');
    await company.sql(`delete from auth.users where email = 'nobody.yet@fabrikam.example'`);
  });

  test('people are known by tenant and object id; the issuer is that of their own tenant', async () => {
    microsoft.as('pairwise-2');
    expect(await visits(company).signIn('microsoft')).toMatchObject({ status: 'signed-in', user: { email: 'edov@fabrikam.example' } });
    const [row] = await company.sql<{ issuer: string; subject: string }>(
      `select issuer, subject from auth.oauth_accounts where provider = 'microsoft'`,
    );
    expect(row).toEqual({ issuer: `${microsoft.origin}/${TID}/v2.0`, subject: `${TID}.${OID.replace('a', 'b')}` });
  });

  test('a token without the object id, or of another tenant than it says, is not valid', async () => {
    for (const sub of ['pairwise-3', 'pairwise-4']) {
      microsoft.as(sub);
      expect((await visits(company).turnedAway('microsoft')).slug).toBe('oidc-token-invalid');
    }
  });
});

describe('Apple', () => {
  const user = JSON.stringify({ name: { firstName: 'Tim', lastName: 'Apfel' }, email: 'relay@privaterelay.example' });

  test('platform 46: Given Apple’s second sign-in without a name, when handled, then the stored name stays.', async () => {
    const first = visits(company);
    const back = await first.away('apple');
    expect(back.by).toBe('form');
    const landed = await first.land('apple', { ...back, parameters: { ...back.parameters, user } });
    expect(await first.complete(landed.searchParams.get('code')!)).toMatchObject({ status: 'signed-in', user: { name: 'Tim Apfel' } });
    expect(await visits(company).signIn('apple')).toMatchObject({ user: { name: 'Tim Apfel' } });
    expect(await named('relay@privaterelay.example')).toEqual([{ name: 'Tim Apfel', given_name: 'Tim' }]);
  });

  test('the client secret is a statement of minutes, signed by our key; the provider looked at it', () => {
    const secrets = apple.asked('token').map(({ parameters }) => parameters['client_secret']!);
    expect(secrets.length).toBeGreaterThan(1);
    for (const secret of secrets) {
      const { iss, sub, aud, iat, exp } = JSON.parse(Buffer.from(secret.split('.')[1]!, 'base64url').toString()) as Record<string, number>;
      expect([iss, sub, aud, exp! - iat!]).toEqual(['TEAM123456', 'sy', apple.issuer, 300]);
    }
  });

  test('a name that is no JSON is passed by', async () => {
    const visit = visits(company);
    const back = await visit.away('apple');
    await expect(visit.land('apple', { ...back, parameters: { ...back.parameters, user: '{"name":' } })).resolves.toBeDefined();
  });

  test('the cookie of the flow crosses sites, for the form comes from Apple’s page', async () => {
    const visit = visits(company);
    const cookies: Record<string, unknown> = {};
    const { setCookie } = visit.browser;
    visit.browser.setCookie = (name, value, options) => ((cookies[name] = options), setCookie(name, value, options));
    await visit.start('apple');
    expect(cookies).toEqual({ sy_flow: { maxAgeSeconds: 600, cross: true } });
    await visit.start('google');
    expect(cookies).toEqual({ sy_flow: { maxAgeSeconds: 600, cross: false } });
  });
});

describe('GitHub', () => {
  test('the primary verified address counts, on whichever page of the list it is', async () => {
    github.as(583231);
    expect(await visits(company).signIn('github')).toMatchObject({ status: 'signed-in', user: { email: 'mona@cat.example', name: 'Mona Octocat' } });
    expect(await company.sql(`select subject, claims from auth.oauth_accounts where provider = 'github'`)).toEqual([
      { subject: '583231', claims: { login: 'octocat' } },
    ]);
    expect(github.seen.filter(({ path }) => path.endsWith('/emails'))).toHaveLength(2);
  });

  test('an address that GitHub did not verify links nothing', async () => {
    github.as(2);
    expect((await visits(company).turnedAway('github')).slug).toBe('account-exists');
  });

  test('without the scope for addresses there is none', async () => {
    github.as(2);
    github.grants(['read:user']);
    expect((await visits(company).turnedAway('github')).slug).toBe('email-not-verified');
    github.grants(undefined);
  });

  test('its errors come with 200 and are errors all the same', async () => {
    github.as(583231);
    const visit = visits(company);
    const back = await visit.away('github');
    const problem = await visit.refusedLanding('github', { ...back, parameters: { ...back.parameters, code: 'made-up' } });
    expect([problem.slug, problem.extras['code']]).toEqual(['oauth-denied', 'bad_verification_code']);
    github.refuses(true);
    expect((await visits(company).turnedAway('github')).extras['code']).toBe('access_denied');
    github.refuses(false);
  });

  test('a code goes with the verifier of the browser that asked for it', async () => {
    const [mine, theirs] = [visits(company), visits(company)];
    const stolen = (await theirs.away('github')).parameters['code']!;
    const state = (await mine.start('github')).searchParams.get('state')!;
    expect((await mine.refusedLanding('github', { by: 'address', parameters: { code: stolen, state } })).extras['code']).toBe(
      'bad_verification_code',
    );
  });

  test('a unicorn is no answer', async () => {
    const visit = visits(company);
    const back = await visit.away('github');
    github.goes('down');
    expect((await visit.refusedLanding('github', back)).slug).toBe('idp-unavailable');
    github.goes('up');
  });
});

test('where one Google Workspace is asked for, the claim is looked at, not the chooser believed', async () => {
  google.as('g2');
  expect((await visits(company).turnedAway('google')).slug).toBe('oauth-denied');
  google.as('g');
  expect((await visits(company).start('google')).searchParams.get('hd')).toBe('workspace.example');
  expect((await visits(company).signIn('google')).status).toBe('signed-in');
});

test.each(['google', 'github', 'apple', 'microsoft'])('platform 33: Given a user with TOTP, when signing in through any OAuth provider without `trustMfa`, then a challenge is demanded and no session exists before it: %s', async (provider) => {
  ({ google: () => google.as('g'), github: () => github.as(583231), apple: () => apple.as('001.apple'), microsoft: () => microsoft.as('pairwise-2') })[provider]!();
  const first = await visits(company).signIn(provider);
  if (first.status !== 'signed-in') throw new Error('they are not in yet');
  await company.sql(
    `insert into auth.mfa_factors (id, user_id, kind, label, secret_sealed, created_at, verified_at) values (gen_random_uuid(), $1, 'totp', 'Phone', 'sealed', now(), now())`,
    [first.user.id],
  );
  await company.sql('delete from auth.sessions where user_id = $1', [first.user.id]);
  const answer = await visits(company).signIn(provider);
  expect(answer).toMatchObject({ status: 'mfa-required', mfaRequired: true, factors: expect.arrayContaining(['totp']) });
  expect(JSON.stringify(answer)).not.toMatch(/token|user/i);
  expect(await company.sql('select 1 from auth.sessions where user_id = $1', [first.user.id])).toEqual([]);
}); // prettier-ignore
