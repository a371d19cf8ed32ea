import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { bearer, createBrowser, createCompany, type Company } from '#test/company.ts';
import { withFactors } from '#test/factors.ts';
import { authMe, authRefresh } from '../index.ts';
import { apiKeysCreate } from '../operations/apiKeys.create.ts';
import { usersMeChangeEmail } from '../operations/users.me.changeEmail.ts';
import { authConfirmEmail, authNotMe, authUndoEmailChange } from './index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let company: Company;
beforeAll(async () => void (company = await createCompany()));
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const mailsTo = (email: string, template: string) => company.mails.filter((mail) => mail.to === email && mail.template === template);
const tokenIn = (mail: { data: object } | undefined): string => (mail!.data as { link: string }).link.split('#token=')[1]!;
const count = async (table: string, userId: string): Promise<number> =>
  (await company.sql<{ n: number }>(`select count(*)::int as n from auth.${table} where user_id = $1`, [userId]))[0]!.n;

/** Somebody else signs in from a place of their own; answers their session and the link that the owner gets. */
async function thief(name: string) {
  const { email } = company.login(name);
  await company.signIn(name, { browser: createBrowser('Own') }); // the first place ever is no news
  const { token } = await company.signIn(name, { ip: '203.0.113.66', browser: createBrowser('Thief') });
  return { me: bearer(token!), token: token!, notMe: tokenIn(mailsTo(email, 'new-sign-in').at(-1)) };
}
async function passkey(userId: string, label: string): Promise<void> {
  await company.sql(
    `insert into auth.passkeys (id, user_id, credential_id, public_key, counter, transports, aaguid, backed_up, label, created_at) values ($1, $2, $3, '\\x00', 0, '{}', '', false, $3, $4)`,
    [newId(), userId, label, company.clock.at],
  );
}
async function identity(userId: string, subject: string): Promise<void> {
  await company.sql(
    `insert into auth.oauth_accounts (id, user_id, provider, issuer, subject, email, linked_at, last_used_at) values ($1, $2, 'google', $3, $3, 'x@y.example', $4, $4)`,
    [newId(), userId, subject, company.clock.at],
  );
}
async function agent(userId: string, name: string): Promise<void> {
  await company.sql(
    `insert into auth.oauth_grants (id, tenant_id, user_id, client_id, client_name, client_kind, client_host, redirect_uri, audience, risk, created_at, updated_at)
     select $1, m.tenant_id, $2, $3, $3, 'dynamic', 'agent.example', 'https://agent.example/back', 'https://here.example/mcp', 'high', $4, $4 from auth.memberships m where m.user_id = $2 limit 1`,
    [newId(), userId, name, company.clock.at],
  );
}
const identitiesOf = (userId: string) => company.sql('select subject from auth.oauth_accounts where user_id = $1', [userId]);

describe('this was not me', () => {
  test('takes away what was added since, revokes every key at once, keeps what was there before, and says so by mail', async () => {
    const userId = await company.idOf('dana');
    await identity(userId, 'mine');
    company.clock.pass(HOUR);
    const { me, token, notMe } = await thief('dana');
    const made = await company.done(apiKeysCreate, { name: 'backdoor', expiresInDays: 30 }, me);
    const backdoor = bearer(made.key);
    company.clock.pass(MINUTE);
    await withFactors(company).enrolApp('dana', token);
    await passkey(userId, 'theirs');
    await identity(userId, 'of thief');
    await agent(userId, 'Helpful Agent');
    await company.sql(`update auth.users set phone_e164 = '+4930901820', phone_verified_at = $2 where id = $1`, [userId, company.clock.at]);
    expect(await company.done(authMe, {}, backdoor)).toMatchObject({ tenant: { slug: 'acme' } });

    expect(await company.done(authNotMe, { token: notMe }, null)).toEqual({ status: 'secured' });

    expect(await company.slugOf(authMe, {}, backdoor)).toBe('unauthenticated');
    expect(await company.slugOf(authMe, {}, company.key('dana'))).toBe('unauthenticated');
    expect(await identitiesOf(userId)).toEqual([{ subject: 'mine' }]);
    expect([await count('passkeys', userId), await count('mfa_factors', userId), await count('mfa_backup_codes', userId)]).toEqual([0, 0, 0]);
    expect(await company.sql('select phone_e164, password_hash from auth.users where id = $1', [userId])).toEqual([
      { phone_e164: null, password_hash: null },
    ]);
    expect(await company.sql('select 1 from auth.oauth_grants where user_id = $1 and revoked_at is null', [userId])).toEqual([]);
    const { factor } = mailsTo('dana@acme.example', 'factor-removed').at(-1)!.data as { factor: string };
    for (const part of ['theirs', 'authenticator app', 'phone number', 'google', 'backdoor', 'Helpful Agent']) expect(factor).toContain(part);
    expect(factor).not.toContain('mine');
    expect(mailsTo('dana@acme.example', 'reset-password')).toHaveLength(1);
  });

  test('after a stolen refresh token reaches back to where its session began', async () => {
    const userId = await company.idOf('gustav');
    await identity(userId, 'before');
    company.clock.pass(HOUR);
    const pair = await company.signIn('gustav', { tokenType: 'pair' });
    company.clock.pass(HOUR);
    await identity(userId, 'planted by the copy');
    const refresh = (refreshToken: string) => company.done(authRefresh, { refreshToken }, null);
    const { refreshToken } = await refresh(pair.refreshToken!);
    company.clock.pass(MINUTE);
    await refresh(refreshToken!);
    expect(await company.slugOf(authRefresh, { refreshToken: pair.refreshToken! }, null)).toBe('refresh-reuse-detected');
    await company.done(authNotMe, { token: tokenIn(mailsTo('gustav@globex.example', 'refresh-reuse').at(-1)) }, null);
    expect(await identitiesOf(userId)).toEqual([{ subject: 'before' }]);
  });

  test('gives the account back its address, if the thief has moved it meanwhile: the reset link is not theirs', async () => {
    const { me, notMe } = await thief('vera');
    await company.done(usersMeChangeEmail, { email: 'thief@evil.example' }, me);
    await company.done(authConfirmEmail, { token: tokenIn(mailsTo('thief@evil.example', 'email-change-confirm')[0]) }, null);
    await company.done(authNotMe, { token: notMe }, null);
    expect(mailsTo('thief@evil.example', 'reset-password')).toEqual([]);
    expect(mailsTo('vera@acme.example', 'reset-password')).toHaveLength(1);
    expect(await company.sql(`select 1 as one from auth.users where email = 'vera@acme.example'`)).toHaveLength(1);
  });
});

describe('an address that a thief has moved twice', () => {
  test('comes back to its owner, and the thief cannot undo that with a link of their own, nor void the owner’s before', async () => {
    const { me } = await thief('priya');
    const move = async (email: string) => {
      await company.done(usersMeChangeEmail, { email }, me);
      await company.done(authConfirmEmail, { token: tokenIn(mailsTo(email, 'email-change-confirm')[0]) }, null);
      company.clock.pass(MINUTE);
    };
    for (const email of ['one@evil.example', 'two@evil.example', 'three@evil.example']) await move(email);
    const undoOf = (email: string) => tokenIn(mailsTo(email, 'email-change-notice')[0]);
    await company.done(authUndoEmailChange, { token: undoOf('two@evil.example') }, null);
    const owner = company.login('priya').email;
    expect(await company.done(authUndoEmailChange, { token: undoOf(owner) }, null)).toEqual({ status: 'restored', email: owner });
    expect(await company.slugOf(authUndoEmailChange, { token: undoOf('one@evil.example') }, null)).toBe('link-invalid');
  });

  test('with it goes what was added in the three days before', async () => {
    const userId = await company.idOf('adam');
    await identity(userId, 'older');
    company.clock.pass(73 * HOUR);
    const { me } = await thief('adam');
    await identity(userId, 'planted');
    await company.done(usersMeChangeEmail, { email: 'adam@evil.example' }, me);
    await company.done(authConfirmEmail, { token: tokenIn(mailsTo('adam@evil.example', 'email-change-confirm')[0]) }, null);
    await company.done(authUndoEmailChange, { token: tokenIn(mailsTo('adam@acme.example', 'email-change-notice')[0]) }, null);
    expect(await identitiesOf(userId)).toEqual([{ subject: 'older' }]);
    expect(await company.slugOf(authMe, {}, company.key('adam'))).toBe('unauthenticated');
  });
});
