import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { authLogin, authMe } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { mailsIn } from '#test/mailbox.ts';
import { createUsersCli, json, PASSWORD, type UsersCli } from '#test/users-cli.ts';

let company: Company;
let cli: UsersCli;
beforeAll(async () => {
  company = await createCompany();
  cli = createUsersCli(company);
});
afterAll(async () => {
  cli.close();
  await company.close();
});
beforeEach(() => company.sql('delete from auth.login_attempts'));

describe('signing in by username', () => {
  test('exchange 10: given wrong password, unknown user, disabled user: the first two are indistinguishable in body and work, the third only differs after the right password', async () => {
    await cli.create('dora');
    await cli.create('emil');
    await cli.users(['update', '--tenant', 'acme', '--username', 'emil', '--disable']);
    const looked = async (username: string, password: string) => {
      const before = company.passwords.verified;
      const { slug, kind, message } = await cli.refusal(username, password);
      return { slug, status: kind.status, message, passwordsLookedAt: company.passwords.verified - before };
    };
    const wrong = await looked('dora', 'not the password');
    expect(wrong).toEqual({ slug: 'invalid-credentials', status: 401, message: 'The username or the password is wrong.', passwordsLookedAt: 1 });
    expect(await looked('nobody.here', 'not the password')).toEqual(wrong);
    expect(await looked('emil', 'not the password')).toEqual(wrong);
    expect(await looked('emil', PASSWORD)).toMatchObject({ slug: 'credential-disabled', status: 403, passwordsLookedAt: 1 });
  });

  test('exchange 11: given 6 wrong passwords, then 429 with `Retry-After`, also for the address of the same person', async () => {
    await cli.create('felix', '--email', 'felix@peer.example');
    for (let tries = 0; tries < 5; tries += 1) expect((await cli.refusal('felix', 'not the password')).kind.status).toBe(401);
    expect(await cli.refusal('felix', PASSWORD)).toMatchObject({
      slug: 'locked',
      kind: { status: 429 },
      extras: { retryAfterSeconds: expect.any(Number) },
    });
    expect((await company.refused(authLogin, { email: 'felix@peer.example', password: PASSWORD }, null)).slug).toBe('locked');
  });

  test('X-3-E02: a wrong password is in the audit trail of the tenant', async () => {
    await cli.create('gerd');
    await cli.refusal('gerd', 'not the password');
    await company.audit.flush();
    const { items } = await company.done(auditList, { operation: 'auth.localLogin', limit: 5 }, company.key('olivia'));
    expect(items[0]).toMatchObject({ result: 'failure', actor: { name: 'gerd' } });
  });

  test('where the tenant allows no passwords, a local account is refused once the password is right', async () => {
    await cli.create('hugo');
    const set = (value: object) =>
      company.sql(`update tenant_settings set value = $1 where tenant_id = (select id from tenants where slug = 'acme')`, [JSON.stringify(value)]);
    await set({ security: { allowedSignIn: ['passkey'] } });
    try {
      expect((await cli.refusal('hugo', PASSWORD)).slug).toBe('local-auth-disabled');
      expect((await cli.refusal('hugo', 'not the password')).slug).toBe('invalid-credentials');
    } finally {
      await set({});
    }
    await cli.login('hugo');
  });
});

describe('help for people who are locked out', () => {
  test('unlock lets an account try again at once', async () => {
    const { email } = company.login('vera');
    const tries = async (ip: string) => company.refused(authLogin, { email, password: 'not the password' }, null, { ip });
    for (let network = 0; network < 3; network += 1) for (let tried = 0; tried < 4; tried += 1) await tries(`198.51.100.${network}`);
    expect((await tries('203.0.113.9')).slug).toBe('locked');
    expect(await cli.users(['unlock', '--email', email])).toMatchObject({ code: 0 });
    await company.signIn('vera', { ip: '203.0.113.9' });
    expect(await cli.users(['unlock', '--email', 'nobody@acme.example'])).toMatchObject({ code: 4 });
  });

  test('platform 4.8: second factors are taken a day after it was asked for, both times with a mail, and never twice', async () => {
    const { email } = company.login('dana');
    const id = await company.idOf('dana');
    await company.sql(
      `insert into auth.mfa_backup_codes (id, user_id, code_hmac, created_at) values (gen_random_uuid(), $1, repeat('a', 64), now())`,
      [id],
    );
    const { token } = await company.signIn('dana').catch(() => ({ token: undefined }));
    const codes = () => company.sql('select 1 from auth.mfa_backup_codes where user_id = $1', [id]);
    const reset = (...more: string[]) => cli.users(['reset-mfa', '--email', email, '--json', ...more]);
    expect(json(await reset())).toMatchObject({ step: 'asked' });
    expect(await reset()).toMatchObject({ code: 3 });
    expect(await codes()).toHaveLength(1);
    expect(await reset('--cancel')).toMatchObject({ code: 0 });
    expect(await reset('--cancel')).toMatchObject({ code: 4 });

    await reset();
    await company.sql(`update auth.mfa_resets set requested_at = requested_at - interval '25 hours', due_at = due_at - interval '25 hours'`);
    expect(json(await reset())).toMatchObject({ step: 'done', due: null });
    expect(await codes()).toEqual([]);
    company.clock.pass(6_000);
    if (token) expect(await company.slugOf(authMe, {}, bearer(token))).toMatch(/unauthenticated|session-revoked/);
    expect((await mailsIn(company, email)).map(({ template }) => template)).toEqual(expect.arrayContaining(['factors-reset-due', 'factor-removed']));
    expect((await cli.audited()).map(({ operation }) => operation)).toEqual(expect.arrayContaining(['identity.mfa_reset.done', 'identity.mfa_reset.cancelled'])); // prettier-ignore

    await reset();
    await company.sql(`update auth.mfa_resets set requested_at = requested_at - interval '100 hours', due_at = due_at - interval '100 hours'`);
    expect(json(await reset()), 'a request that is long past counts for nothing').toMatchObject({ step: 'asked' });
  });
});
