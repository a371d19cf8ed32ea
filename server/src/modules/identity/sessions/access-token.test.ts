import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, cookie, createCompany, type Company } from '#test/company.ts';
import { authLogout, authMe, authRefresh } from '../index.ts';
import { createAccessTokens } from './access-token.ts';
import { createSigningKeys } from './signing-keys.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const pair = async (name: string, from = {}) => {
  const { accessToken, refreshToken, expiresIn, token } = await company.signIn(name, { tokenType: 'pair', ...from });
  return { access: accessToken!, refresh: refreshToken!, expiresIn, token };
};
const refresh = (refreshToken: string, from = {}) => company.done(authRefresh, { refreshToken }, null, from);
const refused = (refreshToken: string) => company.slugOf(authRefresh, { refreshToken }, null);
const me = (token: string) => company.done(authMe, {}, bearer(token));
const slug = (token: string, from = {}) => company.slugOf(authMe, {}, bearer(token), from);
const sessionOf = (token: string): string => decodeJwt(token)['sid'] as string;

describe('access tokens', () => {
  test('a pair signs in for fifteen minutes, and then the refresh token gives the next', async () => {
    const first = await pair('dana');
    expect([first.expiresIn, first.token]).toEqual([900, undefined]);
    expect(await me(first.access)).toMatchObject({ actor: { email: 'dana@acme.example', kind: 'user' }, tenant: { slug: 'acme' } });
    company.clock.pass(15 * MINUTE);
    expect(await slug(first.access)).toBe('token-expired');
    const next = await refresh(first.refresh);
    expect(next).toMatchObject({ tokenType: 'pair', expiresIn: 900 });
    expect(await me(next.accessToken!)).toMatchObject({ tenant: { slug: 'acme' } });
  });

  test('platform 25: Given a JWT, when decoded, then it holds no name, address, phone or permission', async () => {
    const { access } = await pair('olivia');
    expect(decodeProtectedHeader(access)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
    const claims = decodeJwt(access);
    expect(Object.keys(claims).sort()).toEqual(['aal', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'tid']);
    expect(claims).toMatchObject({ aud: 'switchyard', amr: ['pwd'], aal: 1, sub: await company.idOf('olivia') });
    expect(JSON.stringify(claims)).not.toMatch(/olivia|owens|acme|owner|\*/i);
  });

  test('platform 18: Given an access token of a revoked session, when used 6 s later, then 401', async () => {
    const { access } = await pair('dana');
    await me(access);
    await company.sql(`update auth.sessions set revoked_at = now(), revoke_reason = 'admin' where id = $1`, [sessionOf(access)]); // no hint was given
    company.clock.pass(6 * SECOND);
    const problem = await company.refused(authMe, {}, bearer(access));
    expect([problem.slug, problem.kind.status]).toEqual(['session-revoked', 401]);
  });

  test('signing out is felt by the very next call', async () => {
    const { access, refresh: token } = await pair('dana');
    expect(await company.done(authLogout, {}, bearer(access))).toMatchObject({ ended: true });
    expect(await slug(access)).toBe('session-revoked');
    expect(await refused(token)).toBe('session-revoked');
  });

  test('platform 26: Given an admin token, when sent to a tenant route, then 401, and the reverse', async () => {
    const { access } = await pair('olivia');
    const keys = createSigningKeys({ databases: company.databases, now: company.now, key: company.keyFor('signing-keys') });
    const admin = createAccessTokens({ keys, now: company.now, issuer: 'switchyard', audience: 'switchyard-admin' });
    const session = (await company.iam.sessions.get(sessionOf(access)))!;
    const { token } = await company.databases.platform('test', (db) => admin.sign(db, session, company.now()));
    expect((await company.refused(authMe, {}, bearer(token))).kind.status).toBe(401);
    expect(await slug(token)).toBe('token-invalid');
    await expect(admin.verify(access)).rejects.toMatchObject({ slug: 'token-invalid' });
    await expect(admin.verify(token)).resolves.toMatchObject({ sessionId: session.id });
  });

  test('a token in the cookie, or an access token as refresh token and the reverse, opens nothing', async () => {
    const { access, refresh: token } = await pair('olivia');
    expect(await company.slugOf(authMe, {}, cookie(access))).toBe('unauthenticated');
    expect(await company.slugOf(authMe, {}, cookie(token))).toBe('unauthenticated');
    expect(await slug(token)).toMatch(/unauthenticated|token-invalid/);
    expect(await refused(access.slice(0, 200))).toBe('token-invalid');
  });
});

describe('forged access tokens', () => {
  const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each<[string, (access: string, publicJwk: Record<string, unknown>) => Promise<string> | string]>([
    ['alg none', (access) => new UnsecuredJWT(decodeJwt(access)).encode()],
    [
      'alg none with the old signature',
      (access) => `${b64({ ...decodeProtectedHeader(access), alg: 'none' })}.${access.split('.').slice(1).join('.')}`,
    ],
    ['the signature left out', (access) => `${access.split('.').slice(0, 2).join('.')}.`],
    ['HS256 with the public key as the secret (JSON)', (access, jwk) => hmac(access, JSON.stringify(jwk))],
    ['HS256 with the public key as the secret (coordinate)', (access, jwk) => hmac(access, Buffer.from(String(jwk['x']), 'base64url'))],
    ['another key under our kid', (access) => resigned(access, {})],
    ['another key that the token itself carries', (access) => resigned(access, { embed: true })],
    ['a kid that is a path', (access) => resigned(access, { kid: '../../dev/null' })],
    ['a kid that is SQL', (access) => resigned(access, { kid: "x' or '1'='1" })],
    ['another person in the claims', (access) => tampered(access, { sub: randomUUID() })],
    ['a later end in the claims', (access) => tampered(access, { exp: decodeJwt(access).exp! + 86_400 })],
    ['all in one case', (access) => access.toUpperCase()],
    ['three dots and nothing', () => 'a.b.c'],
  ])('%s: 401', async (_name, forge) => {
    const { access } = await pair('olivia');
    const { keys } = await company.iam.jwks();
    const problem = await company.refused(authMe, {}, bearer(await forge(access, keys[0]!)));
    expect(problem.kind.status).toBe(401);
    expect(problem.slug).toMatch(/^(token-invalid|unauthenticated)$/);
    await me(access); // the real one goes on
  });

  function hmac(access: string, secret: string | Uint8Array): string {
    const signed = `${b64({ ...decodeProtectedHeader(access), alg: 'HS256' })}.${access.split('.')[1]}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }
  async function resigned(access: string, { embed, kid }: { embed?: boolean; kid?: string }): Promise<string> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const header = { ...decodeProtectedHeader(access), alg: 'ES256', ...(embed ? { jwk: await exportJWK(publicKey) } : {}), ...(kid ? { kid } : {}) };
    return new SignJWT(decodeJwt(access)).setProtectedHeader(header).sign(privateKey);
  }
  const tampered = (access: string, claims: object): string => {
    const [header, , signature] = access.split('.');
    return `${header}.${b64({ ...decodeJwt(access), ...claims })}.${signature}`;
  };

  test('a genuine signature with another type, audience, issuer or without a session: 401', async () => {
    const { access } = await pair('olivia');
    const keys = createSigningKeys({ databases: company.databases, now: company.now, key: company.keyFor('signing-keys') });
    const { kid, privateKey } = await company.databases.platform('test', (db) => keys.current(db));
    const claims = decodeJwt(access);
    const make = (header: object, changed: object) => new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header }).sign(privateKey); // prettier-ignore
    expect(await me(await make({}, {}))).toMatchObject({ actor: { email: 'olivia@acme.example' } });
    const forged = [make({ typ: 'JWT' }, {}), make({}, { aud: 'switchyard-mcp' }), make({}, { iss: 'https://evil.example' }), make({}, { sid: undefined }), make({}, { sid: randomUUID() }), make({}, { sub: randomUUID() }), make({}, { exp: undefined })]; // prettier-ignore
    for (const token of await Promise.all(forged)) expect((await company.refused(authMe, {}, bearer(token))).kind.status).toBe(401);
  });

  test('a signature in the DER form that other libraries write is not taken', async () => {
    const { access } = await pair('olivia');
    const keys = createSigningKeys({ databases: company.databases, now: company.now, key: company.keyFor('signing-keys') });
    const { privateKey } = await company.databases.platform('test', (db) => keys.current(db));
    const signed = access.split('.').slice(0, 2).join('.');
    expect(await slug(`${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`)).toBe('token-invalid');
  });
});

describe('signing keys', () => {
  test('a key signs for 90 days, is served for 30 more, and its private part is never in the clear', async () => {
    const before = await pair('dana', { rememberMe: true });
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    company.clock.pass(89 * DAY);
    expect(kidOf((await pair('dana')).access)).toBe(kidOf(before.access));
    company.clock.pass(2 * DAY);
    const after = await pair('dana');
    expect(kidOf(after.access)).not.toBe(kidOf(before.access));
    await me(after.access);
    const served = async () => (await company.iam.jwks()).keys.map(({ kid }) => kid);
    expect(await served()).toEqual([kidOf(after.access), kidOf(before.access)]);
    company.clock.pass(30 * DAY);
    expect(await served()).toEqual([kidOf(after.access)]);
    for (const key of (await company.iam.jwks()).keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const rows = await company.sql<{ row: string }>('select k::text as row from auth.signing_keys k');
    expect(rows.map(({ row: text }) => text).join()).not.toMatch(/"d"|PRIVATE/);
  });

  test('keys that nobody knows, many at once, cost one look and never a fault', async () => {
    let looks = 0;
    const platform: typeof company.databases.platform = (...asked) => ((looks += 1), company.databases.platform(...asked));
    const keys = createSigningKeys({ databases: { ...company.databases, platform }, now: company.now, key: company.keyFor('signing-keys') });
    await keys.jwks();
    company.clock.pass(2 * SECOND);
    const found = await Promise.all(Array.from({ length: 20 }, (_, count) => keys.publicKey(`made up ${count}`)));
    expect([new Set(found), looks]).toEqual([new Set([undefined]), 2]);
  });

  test('many processes that find no key at once make one', async () => {
    const fresh = await createCompany();
    try {
      const { databases, now, keyFor } = fresh;
      const processes = Array.from({ length: 6 }, () => createSigningKeys({ databases, now, key: keyFor('signing-keys') }));
      const kids = await Promise.all(processes.map((keys) => databases.platform('test', async (db) => (await keys.current(db)).kid)));
      expect(new Set(kids).size).toBe(1);
      expect(await fresh.sql('select kid from auth.signing_keys')).toHaveLength(1);
    } finally {
      await fresh.close();
    }
  });
});
