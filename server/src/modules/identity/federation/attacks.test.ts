import { createHash, createPublicKey } from 'node:crypto';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Company } from '#test/company.ts';
import { callbackOf, federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { startOidc, type Oidc } from '#test/idps.ts';

let google: Oidc;
let evil: Oidc;
let company: Company;
const clients = (provider: string) => [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf(provider)] }];
beforeAll(async () => {
  google = await startOidc({
    shape: 'google',
    clients: clients('google'),
    people: [
      { sub: 'ann', claims: { email: 'ann@mail.example', email_verified: true } },
      { sub: 'ben', claims: { email: 'ben@mail.example', email_verified: true } },
    ],
  });
  evil = await startOidc({
    shape: 'peeringdb',
    clients: clients('peeringdb'),
    people: [{ sub: '7', claims: { email: 'ann@mail.example', verified_email: true } }],
  });
  const registered = { clientId: 'sy', clientSecret: 's3cret', trustMfa: false };
  company = await federatedCompany({
    providers: { google: { ...registered, issuer: google.issuer }, peeringdb: { ...registered, issuer: evil.issuer, requireMfa: false } },
  });
});
afterAll(async () => void (await Promise.all([company.close(), google.close(), evil.close()])));
beforeEach(async () => {
  google.alter('token', undefined);
  google.as('ann');
  await company.sql('delete from auth.login_attempts');
});

type Claims = Record<string, unknown>;
const claimsOf = (token: string): Claims => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims;
/** Answers of the token endpoint with another ID token in them. */
const forge = (make: (claims: Claims, body: Record<string, unknown>) => Promise<string> | string): void =>
  google.alter('token', async (body) => ({ ...body, id_token: await make(claimsOf(String(body['id_token'])), body) }));
const signed = async (claims: Claims, header: { alg: string; kid?: string } = { alg: 'RS256', kid: String(google.key().kid) }, key = google.key()) =>
  new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, header.alg));
const publicPem = (): string => createPublicKey({ key: google.key(), format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string;
const turnedAway = async () => {
  const { slug, kind } = await visits(company).turnedAway('google');
  return [slug, kind.status];
};

describe('the way out', () => {
  test('governance 1: Given PKCE, when login starts, then the challenge equals base64url(SHA-256(verifier)), the verifier has 43–128 unreserved chars and never leaves the server.', async () => {
    const visit = visits(company);
    const location = await visit.start('google');
    const challenge = location.searchParams.get('code_challenge');
    const back = await visit.wander(location.href);
    const stored = await company.sql<{ row: string }>('select to_jsonb(f)::text as row from auth.oauth_flows f');
    await visit.land('google', back);
    const verifier = google.asked('token').at(-1)!.parameters['code_verifier']!;
    expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
    expect(`${location.href}${JSON.stringify([...visit.browser.cookies])}${JSON.stringify(stored)}${company.log.join('')}`).not.toContain(verifier);
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/..//evil.example', 'javascript:alert(1)'])(
    'governance 11: Given `returnTo=https://evil.example`, when login starts, then it is ignored. (%s)',
    async (returnTo) => {
      const visit = visits(company);
      const page = await visit.land('google', await visit.away('google', { returnTo }));
      expect([page.origin, page.searchParams.get('returnTo')]).toEqual([PUBLIC, '/']);
    },
  );

  test('two windows of one browser do not get in each other’s way', async () => {
    const visit = visits(company);
    const [one, other] = [await visit.away('google'), await visit.away('google')];
    await expect(visit.land('google', one)).resolves.toBeDefined();
    await expect(visit.land('google', other)).resolves.toBeDefined();
  });
});

describe('the way back', () => {
  test('governance 2: Given a callback with an unknown state, when handled, then 400 `oidc-state-invalid` and no token request was made.', async () => {
    const visit = visits(company);
    const back = await visit.away('google');
    const before = google.asked('token').length;
    for (const state of ['x'.repeat(43), '', undefined]) {
      const { state: _, ...parameters } = back.parameters;
      const problem = await visit.refusedLanding('google', { ...back, parameters: { ...parameters, ...(state ? { state } : {}) } });
      // The social routes call it by the name of platform.md 18.
      expect([problem.slug, problem.kind.status]).toEqual(['oauth-state-invalid', 400]);
    }
    expect(google.asked('token')).toHaveLength(before);
  });

  test('governance 3: Given a valid callback replayed, when handled again, then 400 and the first session stays.', async () => {
    const visit = visits(company);
    const back = await visit.away('google');
    const code = (await visit.land('google', back)).searchParams.get('code')!;
    await visit.complete(code);
    const sessions = await company.sql('select id from auth.sessions where revoked_at is null');
    expect((await visit.refusedLanding('google', back)).kind.status).toBe(400);
    expect(await company.sql('select id from auth.sessions where revoked_at is null')).toEqual(sessions);
  });

  test('governance 4: Given the callback arrives in another browser, when handled, then 400.', async () => {
    const [victim, attacker] = [visits(company), visits(company)];
    const back = await attacker.away('google');
    await victim.start('google');
    const problem = await victim.refusedLanding('google', back);
    expect([problem.slug, problem.kind.status]).toEqual(['oauth-state-invalid', 400]);
    // It was used up by the try: the attacker has it no more either.
    expect((await attacker.refusedLanding('google', back)).kind.status).toBe(400);
  });

  test('governance 7: Given `iss` of another provider, when handled, then 400 `oidc-issuer-mismatch`.', async () => {
    const visit = visits(company);
    const back = await visit.away('google');
    const before = google.asked('token').length;
    const problem = await visit.refusedLanding('google', { ...back, parameters: { ...back.parameters, iss: evil.issuer } });
    expect([problem.slug, problem.kind.status]).toEqual(['oidc-issuer-mismatch', 400]);
    expect(google.asked('token')).toHaveLength(before);
  });

  test('an answer without `iss` is not taken from a provider that says it sends one', async () => {
    const visit = visits(company);
    const { iss: _, ...parameters } = (await visit.away('google')).parameters;
    expect((await visit.refusedLanding('google', { by: 'address', parameters })).slug).toBe('oidc-token-invalid');
  });

  test('a callback that was mixed up with another provider’s is taken by neither', async () => {
    const visit = visits(company);
    const back = await visit.away('google');
    const { iss: _, ...parameters } = back.parameters;
    const before = [google.asked('token').length, evil.asked('token').length];
    expect((await visit.refusedLanding('peeringdb', { by: 'address', parameters })).slug).toBe('oauth-state-invalid');
    expect([google.asked('token').length, evil.asked('token').length]).toEqual(before);
  });

  test('a code of another flow does not fit the verifier, nor its token the nonce', async () => {
    const [mine, theirs] = [visits(company), visits(company)];
    const stolen = await theirs.away('google');
    const back = await mine.away('google');
    const problem = await mine.refusedLanding('google', { ...back, parameters: { ...back.parameters, code: stolen.parameters['code']! } });
    expect([problem.slug, problem.extras['code']]).toEqual(['oauth-denied', 'invalid_grant']);
  });
});

describe('ID tokens', () => {
  test('governance 5: Given an ID token signed HS256 with the public key, when validated, then 401.', async () => {
    forge((claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: String(google.key().kid) }).sign(Buffer.from(publicPem())));
    expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
    forge((claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('s3cret'.padEnd(32, '0'))));
    expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
  });

  test('governance 6: Given a nonce of another attempt, when validated, then 401.', async () => {
    const nonce = (await visits(company).start('google')).searchParams.get('nonce')!;
    forge((claims) => signed({ ...claims, nonce }));
    expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
  });

  test('governance 8: Given an unknown kid, when validated, then JWKS is refetched once and not again within a minute.', async () => {
    await visits(company).signIn('google');
    const before = google.asked('jwks').length;
    forge((claims) => signed(claims, { alg: 'RS256', kid: 'made-up' }));
    for (let tries = 0; tries < 3; tries += 1) expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
    expect(google.asked('jwks')).toHaveLength(before + 1);
    company.clock.pass(60_001);
    expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
    expect(google.asked('jwks')).toHaveLength(before + 2);
    google.alter('token', undefined);
    company.clock.pass(60_001);
    google.rotate();
    expect((await visits(company).signIn('google')).status).toBe('signed-in');
  });

  test.each([
    ['no signature', (claims: Claims) => new UnsecuredJWT(claims).encode()],
    ['a signature of somebody else', async (claims: Claims) => signed(claims, { alg: 'RS256', kid: String(google.key().kid) }, evil.key())],
    ['another issuer', (claims: Claims) => signed({ ...claims, iss: evil.issuer })],
    ['another audience', (claims: Claims) => signed({ ...claims, aud: 'them' })],
    ['a second audience and no azp', (claims: Claims) => signed({ ...claims, aud: ['sy', 'them'] })],
    ['an azp of another client', (claims: Claims) => signed({ ...claims, azp: 'them' })],
    ['no nonce', ({ nonce: _, ...claims }: Claims) => signed(claims)],
    ['an end in the past', (claims: Claims) => signed({ ...claims, exp: 1_600_000_000 })],
    ['a beginning in the future', (claims: Claims) => signed({ ...claims, iat: Math.floor(Date.now() / 1000) + 3_600 })],
    ['an at_hash of another access token', (claims: Claims) => signed({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['no subject', ({ sub: _, ...claims }: Claims) => signed(claims)],
    ['an algorithm that is not allowed', (claims: Claims) => signed(claims, { alg: 'RS512', kid: String(google.key().kid) }, { ...google.key(), alg: 'RS512' })],
    ['changed claims under the old signature', (claims: Claims, body: Claims) => {
      const [header, , signature] = String(body['id_token']).split('.');
      return [header, Buffer.from(JSON.stringify({ ...claims, sub: 'ben' })).toString('base64url'), signature].join('.');
    }],
    ['no ID token at all', () => ''],
  ])('with %s nobody comes in', async (_what, make) => {
    forge(make);
    expect(await turnedAway()).toEqual(['oidc-token-invalid', 401]);
  }); // prettier-ignore

  test('the words for why are in the log, the token is not', async () => {
    let token = '';
    forge(async (claims) => (token = await signed({ ...claims, iss: evil.issuer })));
    const from = company.log.length;
    await turnedAway();
    const said = company.log.slice(from).join('');
    expect(said).toContain('oidc-token-invalid');
    expect(said).toMatch(/iss/);
    expect(said).not.toContain(token.split('.')[2]);
  });

  test('an allowed algorithm besides RS256 is taken', async () => {
    forge((claims, body) => {
      // The left half of SHA-256 in both cases.
      expect(body['access_token']).toBeDefined();
      return signed(claims, { alg: 'PS256', kid: String(google.key().kid) }, { ...google.key(), alg: 'PS256' });
    });
    google.alter('jwks', (body) => ({ keys: (body['keys'] as Claims[]).map(({ alg: _, ...key }) => key) }));
    company.clock.pass(3_700_000);
    expect((await visits(company).signIn('google')).status).toBe('signed-in');
    google.alter('jwks', undefined);
    company.clock.pass(3_700_000);
  });
});

test('tokens of the provider are in no answer, and in no address', async () => {
  const visit = visits(company);
  const landed = await visit.land('google', await visit.away('google'));
  const answer = await visit.complete(landed.searchParams.get('code')!);
  const seen = landed.href + JSON.stringify(answer);
  expect(seen).not.toMatch(/eyJ[\w-]{10}/);
  expect(Object.keys(answer).sort()).toEqual(['expiresAt', 'status', 'tenant', 'tenants', 'token', 'tokenType', 'user']);
});
