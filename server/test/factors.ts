import { Secret, TOTP } from 'otpauth';
import type { z } from 'zod';
import type { Operation } from '#kernel/operation.ts';
import { authMfaChallenge } from '#modules/identity/operations/auth.mfa.challenge.ts';
import { authMfaTotpSetup } from '#modules/identity/operations/auth.mfa.totp.setup.ts';
import { authMfaTotpVerify } from '#modules/identity/operations/auth.mfa.totp.verify.ts';
import { authLogin } from '#modules/identity/index.ts';
import type { SecondFactorAsked, SignInAnswer } from '#modules/identity/schemas.ts';
import { bearer, type Company, type From } from './company.ts';

type Asked = z.output<typeof SecondFactorAsked>;

/** An authenticator app that was set up with a secret in base32. */
export const createApp = (secret: string) => {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' });
  return {
    code: (at: Date): string => totp.generate({ timestamp: at.getTime() }),
    /** Six digits that are the code of no step near `at`. */
    wrong(at: Date): string {
      const near = new Set([-2, -1, 0, 1, 2].map((steps) => totp.generate({ timestamp: at.getTime() + steps * 30_000 })));
      return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.has(code))!;
    },
  };
};
export type App = ReturnType<typeof createApp>;

/** The secret of a session that was opened. */
export function tokenOf(answer: z.output<typeof SignInAnswer>): string {
  if (answer.status !== 'signed-in') throw new Error('not signed in');
  return answer.token!;
}

/** What people do with second factors, in the words of the tests. */
export function withFactors(company: Company) {
  const { clock, done, login } = company;

  /** Signs in with the password and expects to be asked for more. */
  async function asked(name: string, from: From = {}): Promise<Asked> {
    const { email, password } = login(name);
    const answer = await done(authLogin, { email, password, tokenType: 'bearer' }, null, from);
    if (answer.status !== 'mfa-required') throw new Error(`${name} was let in with the password alone`);
    return answer;
  }
  const answer = (challengeId: string, code: string, more: Record<string, unknown> = {}, from: From = {}) =>
    done(authMfaChallenge, { challengeId, factor: 'totp', code, ...more }, null, from);
  return {
    asked,
    /** Sets an authenticator app up in a session of this person; the code it was set up with is used up. */
    async enrolApp(name: string, token?: string): Promise<{ app: App; backupCodes: string[]; token: string }> {
      const session = token ?? (await company.signIn(name)).token!;
      const { secret } = await done(authMfaTotpSetup, { password: login(name).password }, bearer(session));
      const app = createApp(secret);
      const { backupCodes } = await done(authMfaTotpVerify, { code: app.code(clock.at), label: 'Phone' }, bearer(session));
      clock.pass(30_000);
      return { app, backupCodes, token: session };
    },
    /** Answers a challenge with the code of an app. */
    answer,
    /** How it was refused. */
    refuse: (challengeId: string, code: string, more: Record<string, unknown> = {}, from: From = {}) =>
      company.refused(authMfaChallenge, { challengeId, factor: 'totp', code, ...more }, null, from),
    /** Forgets every count of tries. */
    freshTries: () => company.sql('delete from auth.login_attempts'),
    /** Takes all factors of a person away, behind the product's back. */
    async stripped(name: string): Promise<void> {
      const id = await company.idOf(name);
      for (const table of ['mfa_factors', 'mfa_backup_codes', 'passkeys', 'trusted_devices', 'login_challenges', 'otp_codes'])
        await company.sql(`delete from auth.${table} where user_id = $1`, [id]);
      await company.sql('update members set mfa = false where id = $1', [id]);
      await company.sql('update auth.users set phone_e164 = null, phone_verified_at = null, sms_usable_from = null where id = $1', [id]);
    },
    /** What a refused call said. */
    refusal: (operation: Operation, input: unknown, token: string | null, from: From = {}) =>
      company.refused(operation, input, token === null ? null : bearer(token), from),
  };
}
