import type { Operation } from '#kernel/operation.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { tokenOf, withFactors } from '#test/factors.ts';
import { authMe, authSession } from '../index.ts';
import { authMfaBackupCodesRegenerate } from '../operations/auth.mfa.backupCodes.regenerate.ts';
import { authMfaStatus } from '../operations/auth.mfa.status.ts';
import { authMfaTotpDisable } from '../operations/auth.mfa.totp.disable.ts';
import { authMfaTotpSetup } from '../operations/auth.mfa.totp.setup.ts';
import { authMfaTotpVerify } from '../operations/auth.mfa.totp.verify.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';

const MINUTE = 60_000;
let company: Company;
let factors: ReturnType<typeof withFactors>;
beforeAll(async () => {
  company = await createCompany();
  factors = withFactors(company);
});
afterAll(() => company.close());
beforeEach(() => factors.freshTries());

const now = (): Date => company.clock.at;

describe('setting up an authenticator app', () => {
  test('platform 28: Given TOTP setup, when verified, then ten backup codes are shown once and never again', async () => {
    const { token } = await company.signIn('dana');
    const { app, backupCodes } = await factors.enrolApp('dana', token);
    expect(new Set(backupCodes).size).toBe(10);
    expect(await company.done(authMfaStatus, {}, bearer(token!))).toMatchObject({
      factors: [{ kind: 'totp', label: 'Phone' }],
      backupCodesLeft: 10,
      demanded: 'no',
    });
    // The setup is over: its code finds nothing to confirm, and no answer holds the codes.
    expect((await factors.refusal(authMfaTotpVerify, { code: app.code(now()) }, token!)).slug).toBe('challenge-expired');
    const stored = await company.sql<{ code_hmac: string }>('select code_hmac from auth.mfa_backup_codes');
    for (const code of backupCodes) for (const { code_hmac } of stored) expect(code_hmac).not.toContain(code.replace('-', ''));
    expect(company.log.join('')).not.toContain(backupCodes[0]!);
    // Nothing that reads about oneself shows them, nor does making others: those are others.
    const reads = [...company.registry.operations.values()].filter(
      ({ access, risk, name }) => access === 'self' && risk === 'read' && /^(auth|users)\./.test(name),
    );
    expect(reads.length).toBeGreaterThan(5);
    for (const read of reads) {
      const said = JSON.stringify(await company.call(read as Operation, {}, bearer(token!)).catch((problem: unknown) => problem));
      for (const code of backupCodes) expect(said).not.toContain(code);
    }
    expect(company.mails.at(-1)).toMatchObject({ template: 'factor-added', to: 'dana@acme.example', data: { factor: 'Phone' } });
    await factors.stripped('dana');
  });

  test('the secret is stored encrypted, bound to its person and row', async () => {
    const { token } = await company.signIn('dana');
    const { secret } = await company.done(authMfaTotpSetup, { password: company.login('dana').password }, bearer(token!));
    const [row] = await company.sql<{ secret_sealed: string }>('select secret_sealed from auth.mfa_factors');
    expect(row!.secret_sealed).not.toContain(secret);
    await factors.stripped('dana');
    // The sealed secret of one person in the row of another opens nothing.
    await factors.enrolApp('dana');
    const vera = await factors.enrolApp('vera');
    await company.sql(
      `update auth.mfa_factors set secret_sealed = (select secret_sealed from auth.mfa_factors where user_id = $1) where user_id = $2`,
      [await company.idOf('dana'), await company.idOf('vera')],
    );
    const { challengeId } = await factors.asked('vera');
    expect((await factors.refuse(challengeId, vera.app.code(now()))).slug).toBe('internal');
    await Promise.all(['dana', 'vera'].map((name) => factors.stripped(name)));
  });

  test('it needs the password or a fresh proof; a wrong password counts', async () => {
    const { token } = await company.signIn('dana');
    expect((await factors.refusal(authMfaTotpSetup, { password: 'not the password' }, token!)).slug).toBe('mfa-invalid');
    await company.done(authMfaTotpSetup, {}, bearer(token!)); // signed in just now
    company.clock.pass(16 * MINUTE);
    const late = await factors.refusal(authMfaTotpSetup, {}, token!);
    expect([late.slug, late.extras]).toMatchObject(['step-up-required', { factors: ['password'], maxAgeSeconds: 900 }]);
    expect((await factors.refusal(authMfaTotpSetup, {}, company.login('dana').apiKey)).slug).toBe('session-required');
    await factors.stripped('dana');
  });

  test('a setup that was not confirmed within ten minutes is over, and changes nothing', async () => {
    const { token } = await company.signIn('dana');
    const setup = await company.done(authMfaTotpSetup, {}, bearer(token!));
    expect(new Date(setup.expiresAt).getTime() - now().getTime()).toBe(10 * MINUTE);
    company.clock.pass(10 * MINUTE);
    expect((await factors.refusal(authMfaTotpVerify, { code: '123456' }, token!)).slug).toBe('challenge-expired');
    expect((await company.signIn('dana')).status).toBe('signed-in');
  });

  test('replacing it takes the present one; the old app counts until the new one is confirmed, and no longer', async () => {
    const first = await factors.enrolApp('dana');
    const old = await factors.refusal(authMfaTotpSetup, { password: company.login('dana').password }, first.token);
    expect([old.slug, old.extras['factors']]).toEqual(['step-up-required', ['totp', 'backup']]);
    const fresh = await company.done(authStepUp, { factor: 'totp', code: first.app.code(now()) }, bearer(first.token));
    const second = await factors.enrolApp('dana', fresh.token);
    const { challengeId } = await factors.asked('dana');
    expect((await factors.refuse(challengeId, first.app.code(now()))).slug).toBe('mfa-invalid');
    expect(tokenOf(await factors.answer(challengeId, second.app.code(now())))).toBeTruthy();
    expect((await factors.refuse((await factors.asked('dana')).challengeId, first.backupCodes[0]!, { factor: 'backup' })).slug).toBe('mfa-invalid');
    await factors.stripped('dana');
  });
});

describe('proving once more', () => {
  test('platform 35: Given only a password, when deleting TOTP, then 401 `step-up-required`', async () => {
    await factors.stripped('dana');
    const { app, token } = await factors.enrolApp('dana'); // a session that was opened with the password alone
    const refused = await factors.refusal(authMfaTotpDisable, {}, token);
    expect([refused.slug, refused.kind.status, refused.extras]).toMatchObject([
      'step-up-required',
      401,
      { factors: ['totp', 'backup'], maxAgeSeconds: 300 },
    ]);
    const byPassword = await factors.refusal(authStepUp, { factor: 'password', password: company.login('dana').password }, token);
    expect([byPassword.slug, byPassword.kind.status]).toEqual(['factor-not-offered', 409]);
    const proven = await company.done(authStepUp, { factor: 'totp', code: app.code(now()) }, bearer(token));
    // The session goes on under another secret; a copy of the old one is worth nothing.
    expect(await company.slugOf(authMe, {}, bearer(token))).toBe('unauthenticated');
    company.mails.length = 0;
    expect(await company.done(authMfaTotpDisable, {}, bearer(proven.token!))).toEqual({ removed: 'totp' });
    expect(company.mails).toMatchObject([{ template: 'factor-removed', to: 'dana@acme.example' }]);
    expect(await company.done(authMfaStatus, {}, bearer(proven.token!))).toMatchObject({ factors: [], backupCodesLeft: 0 });
    expect((await company.signIn('dana')).status).toBe('signed-in');
  });

  test('the proof is fresh for five minutes, and sessions elsewhere have to prove again', async () => {
    const elsewhere = await company.signIn('dana');
    const { app, token } = await factors.enrolApp('dana');
    const old = await factors.refusal(authMfaTotpSetup, { password: company.login('dana').password }, elsewhere.token!);
    expect(old.slug).toBe('step-up-required');
    const proven = await company.done(authStepUp, { factor: 'totp', code: app.code(now()) }, bearer(token));
    company.clock.pass(5 * MINUTE + 1000);
    expect((await factors.refusal(authMfaTotpDisable, {}, proven.token!)).slug).toBe('step-up-required');
    const again = await company.done(authStepUp, { factor: 'totp', code: app.code(now()) }, bearer(proven.token!));
    await company.done(authMfaTotpDisable, {}, bearer(again.token!));
  });

  test('without a second factor the password is enough, and a wrong one is not', async () => {
    const { token } = await company.signIn('dana');
    expect((await factors.refusal(authStepUp, { factor: 'password', password: 'not the password' }, token!)).slug).toBe('mfa-invalid');
    expect((await factors.refusal(authStepUp, { factor: 'totp', code: '123456' }, token!)).slug).toBe('factor-not-offered');
    expect((await factors.refusal(authStepUp, { factor: 'password' }, token!)).slug).toBe('validation-failed');
    const proven = await company.done(authStepUp, { factor: 'password', password: company.login('dana').password }, bearer(token!));
    expect(await company.done(authSession, {}, bearer(proven.token!))).toMatchObject({ level: 1, provenAt: now().toISOString() });
    expect((await factors.refusal(authMfaBackupCodesRegenerate, {}, proven.token!)).slug).toBe('factor-not-offered');
  });
});
