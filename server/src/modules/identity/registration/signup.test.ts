import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, cookie, createBrowser, createCompany, type Company } from '#test/company.ts';
import { openRest, type Rest } from '#test/rest.ts';
import { authLogin, authMe } from '../index.ts';
import { authResendVerification, authSignup, authVerifyEmail } from './index.ts';
import { sweepAccounts } from './sweep.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PASSWORD = 'vumqe xahilog trip';
let company: Company;
let rest: Rest;
beforeAll(async () => void (rest = await openRest((company = await createCompany()))));
afterAll(() => Promise.all([rest.close(), company.close()]));
beforeEach(() => company.sql('delete from auth.login_attempts'));

const signUp = (email: string, more: object = {}, from = {}) =>
  company.done(authSignup, { email, name: 'Nora New', password: PASSWORD, ...more }, null, from);
const mailsTo = (email: string) => company.mails.filter(({ to }) => to === email);
const lastMail = (email: string) => mailsTo(email).at(-1)!;
const dataOf = (email: string) => lastMail(email).data as { link: string; code: string; name: string };
const tokenOf = (email: string) => dataOf(email).link.split('#token=')[1]!;
const logIn = (email: string, password = PASSWORD) => company.call(authLogin, { email, password, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
const person = async (email: string) => (await company.sql<{ id: string; status: string; email_verified_at: Date | null }>('select * from auth.users where email = $1', [email]))[0]; // prettier-ignore

describe('signing up', () => {
  test('platform 1: Given a new address, when signing up, then 202, a user `pending`, one mail with link and code, no session', async () => {
    const answer = await rest.post('/auth/signup', { email: 'one@new.example', name: 'Nora New', password: PASSWORD });
    expect([answer.statusCode, answer.json()]).toEqual([202, { status: 'check_email' }]);
    expect(await person('one@new.example')).toMatchObject({ status: 'pending', email_verified_at: null });
    expect(mailsTo('one@new.example').map(({ template }) => template)).toEqual(['verify-email']);
    expect(dataOf('one@new.example')).toEqual({
      name: 'Nora New',
      code: expect.stringMatching(/^\d{6}$/),
      link: expect.stringMatching(/^http:\/\/localhost:8420\/verify-email#token=[\w-]{43}$/),
    });
    expect(answer.cookies.map(({ name }) => name)).toEqual(['sy_signup']);
    expect(await company.sql('select 1 from auth.sessions s join auth.users u on u.id = s.user_id where u.email = $1', ['one@new.example'])).toEqual(
      [],
    );
  });

  test('platform 2: Given an existing address, when signing up, then the same 202 after the same work, no second user, one notice mail per 24 h', async () => {
    const before = { ...company.passwords };
    const overRest = (email: string) => rest.post('/auth/signup', { email, name: 'Somebody Else', password: PASSWORD });
    const unknown = await overRest('two@new.example');
    const between = { ...company.passwords };
    const known = await overRest('olivia@acme.example');
    expect([known.statusCode, known.body]).toEqual([202, unknown.body]);
    expect(unknown.statusCode).toBe(202);
    expect([between.hashed - before.hashed, company.passwords.hashed - between.hashed]).toEqual([1, 1]);
    expect([between.verified - before.verified, company.passwords.verified - between.verified]).toEqual([0, 0]);
    await signUp('OLIVIA@acme.example');
    expect(mailsTo('olivia@acme.example').map(({ template }) => template)).toEqual(['already-registered']);
    expect(await company.sql(`select name from auth.users where lower(email) = 'olivia@acme.example'`)).toEqual([{ name: 'Olivia Owens' }]);
    await company.signIn('olivia'); // the password is what it was
    company.clock.pass(DAY);
    await signUp('olivia@acme.example');
    expect(mailsTo('olivia@acme.example').filter(({ template }) => template === 'already-registered')).toHaveLength(2);
  });

  test('platform 3: Given `signup: invite_only`, when signing up without a token, then 404 and no mail; closed is closed for everybody', async () => {
    for (const mode of ['invite_only', 'closed'] as const) {
      const shut = await createCompany({ accounts: { signup: { mode, domains: [] } } });
      try {
        const problem = await shut.refused(authSignup, { email: 'three@new.example', name: 'Three', password: PASSWORD }, null);
        expect([problem.slug, problem.kind.status]).toEqual(['not-found', 404]);
        expect(shut.mails).toEqual([]);
        const invited = { email: 'three@new.example', name: 'Three', password: PASSWORD, invitationToken: 'x'.repeat(43) };
        if (mode === 'closed') expect(await shut.slugOf(authSignup, invited, null)).toBe('not-found');
      } finally {
        await shut.close();
      }
    }
  });

  test('only addresses of the listed domains may sign up', async () => {
    const listed = await createCompany({ accounts: { signup: { mode: 'open', domains: ['good.example'] } } });
    try {
      const attempt = (email: string) => listed.call(authSignup, { email, name: 'Dora', password: PASSWORD }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
      expect(await attempt('a@good.example')).toBe('done');
      for (const email of ['a@bad.example', 'a@sub.good.example', 'a@notgood.example', 'good.example@bad.example'])
        expect(await attempt(email)).toBe('validation-failed');
    } finally {
      await listed.close();
    }
  });

  test('platform 5: Given an 11-character password, when signing up, then 422 `password-too-short`; a 12-character lower-case one passes by default', async () => {
    const problem = await company.refused(authSignup, { email: 'five@new.example', name: 'Five', password: 'vumqexahilo' }, null);
    expect([problem.slug, problem.kind.status]).toEqual(['password-too-short', 422]);
    expect(await signUp('five@new.example', { password: 'vumqexahilog' })).toEqual({ status: 'check_email' });
  });

  test.each([
    ['no address', { email: 'nobody' }],
    ['two addresses', { email: 'a@b.example,c@d.example' }],
    ['a header in the address', { email: 'a@b.example\r\nBcc: c@d.example' }],
    ['a link in the name', { name: 'You won: https://evil.example' }],
    ['markup in the name', { name: '<b>Eve</b>' }],
    ['a language that is none', { locale: 'klingon!' }],
    ['a status of its own', { status: 'active' }],
    ['a role of its own', { kind: 'service' }],
  ])('%s is 422, and nothing is kept', async (_what, more) => {
    expect(await company.slugOf(authSignup, { email: 'bad@new.example', name: 'Bad', password: PASSWORD, ...more }, null)).toBe('validation-failed');
    expect(await person('bad@new.example')).toBeUndefined();
  });

  test('the fourth try for one address is too many, whether there is an account or not', async () => {
    for (const email of ['many@new.example', 'adam@acme.example']) {
      for (let tries = 0; tries < 3; tries += 1) await signUp(email, {}, { ip: `198.51.100.${tries}` });
      const problem = await company.refused(authSignup, { email, name: 'Many', password: PASSWORD }, null, { ip: '203.0.113.1' });
      expect([problem.slug, problem.extras.retryAfterSeconds]).toEqual(['rate-limited', 3600]);
    }
  });

  test('five sign-ups from one network close it for an hour, ten for a day', async () => {
    const from = { ip: '198.51.100.77' };
    for (let index = 0; index < 5; index += 1) await signUp(`net${index}@new.example`, {}, from);
    const again = () => company.refused(authSignup, { email: 'net@new.example', name: 'Net', password: PASSWORD }, null, from);
    expect((await again()).extras.retryAfterSeconds).toBe(3600);
    company.clock.pass(60 * MINUTE);
    for (let index = 5; index < 10; index += 1) await signUp(`net${index}@new.example`, {}, from);
    expect((await again()).extras.retryAfterSeconds).toBe(86_400);
  });

  test('nobody sets a password for a stranger in advance: the later sign-up replaces the pending one', async () => {
    await signUp('victim@new.example', { password: 'attacker chose this one' });
    const planted = tokenOf('victim@new.example');
    await signUp('victim@new.example');
    expect(await company.slugOf(authVerifyEmail, { token: planted }, null)).toBe('link-invalid');
    await company.done(authVerifyEmail, { token: tokenOf('victim@new.example'), password: PASSWORD }, null);
    expect(await logIn('victim@new.example', 'attacker chose this one')).toBe('invalid-credentials');
    expect(await logIn('victim@new.example')).toBe('done');
  });

  test('of ten at once with one address one is left, and every mail but its own is worthless', async () => {
    await company.sql('delete from auth.login_attempts');
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_none, index) => signUp('race@new.example', {}, { ip: `203.0.113.${index}` }).then(() => 'done', (problem: Problem) => problem.slug)),
    ); // prettier-ignore
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3); // the limit of an address
    expect(await company.sql(`select 1 as one from auth.users where email = 'race@new.example'`)).toEqual([{ one: 1 }]);
    const tokens = mailsTo('race@new.example').map(({ data }) => (data as { link: string }).link.split('#token=')[1]!);
    const verified = [];
    for (const token of tokens) verified.push(await company.call(authVerifyEmail, { token, password: PASSWORD }, null).then(() => 'done', (problem: Problem) => problem.slug)); // prettier-ignore
    expect(verified.sort()).toEqual(['done', 'link-invalid', 'link-invalid']);
  });
});

describe('the list of leaked passwords', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'switchyard-leaks-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const listOf = (...passwords: string[]): string =>
    passwords.map((password) => `${createHash('sha1').update(password).digest('hex').toUpperCase()}:7`).sort().join('\r\n'); // prettier-ignore

  test('platform 4: Given a password of the breach list, when signing up, then 422 `password-compromised`; given the list is unreachable, then the signup works and the check is repeated at next login', async () => {
    const file = join(folder, 'leaks.txt');
    const lenient = await createCompany({ accounts: { breachList: file } });
    try {
      const email = 'four@new.example';
      const attempt = (more: object = {}) => lenient.call(authSignup, { email, name: 'Four', password: PASSWORD, ...more }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
      const signIn = () => lenient.call(authLogin, { email, password: PASSWORD, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore
      expect(await attempt()).toBe('done'); // there is no such file
      const { link } = lenient.mails.at(-1)!.data as { link: string };
      await lenient.done(authVerifyEmail, { token: link.split('#token=')[1]!, password: PASSWORD }, null);
      expect(await signIn()).toBe('done'); // and still none
      writeFileSync(file, listOf(PASSWORD, 'some other leaked one', 'and a third of them'));
      expect(await signIn()).toBe('password-compromised');
      expect(lenient.mails.at(-1)).toMatchObject({ to: email, template: 'reset-password' });
      expect(await signIn()).toBe('invalid-credentials'); // void from then on
      expect(await attempt({ email: 'fourth@new.example' })).toBe('password-compromised');
      expect(await attempt({ email: 'fourth@new.example', password: 'not among the leaked' })).toBe('done');
    } finally {
      await lenient.close();
    }
  });
});

describe('showing that an address is one’s own', () => {
  test('platform 6: Given a verification link, when used twice, then first 200, then 410; the stored row holds only a hash', async () => {
    await signUp('six@new.example');
    const token = tokenOf('six@new.example');
    const { code } = dataOf('six@new.example');
    const rows = JSON.stringify(await company.sql('select t.* from auth.email_verification_tokens t join auth.users u on u.id = t.user_id where u.email = $1', ['six@new.example'])); // prettier-ignore
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(`"${code}"`);
    expect(rows).not.toContain(createHash('sha256').update(code).digest('hex'));
    const given = { token, password: PASSWORD };
    expect(await company.done(authVerifyEmail, given, null)).toEqual({ status: 'verified', email: 'six@new.example' });
    const problem = await company.refused(authVerifyEmail, given, null);
    expect([problem.slug, problem.kind.status]).toEqual(['link-invalid', 410]);
    expect(await person('six@new.example')).toMatchObject({ status: 'active' });
    expect(await logIn('six@new.example')).toBe('done');
  });

  test('platform 7: Given five wrong codes, when the right one follows, then 410 and a resend is needed', async () => {
    const email = 'seven@new.example';
    await signUp(email);
    const right = dataOf(email).code;
    const wrong = right === '000000' ? '000001' : '000000';
    const answers = [];
    for (let tries = 0; tries < 5; tries += 1) answers.push(await company.slugOf(authVerifyEmail, { email, code: wrong }, null));
    answers.push(await company.slugOf(authVerifyEmail, { email, code: right }, null));
    expect(new Set(answers)).toEqual(new Set(['link-invalid']));
    company.clock.pass(MINUTE);
    await company.done(authResendVerification, { email }, null);
    expect(await company.done(authVerifyEmail, { email, code: dataOf(email).code, password: PASSWORD }, null)).toEqual({ status: 'verified', email });
  });

  test('a code is good for 15 minutes, a link for 24 hours', async () => {
    const email = 'late@new.example';
    await signUp(email);
    company.clock.pass(15 * MINUTE);
    expect(await company.slugOf(authVerifyEmail, { email, code: dataOf(email).code }, null)).toBe('link-invalid');
    company.clock.pass(DAY - 15 * MINUTE - 1000);
    expect(await company.done(authVerifyEmail, { token: tokenOf(email), password: PASSWORD }, null)).toMatchObject({ status: 'verified' });
    await signUp('later@new.example');
    company.clock.pass(DAY);
    expect(await company.slugOf(authVerifyEmail, { token: tokenOf('later@new.example') }, null)).toBe('link-invalid');
  });

  test('a code for an address that nobody signed up with, or that is active, is answered like a wrong one', async () => {
    for (const email of ['ghost@new.example', 'olivia@acme.example'])
      expect(await company.slugOf(authVerifyEmail, { email, code: '123456' }, null)).toBe('link-invalid');
  });

  test('in the browser that signed up it signs in; in any other it does not', async () => {
    const browser = createBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0');
    await signUp('here@new.example', {}, { browser });
    const signed = await company.done(authVerifyEmail, { token: tokenOf('here@new.example') }, null, { browser });
    expect(signed).toMatchObject({ status: 'signed-in', user: { email: 'here@new.example' }, tenant: null, tenants: [], tokenType: 'cookie' });
    expect(browser.cookies.size).toBe(0);
    const { token } = signed as { token: string };
    expect(await company.done(authMe, {}, cookie(token))).toMatchObject({ actor: { email: 'here@new.example' }, tenant: null, permissions: [] });
    const other = createBrowser();
    await signUp('there@new.example', {}, { browser: createBrowser() });
    other.setCookie('sy_signup', 'x'.repeat(43), {});
    expect(await company.done(authVerifyEmail, { token: tokenOf('there@new.example') }, null, { browser: other })).toMatchObject({
      status: 'password-required',
    });
  });

  test('the tenant that was wished for is founded with the verification, and not before', async () => {
    const browser = createBrowser();
    await signUp('founder@new.example', { tenantName: 'Lake Networks' }, { browser });
    const tenants = () => company.sql(`select name from tenants where name = 'Lake Networks'`);
    expect(await tenants()).toEqual([]);
    const signed = await company.done(authVerifyEmail, { token: tokenOf('founder@new.example') }, null, { browser });
    expect(signed).toMatchObject({ status: 'signed-in', tenant: { slug: 'lake-networks', name: 'Lake Networks' } });
    expect(await tenants()).toHaveLength(1);
    const { token } = signed as { token: string };
    expect(await company.done(authMe, {}, bearer(token))).toMatchObject({ roles: [{ key: 'owner' }] });
  });

  test('platform 16: Given an unverified user with the right password, when logging in, then 403 `email-not-verified`; with a wrong one 401', async () => {
    await signUp('sixteen@new.example');
    const attempt = (password: string) => company.refused(authLogin, { email: 'sixteen@new.example', password, tokenType: 'bearer' }, null);
    const right = await attempt(PASSWORD);
    expect([right.slug, right.kind.status]).toEqual(['email-not-verified', 403]);
    const wrong = await attempt('not the password');
    expect([wrong.slug, wrong.kind.status]).toEqual(['invalid-credentials', 401]);
  });

  test('platform 10: Given a pending user of 8 days, when cleanup runs, then the row is gone and the address free', async () => {
    await signUp('ten@new.example');
    const { id } = (await person('ten@new.example'))!;
    company.clock.pass(6 * DAY);
    const sweep = () => company.databases.platform('test', (db) => sweepAccounts(db, company.clock.at));
    await sweep();
    expect(await person('ten@new.example')).toBeDefined();
    company.clock.pass(2 * DAY);
    await sweep();
    for (const table of ['email_verification_tokens', 'signups', 'password_history', 'activity'])
      expect(await company.sql(`select 1 from auth.${table} where user_id = $1`, [id])).toEqual([]);
    expect(await person('ten@new.example')).toBeUndefined();
    expect(await person('olivia@acme.example')).toBeDefined();
    expect(await signUp('ten@new.example')).toEqual({ status: 'check_email' });
  });

  test('asking for another mail: one a minute, the same answer for everybody, and mails only where there is something to verify', async () => {
    await signUp('again@new.example');
    company.clock.pass(MINUTE);
    const before = company.mails.length;
    for (const email of ['again@new.example', 'nobody@new.example', 'vera@acme.example']) {
      expect(await company.done(authResendVerification, { email }, null)).toEqual({ status: 'check_email' });
      expect((await company.refused(authResendVerification, { email }, null)).extras.retryAfterSeconds).toBe(60);
    }
    expect(company.mails.slice(before).map(({ to, template }) => [to, template])).toEqual([['again@new.example', 'verify-email']]);
  });
});
