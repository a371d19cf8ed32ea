import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '#kernel/problem.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { authLogin, authMe } from '../index.ts';
import { authConfirmEmail, authUndoEmailChange } from '../registration/index.ts';
import { usersMeChangeEmail, usersMeGet } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const session = async (name: string) => bearer((await company.signIn(name)).token!);
const mailsTo = (email: string, template: string) => company.mails.filter((mail) => mail.to === email && mail.template === template);
const tokenIn = (mail: { data: object } | undefined): string => (mail!.data as { link: string }).link.split('#token=')[1]!;
const logIn = (email: string, password: string) => company.call(authLogin, { email, password, tokenType: 'bearer' }, null).then(() => 'done', (problem: Problem) => problem.slug); // prettier-ignore

describe('another address', () => {
  const email = 'dana@acme.example';
  const ask = (wanted: string, me: ReturnType<typeof bearer>) => company.done(usersMeChangeEmail, { email: wanted }, me);

  test('is the account’s once its owner confirms it there; the old one hears of it and can undo it for 72 hours', async () => {
    const me = await session('dana');
    const id = await company.idOf('dana');
    const { password } = company.login('dana');
    expect(await ask('dana@new.example', me)).toEqual({ status: 'check_email' });
    expect(await company.done(usersMeGet, {}, me)).toMatchObject({ email, pendingEmail: 'dana@new.example' });
    expect(await logIn('dana@new.example', password)).toBe('invalid-credentials');
    const token = tokenIn(mailsTo('dana@new.example', 'email-change-confirm')[0]);
    expect(await company.done(authConfirmEmail, { token }, null)).toEqual({ status: 'changed', email: 'dana@new.example' });
    expect(await company.slugOf(authConfirmEmail, { token }, null)).toBe('link-invalid');
    expect(await company.done(usersMeGet, {}, me)).toMatchObject({ email: 'dana@new.example', pendingEmail: null });
    expect(await logIn('dana@new.example', password)).toBe('done');
    expect(await logIn(email, password)).toBe('invalid-credentials');
    expect(await company.sql('select email from members where id = $1', [id])).toEqual([{ email: 'dana@new.example' }]); // in every tenant

    company.clock.pass(71 * HOUR);
    const undo = tokenIn(mailsTo(email, 'email-change-notice')[0]);
    const fresh = bearer((await company.done(authLogin, { email: 'dana@new.example', password, tokenType: 'bearer' }, null) as { token: string }).token); // prettier-ignore
    expect(await company.done(authUndoEmailChange, { token: undo }, null)).toEqual({ status: 'restored', email });
    expect(await company.slugOf(authMe, {}, fresh)).toBe('session-revoked');
    expect(await logIn(email, password)).toBe('invalid-credentials'); // who made the change may know it
    expect(mailsTo(email, 'reset-password')).toHaveLength(1);
    expect(await company.slugOf(authUndoEmailChange, { token: undo }, null)).toBe('link-invalid');
  });

  test('after 72 hours it stays', async () => {
    const me = await session('aldo');
    await ask('aldo@new.example', me);
    await company.done(authConfirmEmail, { token: tokenIn(mailsTo('aldo@new.example', 'email-change-confirm')[0]) }, null);
    company.clock.pass(72 * HOUR);
    expect(await company.slugOf(authUndoEmailChange, { token: tokenIn(mailsTo('aldo@acme.example', 'email-change-notice')[0]) }, null)).toBe(
      'link-invalid',
    );
  });

  test('that somebody else has is not told to who asks, and never taken from them', async () => {
    const me = await session('adam');
    expect(await ask('vera@acme.example', me)).toEqual({ status: 'check_email' });
    expect(await company.done(usersMeGet, {}, me)).toMatchObject({ pendingEmail: 'vera@acme.example' });
    expect(mailsTo('vera@acme.example', 'email-change-confirm')).toEqual([]);
    expect(mailsTo('vera@acme.example', 'already-registered')).toHaveLength(1);
    // Taken between asking and confirming: the link is worth nothing, and stays so.
    await ask('later@new.example', me);
    const token = tokenIn(mailsTo('later@new.example', 'email-change-confirm')[0]);
    await company.sql(`insert into auth.users (id, email, name) values (gen_random_uuid(), 'later@new.example', 'Faster')`);
    expect(await company.slugOf(authConfirmEmail, { token }, null)).toBe('link-invalid');
    expect(await company.done(usersMeGet, {}, me)).toMatchObject({ email: 'adam@acme.example' });
  });

  test('a newer wish voids the older one; six in an hour are too many', async () => {
    const me = await session('vera');
    await ask('first@new.example', me);
    await ask('second@new.example', me);
    expect(await company.slugOf(authConfirmEmail, { token: tokenIn(mailsTo('first@new.example', 'email-change-confirm')[0]) }, null)).toBe(
      'link-invalid',
    );
    for (const wanted of ['third', 'fourth', 'fifth']) await ask(`${wanted}@new.example`, me);
    expect(await company.slugOf(usersMeChangeEmail, { email: 'sixth@new.example' }, me)).toBe('rate-limited');
  });

  test('needs a proof of the last 15 minutes', async () => {
    const me = await session('vera');
    company.clock.pass(15 * MINUTE + 1000);
    const problem = await company.refused(usersMeChangeEmail, { email: 'late@new.example' }, me);
    expect([problem.slug, problem.kind.status, problem.extras['maxAgeSeconds']]).toEqual(['step-up-required', 401, 900]);
  });
});
