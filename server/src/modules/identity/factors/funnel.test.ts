import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { withFactors, type App } from '#test/factors.ts';
import { authSession } from '../index.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import type { Amr, FirstFactor } from '../sessions/types.ts';

const SOURCES = fileURLToPath(new URL('../../../', import.meta.url));
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => ({ path: relative(SOURCES, join(SOURCES, path)), text: readFileSync(join(SOURCES, path), 'utf8') }));
const filesWith = (pattern: RegExp): string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path.replace('modules/identity/', ''))
    .sort();

describe('in the source', () => {
  test('one function makes sessions, and one opens them', () => {
    expect(filesWith(/\binsert\(sessions\)|insert into auth\.sessions/)).toEqual(['sessions/postgres.ts']);
    expect(filesWith(/\b(?:store|stores\.of\([^)]*\))\.create\(/)).toEqual(['sessions/issue.ts']);
    expect(filesWith(/\bopenSession\(/)).toEqual(['sessions/conclude.ts', 'sessions/issue.ts']);
  });

  test('every way in is known, and goes through conclude', () => {
    // Who adds a way in adds it here, and shows below that a second factor is asked for.
    expect(filesWith(/\bconclude\(\s*db\b/)).toEqual([
      'factors/challenges.ts',
      'factors/passkey-sign-in.ts',
      'federation/federation.ts',
      'registration/activate.ts',
      'sign-in.ts',
    ]);
  });

  test('only a second factor, a passkey that verified its user, and a provider that is trusted for it make level 2', () => {
    expect(filesWith(/\blevel: 2\b|\? 2 : 1\b/)).toEqual(
      expect.arrayContaining(['factors/challenges.ts', 'factors/passkey-sign-in.ts', 'factors/step-up.ts']),
    );
    // An agent's token opens no session: its level says that its person proved themselves, in the browser.
    const others = filesWith(/\blevel: 2\b|\? 2 : 1\b/).filter((path) => !path.startsWith('factors/') && path !== 'agent-tokens.ts');
    for (const path of others) expect(path, 'a new way to level 2').toMatch(/^federation\//);
  });
});

describe('with a second factor', () => {
  let company: Company;
  let factors: ReturnType<typeof withFactors>;
  let app: App;
  beforeAll(async () => {
    company = await createCompany();
    factors = withFactors(company);
    ({ app } = await factors.enrolApp('dana'));
  });
  afterAll(() => company.close());
  beforeEach(() => factors.freshTries());

  const provider = {
    id: 'google',
    issuer: 'https://accounts.google.com',
    subject: '1234',
    sid: 's-1',
    tokens: { idToken: 'id', refreshToken: 'very secret' },
  };
  const conclude = async (first: Partial<FirstFactor>, deviceToken?: string) => {
    const userId = await company.idOf('dana');
    return company.databases.platform('test', (db) =>
      company.iam.sessions.conclude(
        db,
        { userId, amr: ['pwd'], level: 1, ...first },
        { kind: 'bearer', ip: '192.0.2.1', agent: null, deviceToken },
        company.clock.at,
      ),
    );
  };
  const sessions = async () => (await company.sql<{ n: number }>('select count(*)::int as n from auth.sessions'))[0]!.n;

  test.each<[string, Amr[]]>([
    ['a password', ['pwd']],
    ['a social or OpenID provider, PeeringDB included', ['fed']],
    ['a passkey that did not verify its user', ['hwk']],
    ['a link in a mail (verification, invitation)', ['pwd', 'email']],
  ])('%s alone opens no session', async (_way, amr) => {
    const before = await sessions();
    expect(await conclude({ amr })).toMatchObject({ status: 'mfa-required', factors: ['totp', 'backup'] });
    expect(await sessions()).toBe(before);
  });

  test('platform 33: Given a user with TOTP, when signing in through any OAuth provider without `trustMfa`, then a challenge is demanded and no session exists before it', async () => {
    const before = await sessions();
    const challenge = await conclude({ amr: ['fed'], provider });
    if (challenge.status !== 'mfa-required') throw new Error('no challenge');
    expect(await sessions()).toBe(before);
    const kept = JSON.stringify(await company.sql('select * from auth.login_challenges'));
    for (const secret of [challenge.challengeId, 'very secret']) expect(kept).not.toContain(secret);
    const input = { challengeId: challenge.challengeId, factor: 'totp', code: app.code(company.clock.at) };
    const signed = await company.done(authMfaChallenge, input, null);
    if (signed.status !== 'signed-in') throw new Error('not signed in');
    company.clock.pass(30_000);
    expect(await company.done(authSession, {}, bearer(signed.token!))).toMatchObject({ level: 2, methods: ['fed', 'otp', 'mfa'] });
    // The session rests on the provider's identity, as if there had been one step.
    const [row] = await company.sql('select provider, issuer, subject, provider_sid from auth.sessions order by created_at desc limit 1');
    expect(row).toEqual({ provider: 'google', issuer: provider.issuer, subject: '1234', provider_sid: 's-1' });
  });

  test('a provider that is trusted for it has asked already', async () => {
    expect((await conclude({ amr: ['fed', 'mfa'], level: 2, provider })).status).toBe('signed-in');
  });
});
