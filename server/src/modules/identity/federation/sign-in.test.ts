import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Company } from '#test/company.ts';
import { callbackOf, federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { startOidc, type FakePerson, type Oidc } from '#test/idps.ts';
import { authOauthStart as visitStart } from '../operations/auth.oauth.start.ts';
import { authProviders } from '../operations/auth.providers.ts';

const ADA = 'adam@acme.example';
let google: Oidc;
let company: Company;

const people: FakePerson[] = [
  { sub: 'g-new', claims: { email: 'Nora@new.example', email_verified: true, name: 'Nora New', given_name: 'Nora', family_name: 'New' } },
  { sub: 'g-unverified', claims: { email: ADA, email_verified: false, name: 'Not Ada' } },
  { sub: 'g-ada', claims: { email: ADA, email_verified: true, name: 'Ada' } },
  { sub: 'g-owner', claims: { email: 'true.owner@mail.example', email_verified: true, name: 'True Owner' } },
  { sub: 'g-mail', claims: { email: 'waiting@mail.example', email_verified: false, name: 'Waiting' } },
];

beforeAll(async () => {
  google = await startOidc({ shape: 'google', clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf('google')] }], people });
  company = await federatedCompany({ providers: { google: { clientId: 'sy', clientSecret: 's3cret', issuer: google.issuer, trustMfa: false } } });
});
afterAll(async () => void (await Promise.all([company.close(), google.close()])));
beforeEach(() => {
  google.goes('up');
  company.clock.pass(61_000);
});

const usersWith = (email: string) =>
  company.sql<{ id: string; status: string; password_hash: string | null; email_verified_at: Date | null; name: string }>(
    'select id, status, password_hash, email_verified_at, name from auth.users where lower(email) = $1',
    [email],
  );
const linked = (subject: string) =>
  company.sql<{ user_id: string; provider: string }>('select user_id, provider from auth.oauth_accounts where subject = $1', [subject]);

describe('a sign-in by another’s word', () => {
  test('somebody new becomes a verified person, and comes back as the same one', async () => {
    google.as('g-new');
    const first = await visits(company).signIn('google');
    expect(first).toMatchObject({
      status: 'signed-in',
      tenant: null,
      tenants: [],
      user: { email: 'nora@new.example', name: 'Nora New' },
      token: expect.any(String),
    });
    const [person] = await usersWith('nora@new.example');
    expect(person).toMatchObject({ status: 'active', password_hash: null, email_verified_at: expect.any(Date) });
    const again = await visits(company).signIn('google');
    expect(again.status === 'signed-in' && again.user.id).toBe(person!.id);
    expect(await linked('g-new')).toEqual([{ user_id: person!.id, provider: 'google' }]);
  });

  test('the session says how it came about', async () => {
    google.as('g-new');
    await visits(company).signIn('google');
    const [session] = await company.sql('select amr, level, provider, issuer, subject from auth.sessions order by created_at desc limit 1');
    expect(session).toMatchObject({ amr: ['fed'], level: 1, provider: 'google', issuer: google.issuer, subject: 'g-new' });
  });

  test('the page of the provider is asked for with a code, PKCE, state and nonce of 256 bits, and asks for the account', async () => {
    const { searchParams: asked } = await visits(company).start('google');
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code', client_id: 'sy', redirect_uri: callbackOf('google'), scope: 'openid profile email', prompt: 'select_account', code_challenge_method: 'S256',
    }); // prettier-ignore
    for (const name of ['state', 'nonce', 'code_challenge']) expect(Buffer.from(asked.get(name)!, 'base64url')).toHaveLength(32);
  });

  test('platform 42: Given a provider claim `email_verified: false` and a local user with that address, when signing in, then 409 `account-exists` and nothing is linked.', async () => {
    google.as('g-unverified');
    const problem = await visits(company).turnedAway('google');
    expect([problem.slug, problem.kind.status]).toEqual(['account-exists', 409]);
    expect(await linked('g-unverified')).toEqual([]);
  });

  test('an address that both sides verified links nothing by itself unless the installation says so', async () => {
    google.as('g-ada');
    expect((await visits(company).turnedAway('google')).slug).toBe('account-exists');
    expect(await linked('g-ada')).toEqual([]);
  });

  test('platform 43: Given a local **unverified** row with that address made by somebody else, when the true owner signs in by a provider that vouches for it, then a fresh user is created and the pre-made row and password are gone.', async () => {
    await company.sql(
      `insert into auth.users (id, email, name, status, password_hash) values (gen_random_uuid(), 'true.owner@mail.example', 'Squatter', 'pending', 'a hash of a stranger')`,
    );
    const [squatted] = await usersWith('true.owner@mail.example');
    google.as('g-owner');
    expect(await visits(company).signIn('google')).toMatchObject({ status: 'signed-in', user: { name: 'True Owner' } });
    const rows = await usersWith('true.owner@mail.example');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ status: 'active', password_hash: null, name: 'True Owner' });
    expect(rows[0]!.id).not.toBe(squatted!.id);
    expect(await company.sql('select 1 from auth.users where id = $1', [squatted!.id])).toEqual([]);
    expect(await company.sql(`select 1 from auth.users where password_hash = 'a hash of a stranger'`)).toEqual([]);
  });

  test('who comes with an address that nobody vouches for has to confirm it by mail first', async () => {
    google.as('g-mail');
    expect((await visits(company).turnedAway('google')).slug).toBe('email-not-verified');
    expect(await usersWith('waiting@mail.example')).toMatchObject([{ status: 'pending', email_verified_at: null }]);
    expect(company.mails.at(-1)).toMatchObject({ to: 'waiting@mail.example', template: 'verify-email' });
    expect((await visits(company).turnedAway('google')).slug).toBe('email-not-verified');
  });

  test('two callbacks of one new identity at the same moment make one person', async () => {
    people.push({ sub: 'g-twice', claims: { email: 'twice@mail.example', email_verified: true, name: 'Twice' } });
    google.as('g-twice');
    const [one, other] = [visits(company), visits(company)];
    const [a, b] = [await one.away('google'), await other.away('google')];
    await Promise.all([one.land('google', a), other.land('google', b)]);
    expect(await usersWith('twice@mail.example')).toHaveLength(1);
  });
});

describe('the way back', () => {
  test('platform 49: Given the callback page, when loaded, then the URL holds a one-time code, never a token; the code dies after 2 min or one use.', async () => {
    google.as('g-new');
    const visit = visits(company);
    const page = await visit.land('google', await visit.away('google', { returnTo: '/servers?x=1' }));
    expect(page.pathname).toBe('/auth/oauth/callback');
    expect([...page.searchParams.keys()].sort()).toEqual(['code', 'returnTo']);
    expect(page.hash).toBe('');
    expect(page.searchParams.get('returnTo')).toBe('/servers?x=1');
    const code = page.searchParams.get('code')!;
    const stored = await company.sql<{ all: string }>(`select string_agg(to_jsonb(c)::text, '') as all from auth.oauth_codes c`);
    expect(stored[0]!.all).not.toContain(code);
    expect((await visit.complete(code)).status).toBe('signed-in');
    expect((await visit.refusedCompletion(code)).slug).toBe('oauth-state-invalid');

    const almost = visits(company);
    const almostCode = (await almost.land('google', await almost.away('google'))).searchParams.get('code')!;
    company.clock.pass(119_000);
    expect((await almost.complete(almostCode)).status).toBe('signed-in');

    const late = visits(company);
    const lateCode = (await late.land('google', await late.away('google'))).searchParams.get('code')!;
    company.clock.pass(120_001);
    expect((await late.refusedCompletion(lateCode)).slug).toBe('oauth-state-invalid');
  });

  test('a code is worth nothing in another browser, and is used up by the try', async () => {
    google.as('g-new');
    const visit = visits(company);
    const code = (await visit.land('google', await visit.away('google'))).searchParams.get('code')!;
    expect((await visits(company).refusedCompletion(code)).slug).toBe('oauth-state-invalid');
    expect((await visit.refusedCompletion(code)).slug).toBe('oauth-state-invalid');
  });

  test('platform 44: Given a replayed callback, when handled, then 400 and no code exchange happens.', async () => {
    google.as('g-new');
    const visit = visits(company);
    const back = await visit.away('google');
    await visit.land('google', back);
    const exchanges = google.asked('token').length;
    const problem = await visit.refusedLanding('google', back);
    expect([problem.slug, problem.kind.status]).toEqual(['oauth-state-invalid', 400]);
    expect(google.asked('token')).toHaveLength(exchanges);
  });

  test('a flow dies after ten minutes', async () => {
    google.as('g-new');
    const visit = visits(company);
    const back = await visit.away('google');
    company.clock.pass(600_001);
    expect((await visit.refusedLanding('google', back)).slug).toBe('oauth-state-invalid');
  });

  test('what a provider refuses is told by its code, and nothing else of its words', async () => {
    const visit = visits(company);
    const state = (await visit.start('google')).searchParams.get('state')!;
    const refused = await visit.refusedLanding('google', { by: 'address', parameters: { state, error: '<script>alert(1)</script>' } });
    expect([refused.slug, refused.extras['code']]).toEqual(['oauth-denied', 'unknown']);
    const another = (await visit.start('google')).searchParams.get('state')!;
    expect((await visit.refusedLanding('google', { by: 'address', parameters: { state: another, error: 'access_denied' } })).extras['code']).toBe(
      'access_denied',
    );
  });
});

describe('a provider that is not there', () => {
  test('platform 41: Given a provider unreachable at start, when it comes back, then sign-in works without a restart; meanwhile 503 `idp-unavailable`.', async () => {
    const idp = await startOidc({
      shape: 'google',
      clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf('google')] }],
      people: [people[0]!],
    });
    idp.goes('down');
    const heard: string[] = [];
    const late = await federatedCompany({
      reached: (id, isUp) => void heard.push(`${id} ${isUp}`),
      providers: { google: { clientId: 'sy', clientSecret: 's3cret', issuer: idp.issuer, trustMfa: false } },
    });
    try {
      const visit = visits(late);
      const problem = await late.refused(visitStart, { provider: 'google' }, null, { browser: visit.browser });
      expect([problem.slug, problem.kind.status, problem.extras.retryAfterSeconds]).toEqual(['idp-unavailable', 503, 30]);
      idp.goes('up');
      expect((await visits(late).signIn('google')).status).toBe('signed-in');
      expect([heard[0], heard.at(-1), new Set(heard).size]).toEqual(['google false', 'google true', 2]);
    } finally {
      await Promise.all([late.close(), idp.close()]);
    }
  });

  test('a failure at the token endpoint is the provider’s, and uses the flow up', async () => {
    google.as('g-new');
    const visit = visits(company);
    const back = await visit.away('google');
    google.goes('down');
    expect((await visit.refusedLanding('google', back)).slug).toBe('idp-unavailable');
    google.goes('up');
    expect((await visit.refusedLanding('google', back)).slug).toBe('oauth-state-invalid');
    expect((await visit.signIn('google')).status).toBe('signed-in');
  });

  test('its document is asked for once a day', async () => {
    const before = google.asked('openid-configuration').length;
    company.clock.pass(86_400_001);
    for (let tries = 0; tries < 5; tries += 1) await visits(company).start('google');
    expect(google.asked('openid-configuration')).toHaveLength(before + 1);
  });

  test('its document is used for a week when it does not answer, and no longer', async () => {
    await visits(company).start('google');
    google.goes('down');
    company.clock.pass(2 * 86_400_000);
    await expect(visits(company).start('google')).resolves.toBeDefined();
    company.clock.pass(6 * 86_400_000);
    await expect(visits(company).start('google')).rejects.toMatchObject({ slug: 'idp-unavailable' });
  });
});

test('the ways to sign in are public, and say nothing about persons', async () => {
  const ask = (input: object) => company.done(authProviders, input, null);
  const plain = await ask({});
  expect(plain).toEqual({
    providers: [{ id: 'google', kind: 'google', name: 'Google', startUrl: '/api/v1/auth/oauth/google' }],
    password: true, passkeys: true, sso: null, signup: 'open', mail: 'files',
  }); // prettier-ignore
  expect(await ask({ email: ADA })).toEqual(plain);
  expect(await ask({ email: 'nobody@nowhere.example' })).toEqual(plain);
});

test('there is no provider by another name', async () => {
  await expect(visits(company).start('github')).rejects.toMatchObject({ slug: 'provider-not-found' });
});

test('more than thirty tries a minute from one network are too many', async () => {
  const visit = visits(company);
  for (let tries = 0; tries < 30; tries += 1) await visit.start('google').catch(() => undefined);
  await expect(visit.start('google')).rejects.toMatchObject({ slug: 'rate-limited' });
});

test('only those whom the installation lets sign up become persons', async () => {
  const closed = await federatedCompany({
    signup: { mode: 'closed', domains: [] },
    providers: { google: { clientId: 'sy', clientSecret: 's3cret', issuer: google.issuer, trustMfa: false } },
  });
  try {
    google.as('g-new');
    expect((await visits(closed).turnedAway('google')).slug).toBe('not-found');
    expect(await closed.sql(`select 1 from auth.users where email = 'nora@new.example'`)).toEqual([]);
  } finally {
    await closed.close();
  }
});

test('where the installation links by address, it does for verified ones, tells the owner, and passes by accounts with a second factor', async () => {
  const trusting = await federatedCompany({
    autoLink: 'verified',
    providers: { google: { clientId: 'sy', clientSecret: 's3cret', issuer: google.issuer, trustMfa: false } },
  });
  try {
    google.as('g-unverified');
    expect((await visits(trusting).turnedAway('google')).slug).toBe('account-exists');
    google.as('g-ada');
    expect(await visits(trusting).signIn('google')).toMatchObject({ status: 'signed-in', user: { email: ADA } });
    expect(trusting.mails.at(-1)).toMatchObject({
      to: ADA,
      template: 'identity-linked',
      data: { provider: 'Google', link: `${PUBLIC}/settings/security/connected-accounts` },
    });
  } finally {
    await trusting.close();
  }
});
