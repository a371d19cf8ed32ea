import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SmsFault } from '#kernel/sms.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { withFactors } from '#test/factors.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { authMfaSendChallenge } from '../operations/auth.mfa.sendChallenge.ts';
import { authMfaSmsDisable } from '../operations/auth.mfa.sms.disable.ts';
import { authMfaSmsSetup } from '../operations/auth.mfa.sms.setup.ts';
import { authMfaSmsVerify } from '../operations/auth.mfa.sms.verify.ts';
import { authMfaStatus } from '../operations/auth.mfa.status.ts';
import { authPhoneVerify } from '../operations/auth.phone.verify.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';
import { authStepUpOptions } from '../operations/auth.stepUpOptions.ts';

const MINUTE = 60_000;
const BERLIN = '+4930901820';
const VIENNA = '+4313456789';
const texts: { to: string; text: string }[] = [];
let carrier: 'up' | SmsFault = 'up';
let company: Company;
let factors: ReturnType<typeof withFactors>;
beforeAll(async () => {
  company = await createCompany({
    factors: { name: 'Acme Control', publicUrl: 'https://switchyard.example', smsCountries: 'DE, at' },
    sms: {
      kind: 'http',
      async send(message) {
        if (carrier !== 'up') throw carrier;
        texts.push(message);
      },
    },
  });
  factors = withFactors(company);
});
afterAll(() => company.close());
beforeEach(async () => {
  carrier = 'up';
  texts.length = 0;
  await factors.freshTries();
  await factors.stripped('dana');
});

/** The code of the newest text. */
const code = (): string => /#(\d{6})$/.exec(texts.at(-1)!.text)![1]!;
const other = (): string => (code() === '000000' ? '111111' : '000000');
const verifyPhone = async (token: string, phone: string): Promise<void> => {
  await company.done(authPhoneVerify, { phone }, bearer(token));
  expect(await company.done(authPhoneVerify, { phone, code: code() }, bearer(token))).toEqual({ status: 'verified' });
  company.clock.pass(MINUTE);
};
/** Dana with a verified number and SMS as her only factor. */
async function enrolSms(): Promise<{ token: string; backupCodes: string[] }> {
  const token = (await company.signIn('dana')).token!;
  await verifyPhone(token, BERLIN);
  await company.done(authMfaSmsSetup, { password: company.login('dana').password }, bearer(token));
  const { backupCodes } = await company.done(authMfaSmsVerify, { code: code() }, bearer(token));
  company.clock.pass(MINUTE);
  return { token, backupCodes: backupCodes! };
}
const challenge = async (id: string, given: string) => company.done(authMfaChallenge, { challengeId: id, factor: 'sms', code: given }, null);

describe('a phone number', () => {
  test('is verified by a code that is sent to it, and shown with most of it hidden', async () => {
    const { token } = await company.signIn('dana');
    expect(await company.done(authPhoneVerify, { phone: '+49 (30) 90 18 20' }, bearer(token!))).toEqual({ status: 'sent', resendAfterSeconds: 60 });
    expect(texts).toEqual([{ to: BERLIN, text: expect.stringMatching(/^\d{6} is your Acme Control code\..*\n\n@switchyard\.example #\d{6}$/) }]);
    expect((await factors.refusal(authPhoneVerify, { phone: BERLIN, code: other() }, token!)).slug).toBe('mfa-invalid');
    await company.done(authPhoneVerify, { phone: BERLIN, code: code() }, bearer(token!));
    expect(await company.done(authMfaStatus, {}, bearer(token!))).toMatchObject({ phone: { masked: '+49 ••• 20', verified: true }, factors: [] });
    const [stored] = await company.sql<{ code_hmac: string }>('select code_hmac from auth.otp_codes order by created_at desc limit 1');
    expect(stored!.code_hmac).toMatch(/^[0-9a-f]{64}$/);
    expect(company.log.join('')).not.toContain(BERLIN);
  });

  test('a code is good for its session and number, for five minutes and three tries', async () => {
    const { token } = await company.signIn('dana');
    const send = () => company.done(authPhoneVerify, { phone: BERLIN }, bearer(token!));
    const confirm = (given: string, who = token!, phone = BERLIN) => factors.refusal(authPhoneVerify, { phone, code: given }, who);
    await send();
    const elsewhere = (await company.signIn('dana')).token!;
    expect((await confirm(code(), elsewhere)).slug).toBe('mfa-invalid');
    expect((await confirm(code(), token, VIENNA)).slug).toBe('mfa-invalid');
    for (let tries = 0; tries < 3; tries += 1) expect((await confirm(other())).slug).toBe('mfa-invalid');
    expect((await confirm(code())).slug).toBe('mfa-invalid');
    company.clock.pass(MINUTE);
    await send();
    company.clock.pass(5 * MINUTE);
    expect((await confirm(code())).slug).toBe('mfa-invalid');
    await send();
    const first = code();
    company.clock.pass(MINUTE);
    await send();
    if (first !== code()) expect((await confirm(first)).slug).toBe('mfa-invalid');
    await company.done(authPhoneVerify, { phone: BERLIN, code: code() }, bearer(token!));
    expect((await confirm(code())).slug).toBe('mfa-invalid'); // used up
  });

  test('of a country that is not allowed, or of none, gets no text', async () => {
    const { token } = await company.signIn('dana');
    expect((await factors.refusal(authPhoneVerify, { phone: '+44 20 7946 0000' }, token!)).slug).toBe('sms-country-blocked');
    expect((await factors.refusal(authPhoneVerify, { phone: '030 901820' }, token!)).slug).toBe('phone-invalid');
    expect(texts).toEqual([]);
  });

  test('platform 40: Given six SMS to one number in an hour, when requested, then 429 and the provider was called five times', async () => {
    const { token } = await company.signIn('dana');
    for (let round = 0; round < 5; round += 1) {
      await company.done(authPhoneVerify, { phone: BERLIN }, bearer(token!));
      company.clock.pass(2 * MINUTE);
    }
    const sixth = await factors.refusal(authPhoneVerify, { phone: BERLIN }, token!);
    expect([sixth.slug, sixth.kind.status]).toEqual(['rate-limited', 429]);
    expect(sixth.extras.retryAfterSeconds).toBeGreaterThan(0);
    const vera = (await company.signIn('vera')).token!;
    expect((await factors.refusal(authPhoneVerify, { phone: BERLIN }, vera)).slug).toBe('rate-limited'); // the number counts, whoever asks
    expect(texts).toHaveLength(5);
  });

  test('gets one text a minute, and a person ten an hour over all numbers', async () => {
    const { token } = await company.signIn('dana');
    await company.done(authPhoneVerify, { phone: BERLIN }, bearer(token!));
    expect((await factors.refusal(authPhoneVerify, { phone: BERLIN }, token!)).extras.retryAfterSeconds).toBe(60);
    for (let number = 1; number < 10; number += 1) await company.done(authPhoneVerify, { phone: `+49309018${20 + number}` }, bearer(token!));
    expect((await factors.refusal(authPhoneVerify, { phone: '+4930901850' }, token!)).slug).toBe('rate-limited');
    expect(texts).toHaveLength(10);
  });

  test('that the carrier refuses is 502, says why, and the code is worth nothing', async () => {
    const { token } = await company.signIn('dana');
    carrier = new SmsFault('number', 'not a mobile number');
    const refused = await factors.refusal(authPhoneVerify, { phone: BERLIN }, token!);
    expect([refused.slug, refused.kind.status, refused.message]).toEqual(['sms-undelivered', 502, expect.stringContaining('takes no texts')]);
    expect(await company.sql('select 1 from auth.otp_codes where consumed_at is null')).toEqual([]);
  });
});

describe('SMS as the second factor', () => {
  test('is offered when there is no better one, and lets in with the code of the text', async () => {
    const { backupCodes } = await enrolSms();
    expect(backupCodes).toHaveLength(10);
    const asked = await factors.asked('dana');
    expect(asked.factors).toEqual(['sms', 'backup']);
    expect(await company.done(authMfaSendChallenge, { challengeId: asked.challengeId }, null)).toEqual({ status: 'sent', phone: '+49 ••• 20', resendAfterSeconds: 60 }); // prettier-ignore
    expect((await factors.refusal(authMfaChallenge, { challengeId: asked.challengeId, factor: 'sms', code: other() }, null)).slug).toBe(
      'mfa-invalid',
    );
    expect(await challenge(asked.challengeId, code())).toMatchObject({ status: 'signed-in' });
  });

  test('a code for one sign-in lets in at no other', async () => {
    await enrolSms();
    const mine = await factors.asked('dana');
    await company.done(authMfaSendChallenge, { challengeId: mine.challengeId }, null);
    const elsewhere = await factors.asked('dana');
    expect((await factors.refusal(authMfaChallenge, { challengeId: elsewhere.challengeId, factor: 'sms', code: code() }, null)).slug).toBe(
      'mfa-invalid',
    );
  });

  test('needs a verified number, and is refused beside something stronger', async () => {
    const { token } = await company.signIn('dana');
    expect((await factors.refusal(authMfaSmsSetup, {}, token!)).slug).toBe('factor-not-offered');
    await verifyPhone(token!, BERLIN);
    const { app } = await factors.enrolApp('dana', token);
    const proven = await company.done(authStepUp, { factor: 'totp', code: app.code(company.clock.at) }, bearer(token!));
    const refused = await factors.refusal(authMfaSmsSetup, {}, proven.token!);
    expect([refused.slug, refused.kind.status]).toEqual(['factor-not-offered', 409]);
    expect((await factors.refusal(authStepUpOptions, { factor: 'sms' }, proven.token!)).slug).toBe('factor-not-offered');
  });

  test('is offered no more once there is something stronger, in sign-ins that have begun neither (downgrade)', async () => {
    const { token } = await enrolSms();
    const begun = await factors.asked('dana');
    await company.done(authMfaSendChallenge, { challengeId: begun.challengeId }, null);
    const atSignIn = code();
    company.clock.pass(MINUTE);
    await company.done(authStepUpOptions, { factor: 'sms' }, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'sms', code: code() }, bearer(token));
    await factors.enrolApp('dana', proven.token);
    for (const [operation, input] of [
      [authMfaChallenge, { challengeId: begun.challengeId, factor: 'sms', code: atSignIn }],
      [authMfaSendChallenge, { challengeId: begun.challengeId }],
    ] as const)
      expect((await factors.refusal(operation, input, null)).slug).toBe('factor-not-offered');
  });

  test('proves once more within a session, and is removed with such a proof', async () => {
    const { token } = await enrolSms();
    expect((await factors.refusal(authMfaSmsDisable, {}, token)).extras).toMatchObject({ factors: ['sms', 'backup'] });
    expect(await company.done(authStepUpOptions, { factor: 'sms' }, bearer(token))).toEqual({ phone: '+49 ••• 20', resendAfterSeconds: 60 });
    const proven = await company.done(authStepUp, { factor: 'sms', code: code() }, bearer(token));
    await company.done(authMfaSmsDisable, {}, bearer(proven.token!));
    expect((await company.signIn('dana')).status).toBe('signed-in');
  });

  test('platform 39: Given a new phone number, when it is used for MFA within 24 h, then it is refused', async () => {
    const { token, backupCodes } = await enrolSms();
    // Another number asks for the factor, not for the password.
    expect((await factors.refusal(authPhoneVerify, { phone: VIENNA }, token)).slug).toBe('step-up-required');
    await company.done(authStepUpOptions, { factor: 'sms' }, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'sms', code: code() }, bearer(token));
    company.mails.length = 0;
    await verifyPhone(proven.token!, VIENNA);
    expect(company.mails).toMatchObject([{ template: 'factor-added', data: { factor: '+43 ••• 89' } }]);
    texts.length = 0;
    const asked = await factors.asked('dana');
    const refused = await factors.refusal(authMfaSendChallenge, { challengeId: asked.challengeId }, null);
    expect([refused.slug, refused.kind.status]).toEqual(['factor-not-offered', 409]);
    expect((await factors.refusal(authStepUpOptions, { factor: 'sms' }, proven.token!)).slug).toBe('factor-not-offered');
    expect(texts).toEqual([]);
    // Nobody is locked out meanwhile.
    const byCode = await company.done(authMfaChallenge, { challengeId: asked.challengeId, factor: 'backup', code: backupCodes[0] }, null);
    expect(byCode.status).toBe('signed-in');
    company.clock.pass(24 * 60 * MINUTE);
    const later = await factors.asked('dana');
    await company.done(authMfaSendChallenge, { challengeId: later.challengeId }, null);
    expect(texts).toMatchObject([{ to: VIENNA }]);
    expect(await challenge(later.challengeId, code())).toMatchObject({ status: 'signed-in' });
  });
});
