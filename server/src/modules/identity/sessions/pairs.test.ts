import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { authLogin, authMe, authRefresh, authSession, authSessionsList, authSwitchTenant, authToken } from '../index.ts';

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
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
const row = async (id: string) => (await company.sql<{ generation: number; version: number; revoked_at: Date | null; revoke_reason: string | null; idle_expires_at: Date; expires_at: Date }>('select * from auth.sessions where id = $1', [id]))[0]!; // prettier-ignore

describe('refresh', () => {
  test('platform 19: Given 20 parallel refreshes with one token, when run, then all answer the same successor and the generation rose by one', async () => {
    const first = await pair('dana');
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(first.refresh)));
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(answers.map(({ accessToken }) => JSON.stringify(decodeJwt(accessToken!)))).size).toBe(1);
    expect((await row(sessionOf(first.access))).generation).toBe(1);
    expect(answers[0]!.refreshToken).not.toBe(first.refresh);
    await refresh(answers[0]!.refreshToken!);
    expect((await row(sessionOf(first.access))).generation).toBe(2);
  });

  test('platform 20: Given the old token 11 s later, when used, then 401 refresh-reuse-detected, the session is revoked and a mail is sent', async () => {
    const first = await pair('dana', { ip: '198.51.100.7' });
    const other = await pair('dana');
    const next = await refresh(first.refresh);
    await me(next.accessToken!);
    company.clock.pass(10 * SECOND);
    expect((await refresh(first.refresh)).refreshToken).toBe(next.refreshToken);
    company.clock.pass(SECOND);
    const before = company.mails.length;
    expect(await refused(first.refresh)).toBe('refresh-reuse-detected');
    // Neither the thief nor the owner goes on in this session; the owner's others do.
    expect(await slug(next.accessToken!)).toBe('session-revoked');
    expect(await refused(next.refreshToken!)).toBe('session-revoked');
    expect(await row(sessionOf(first.access))).toMatchObject({ revoke_reason: 'refresh_reuse' });
    await me(other.access);
    expect(company.mails.slice(before)).toEqual([expect.objectContaining({ to: 'dana@acme.example', template: 'refresh-reuse' })]);
    expect(
      await company.sql(`select kind from auth.activity where user_id = $1 and kind = 'auth.refresh_reuse'`, [await company.idOf('dana')]),
    ).toHaveLength(1);
  });

  test('a token that is two generations old is reuse, however soon', async () => {
    const first = await pair('dana');
    const second = await refresh(first.refresh);
    await refresh(second.refreshToken!);
    expect(await refused(first.refresh)).toBe('refresh-reuse-detected');
  });

  test('platform 21: Given a refresh token with a changed generation number, when used, then 401 token-invalid and no session is touched', async () => {
    const first = await pair('dana');
    const id = sessionOf(first.access);
    const before = await row(id);
    const [head, generation, mac] = first.refresh.split('.');
    const other = (await pair('vera')).refresh;
    const all = () => company.sql('select * from auth.sessions order by id');
    const untouched = await all();
    for (const forged of [
      `${head}.1.${mac}`,
      `${head}.2.${mac}`,
      `${head}.00.${mac}`,
      `${head}.-1.${mac}`,
      `${head}.${generation}.${'A'.repeat(43)}`,
      `swr_${randomUUID()}.0.${mac}`,
      `swr_${sessionOf(first.access)}.0.${other.split('.')[2]}`,
      'swr_',
      `${first.refresh}x`,
      first.refresh.toUpperCase(),
    ])
      // prettier-ignore
      expect(await refused(forged), forged).toBe('token-invalid');
    expect(await row(id)).toEqual(before);
    expect(await all()).toEqual(untouched);
    await refresh(first.refresh);
  });

  test('the token of a cookie session or an API key is no refresh token', async () => {
    for (const token of [(await company.signIn('dana')).token!, company.login('dana').apiKey]) expect(await refused(token)).toBe('token-invalid');
  });

  test('a pair ends after a week without use, and after a day in any case; with "stay signed in" after 30 days', async () => {
    const [short, long, owner] = [await pair('vera'), await pair('vera', { rememberMe: true }), await pair('olivia', { rememberMe: true })];
    const lives = async ({ access }: { access: string }) => (await row(sessionOf(access))).expires_at.getTime() - company.clock.at.getTime();
    expect([await lives(short), await lives(long), await lives(owner)]).toEqual([DAY, 30 * DAY, DAY]);
    let { refresh: token } = long;
    for (let day = 0; day < 29; day += 6) {
      company.clock.pass(6 * DAY);
      if (day < 24) token = (await refresh(token)).refreshToken!;
    }
    company.clock.pass(DAY);
    expect(await refused(token)).toBe('session-expired');
    expect(await refused(short.refresh)).toBe('session-expired');
    const idle = await pair('vera', { rememberMe: true });
    company.clock.pass(7 * DAY);
    expect(await refused(idle.refresh)).toBe('session-expired');
  });

  test('an account that is suspended gets no other token', async () => {
    const { refresh: token } = await pair('aldo');
    await company.sql(`update auth.users set status = 'suspended' where email = 'aldo@acme.example'`);
    expect(await refused(token)).toBe('account-suspended');
    await company.sql(`update auth.users set status = 'active' where email = 'aldo@acme.example'`);
    await refresh(token);
  });

  test('sixty refreshes an hour are plenty for one session', async () => {
    let { refresh: token } = await pair('dana', { ip: '198.51.100.60' });
    for (let count = 0; count < 60; count += 1) token = (await refresh(token, { ip: `198.51.100.${count}` })).refreshToken!;
    const problem = await company.refused(authRefresh, { refreshToken: token }, null, { ip: '198.51.100.61' });
    expect([problem.slug, problem.kind.status]).toEqual(['rate-limited', 429]);
  });

  test('the twenty-first pair ends the first; sessions of browsers are counted apart', async () => {
    const browser = await company.signIn('gustav');
    const pairs: { access: string }[] = [];
    for (let count = 0; count < 21; count += 1) pairs.push(await pair('gustav'));
    expect(await slug(pairs[0]!.access)).toBe('session-revoked');
    await me(pairs[1]!.access);
    expect((await company.done(authSessionsList, {}, bearer(browser.token!))).items).toHaveLength(21);
  });

  test('switching the tenant voids the tokens of before', async () => {
    const signed = await company.signIn('priya', { tokenType: 'pair', slug: 'acme' });
    const globex = signed.tenants.find(({ slug: name }) => name === 'globex')!;
    const switched = await company.done(authSwitchTenant, { tenantId: globex.id }, bearer(signed.accessToken!));
    expect(decodeJwt(switched.accessToken!)['tid']).toBe(globex.id);
    expect(await refused(signed.refreshToken!)).toBe('token-invalid');
    expect(await company.done(authMe, {}, bearer((await refresh(switched.refreshToken!)).accessToken!))).toMatchObject({
      tenant: { slug: 'globex' },
    });
  });
});

describe('other doors', () => {
  test('auth.token answers as OAuth does, over the same funnel', async () => {
    const { email, password } = company.login('dana');
    const answer = await company.done(authToken, { username: email, password, grant_type: 'password', scope: '' }, null);
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    await me(answer.access_token);
    await refresh(answer.refresh_token);
  });

  test('platform 13: Given the same failures through two doors, when counted, then they share one budget', async () => {
    const { email, password } = company.login('dana');
    for (let count = 0; count < 3; count += 1) await company.refused(authLogin, { email, password: 'not the password' }, null);
    for (let count = 0; count < 2; count += 1) await company.refused(authToken, { username: email, password: 'not the password' }, null);
    expect(await company.slugOf(authToken, { username: email, password }, null)).toBe('locked');
    expect(await company.slugOf(authLogin, { email, password }, null)).toBe('locked');
  });

  test('auth.session tells how well the session is proven, and a key has none', async () => {
    const { access } = await pair('priya');
    expect(await company.done(authSession, {}, bearer(access))).toMatchObject({ tenant: null, tenants: [{ slug: 'acme' }, { slug: 'globex' }], tokenType: 'pair', level: 1, methods: ['pwd'], factors: ['password'], limitedTo: null }); // prettier-ignore
    expect(await company.slugOf(authSession, {}, company.key('dana'))).toBe('session-required');
  });

  test('who has chosen no tenant can do nothing in one', async () => {
    const { access } = await pair('priya');
    expect(await company.slugOf(auditList, {}, bearer(access))).toBe('tenant-required');
    // With a tenant it is the permission that is missing.
    expect(await company.slugOf(auditList, {}, bearer((await pair('priya', { slug: 'acme' })).access))).toBe('permission-denied');
  });
});
