import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, createBrowser, createCompany, type Company } from '#test/company.ts';
import { openRest, type Rest } from '#test/rest.ts';
import { authLogin, authMe, authRefresh } from '../index.ts';
import { authForgotPassword, authNotMe, authResetPassword } from './index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0';
let company: Company;
let rest: Rest;
beforeAll(async () => void (rest = await openRest((company = await createCompany()))));
afterAll(() => Promise.all([rest.close(), company.close()]));
beforeEach(() => company.sql('delete from auth.login_attempts'));

const mailsTo = (email: string, template: string) => company.mails.filter((mail) => mail.to === email && mail.template === template);
const tokenIn = (mail: { data: object } | undefined): string => (mail!.data as { link: string }).link.split('#token=')[1]!;
const forgot = (email: string, from = {}) => company.done(authForgotPassword, { email }, null, from);
const resetLink = async (email: string): Promise<string> => {
  await company.sql('delete from auth.login_attempts');
  await forgot(email);
  return tokenIn(mailsTo(email, 'reset-password').at(-1));
};
const reset = (token: string, password: string, from = {}) => company.call(authResetPassword, { token, password }, null, from).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
const logIn = (email: string, password: string) => company.call(authLogin, { email, password, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore

describe('a forgotten password', () => {
  test('platform 8: Given an unknown address, when asking for a reset, then the same 202 and no mail; given a known one, one mail', async () => {
    const before = company.mails.length;
    const overRest = async (email: string) => {
      const answer = await rest.post('/auth/forgot-password', { email });
      return [answer.statusCode, answer.json()];
    };
    expect(await overRest('nobody@acme.example')).toEqual([202, { status: 'check_email' }]);
    expect(company.mails.length).toBe(before);
    expect(await overRest('OLIVIA@acme.example ')).toEqual([202, { status: 'check_email' }]);
    expect(company.mails.slice(before).map(({ to, template }) => [to, template])).toEqual([['olivia@acme.example', 'reset-password']]);
    const { link } = company.mails.at(-1)!.data as { link: string };
    expect(link).toMatch(/^http:\/\/localhost:8420\/reset-password#token=[\w-]{43}$/);
    await company.sql(`update auth.users set status = 'suspended' where email = 'vera@acme.example'`);
    expect(await forgot('vera@acme.example')).toEqual({ status: 'check_email' });
    expect(company.mails.length).toBe(before + 1);
    await company.sql(`update auth.users set status = 'active' where email = 'vera@acme.example'`);
  });

  test('no password is looked at or hashed for either, and three mails an hour are the most, silently', async () => {
    const before = { ...company.passwords };
    const count = mailsTo('adam@acme.example', 'reset-password').length;
    for (let tries = 0; tries < 5; tries += 1) {
      for (const email of ['adam@acme.example', 'ghost@acme.example'])
        expect(await forgot(email, { ip: `198.51.100.${tries}` })).toEqual({ status: 'check_email' });
    }
    expect(mailsTo('adam@acme.example', 'reset-password').length - count).toBe(3);
    expect([company.passwords.verified - before.verified, company.passwords.hashed - before.hashed]).toEqual([0, 0]);
  });

  test('from one network ten an hour, whichever addresses they name', async () => {
    for (let tries = 0; tries < 10; tries += 1) await forgot(`anybody${tries}@acme.example`, { ip: '198.51.100.99' });
    expect(await company.slugOf(authForgotPassword, { email: 'olivia@acme.example' }, null, { ip: '198.51.100.99' })).toBe('rate-limited');
  });

  test('platform 9: Given a reset link, when used, then every session and trusted device ends, a mail tells it, the link is dead and the last five passwords are refused', async () => {
    const { email, password: first } = company.login('dana');
    const { token: session } = await company.signIn('dana');
    const pair = await company.signIn('dana', { tokenType: 'pair' });
    const id = await company.idOf('dana');
    await company.sql(
      `insert into auth.trusted_devices (id, user_id, device_hash, created_at, trusted_until) values (gen_random_uuid(), $1, repeat('a', 64), now(), now() + interval '7 days')`,
      [id],
    );
    const link = await resetLink(email);
    const spare = await resetLink(email);
    const rows = JSON.stringify(await company.sql('select * from auth.password_reset_tokens'));
    for (const secret of [link, spare]) expect(rows).not.toContain(secret);

    expect(await reset(link, 'the first of several')).toBe('done');
    expect(await company.slugOf(authMe, {}, bearer(session!))).toBe('session-revoked');
    expect(await company.slugOf(authRefresh, { refreshToken: pair.refreshToken }, null)).toBe('session-revoked');
    expect(await company.sql('select 1 from auth.trusted_devices where user_id = $1 and revoked_at is null', [id])).toEqual([]);
    expect(mailsTo(email, 'password-changed')).toHaveLength(1);
    for (const dead of [link, spare]) expect(await reset(dead, 'whatever else it is')).toBe('link-invalid');
    expect(await logIn(email, first)).toBe('invalid-credentials');
    expect(await logIn(email, 'the first of several')).toBe('done');

    const others = ['the second of several', 'the third of several', 'the fourth of several'];
    for (const next of others) expect(await reset(await resetLink(email), next)).toBe('done');
    for (const former of [first, 'the first of several', ...others]) expect(await reset(await resetLink(email), former)).toBe('password-reused');
    expect(await reset(await resetLink(email), 'the fifth of several')).toBe('done');
    expect(await reset(await resetLink(email), first)).toBe('done'); // the sixth back
  });

  test('a link is good for 30 minutes, and for five passwords that are refused', async () => {
    const { email, password } = company.login('aldo');
    const late = await resetLink(email);
    company.clock.pass(30 * MINUTE);
    expect(await reset(late, 'quite another phrase')).toBe('link-invalid');
    const tried = await resetLink(email);
    expect(await reset(tried, 'short')).toBe('password-too-short'); // does not count: it is refused before the link is looked at
    for (let tries = 0; tries < 5; tries += 1) expect(await reset(tried, password)).toBe('password-reused');
    expect(await reset(tried, 'quite another phrase')).toBe('link-invalid');
  });

  test('of ten uses at once one sets its password', async () => {
    const { email } = company.login('aldo');
    const link = await resetLink(email);
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_none, index) => reset(link, `phrase number ${index} here`)));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    const worked = [];
    for (let index = 0; index < 5; index += 1) {
      await company.sql('delete from auth.login_attempts');
      worked.push(await logIn(email, `phrase number ${index} here`));
    }
    expect(worked.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  test('a token of another kind, of another form or made up opens nothing', async () => {
    const { email } = company.login('gustav');
    const link = await resetLink(email);
    for (const token of ['x'.repeat(43), link.slice(0, -1), `${link}A`, link.toUpperCase()])
      expect(await reset(token, 'quite another phrase')).toBe('link-invalid');
    expect(await company.slugOf(authNotMe, { token: link }, null)).toBe('link-invalid');
    expect(await reset(link, 'quite another phrase')).toBe('done');
  });

  test('a link that went to an address which is no longer the account’s opens nothing', async () => {
    const { email } = company.login('priya');
    const link = await resetLink(email);
    await company.sql(`update auth.users set email = 'priya@elsewhere.example' where email = $1`, [email]);
    expect(await reset(link, 'quite another phrase')).toBe('link-invalid');
    await company.sql(`update auth.users set email = $1 where email = 'priya@elsewhere.example'`, [email]);
  });

  test('what a tenant demands of passwords counts for its people', async () => {
    const { email } = company.login('gustav');
    await company.sql(
      `update tenant_settings s set value = jsonb_set(value, '{security}', coalesce(value->'security', '{}') || '{"passwordMinLength": 20, "passwordClasses": true}') from tenants t where t.tenant_id = s.tenant_id and t.slug = 'globex'`,
    );
    const problem = await company.refused(authResetPassword, { token: await resetLink(email), password: 'seventeen letters' }, null);
    expect([problem.slug, problem.kind.status]).toEqual(['password-policy', 422]);
    expect(problem.message).toMatch(/at least 20 characters; a capital; a digit/);
    expect(await reset(await resetLink(email), 'Seventeen letters and 3')).toBe('done');
  });
});

describe('a sign-in from a new place', () => {
  const from = (ip: string, userAgent: string) => ({ ip, browser: createBrowser(userAgent) });
  const news = () => mailsTo('adam@acme.example', 'new-sign-in');

  test('is told by mail once for each place, but not the very first one', async () => {
    await company.signIn('adam', from('192.0.2.10', FIREFOX));
    expect(news()).toHaveLength(0);
    await company.signIn('adam', from('192.0.2.10', FIREFOX.replaceAll('131', '132'))); // the same browser after an update
    expect(news()).toHaveLength(0);
    await company.signIn('adam', from('198.51.100.10', FIREFOX));
    expect(news()).toHaveLength(1);
    expect(news()[0]!.data).toMatchObject({ name: 'Adam Ito', device: 'Firefox on Linux', ip: '198.51.100.x' });
    await company.signIn('adam', from('198.51.100.10', FIREFOX));
    company.clock.pass(2 * DAY);
    await company.signIn('adam', from('198.51.100.10', FIREFOX));
    expect(news()).toHaveLength(1);
    await company.signIn('adam', from('198.51.100.10', 'curl/8.5.0'));
    expect(news()).toHaveLength(2);
  });

  test('“this was not me” ends every session, voids the password, mails a link to set another, and works once', async () => {
    const { email, password } = company.login('adam');
    const { token: session } = await company.signIn('adam');
    const link = tokenIn(news().at(-1));
    const before = mailsTo(email, 'reset-password').length;
    expect(await company.done(authNotMe, { token: link }, null)).toEqual({ status: 'secured' });
    expect(await company.slugOf(authMe, {}, bearer(session!))).toBe('session-revoked');
    expect(await logIn(email, password)).toBe('invalid-credentials');
    expect(mailsTo(email, 'reset-password')).toHaveLength(before + 1);
    expect(await company.slugOf(authNotMe, { token: link }, null)).toBe('link-invalid');
    const resetToken = tokenIn(mailsTo(email, 'reset-password').at(-1));
    expect(await reset(resetToken, password)).toBe('password-reused');
    expect(await reset(resetToken, 'known to its owner only')).toBe('done');
    expect(await logIn(email, 'known to its owner only')).toBe('done');
  });
});
