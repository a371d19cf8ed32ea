import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '#test/authenticator.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { createApp, withFactors } from '#test/factors.ts';
import { authSession } from '../index.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { authMfaChallengeOptions } from '../operations/auth.mfa.challengeOptions.ts';
import { authMfaStatus } from '../operations/auth.mfa.status.ts';
import { authMfaTotpSetup } from '../operations/auth.mfa.totp.setup.ts';
import { authMfaTotpVerify } from '../operations/auth.mfa.totp.verify.ts';
import { authPasskeyLogin } from '../operations/auth.passkey.login.ts';
import { authPasskeyOptions } from '../operations/auth.passkey.options.ts';
import { authPasskeysCreate } from '../operations/auth.passkeys.create.ts';
import { authPasskeysDelete } from '../operations/auth.passkeys.delete.ts';
import { authPasskeysList } from '../operations/auth.passkeys.list.ts';
import { authPasskeysOptions } from '../operations/auth.passkeys.options.ts';
import { authPasskeysUpdate } from '../operations/auth.passkeys.update.ts';
import { authStepUp } from '../operations/auth.stepUp.ts';
import { authStepUpOptions } from '../operations/auth.stepUpOptions.ts';
import { closeCeremony, openCeremony, type Ceremony } from './ceremony-store.ts';

const HOME = 'https://switchyard.example';
type Device = ReturnType<typeof createAuthenticator>;
let company: Company;
let factors: ReturnType<typeof withFactors>;
beforeAll(async () => {
  company = await createCompany({ factors: { name: 'Acme Control', publicUrl: HOME } });
  factors = withFactors(company);
});
afterAll(() => company.close());
beforeEach(async () => {
  await factors.freshTries();
  await factors.stripped('dana');
});

// The library's types of options are narrower than what travels as JSON.
const asked = async (token: string) => (await company.done(authPasskeysOptions, {}, bearer(token))) as never;
async function enrol(name: string, token?: string) {
  const session = token ?? (await company.signIn(name)).token!;
  const device = createAuthenticator(HOME);
  const added = await company.done(authPasskeysCreate, { response: device.create(await asked(session)), label: 'Laptop' }, bearer(session));
  return { device, added, token: session };
}
const begin = () => company.done(authPasskeyOptions, {}, null);
const signIn = async (device: Device, lies: Parameters<Device['get']>[1] = {}) => {
  const { challengeId, options } = await begin();
  return company.done(authPasskeyLogin, { challengeId, response: device.get(options as never, lies), tokenType: 'bearer' }, null);
};
const refused = async (device: Device, lies: Parameters<Device['get']>[1] = {}) => {
  const { challengeId, options } = await begin();
  return factors.refusal(authPasskeyLogin, { challengeId, response: device.get(options, lies), tokenType: 'bearer' }, null);
};
const securityEvents = () => company.sql<{ data: Record<string, unknown> }>(`select data from events where type = 'security.event'`);

describe('a passkey', () => {
  test('is made for this installation and this person, and is a second factor with backup codes', async () => {
    const { token } = await company.signIn('dana');
    expect(await company.done(authPasskeysOptions, {}, bearer(token!))).toMatchObject({
      rp: { id: 'switchyard.example', name: 'Acme Control' },
      user: { name: 'dana@acme.example' },
      authenticatorSelection: { residentKey: 'required' },
    });
    const { added } = await enrol('dana', token);
    expect(added).toMatchObject({ label: 'Laptop', transports: ['internal'] });
    expect(added.backupCodes).toHaveLength(10);
    expect(await company.done(authMfaStatus, {}, bearer(token!))).toMatchObject({
      factors: [{ kind: 'webauthn', label: 'Laptop' }],
      backupCodesLeft: 10,
    });
    expect(company.mails.at(-1)).toMatchObject({ template: 'factor-added', data: { factor: 'Laptop' } });
    expect((await factors.asked('dana')).factors).toEqual(['webauthn', 'backup']);
  });

  test('platform 37: Given a passkey with user verification, when signing in, then aal is 2 and no further factor is asked', async () => {
    const { device } = await enrol('dana');
    const signed = await signIn(device);
    if (signed.status !== 'signed-in') throw new Error('a further factor was asked for');
    expect(await company.done(authSession, {}, bearer(signed.token!))).toMatchObject({ level: 2, methods: ['hwk', 'user'], user: { email: 'dana@acme.example' } }); // prettier-ignore
  });

  test('that did not verify its user is the first factor of two, and cannot be the second as well', async () => {
    const { device, token } = await enrol('dana');
    const first = await signIn(device, { verify: false });
    expect(first).toMatchObject({ status: 'mfa-required', factors: ['backup'] });
    const fresh = await company.done(authStepUpOptions, { factor: 'webauthn' }, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'webauthn', response: device.get(fresh.options as never) }, bearer(token));
    const { secret } = await company.done(authMfaTotpSetup, {}, bearer(proven.token!));
    const app = createApp(secret);
    await company.done(authMfaTotpVerify, { code: app.code(company.clock.at) }, bearer(proven.token!));
    company.clock.pass(30_000);
    const challenge = await signIn(device, { verify: false });
    if (challenge.status !== 'mfa-required') throw new Error('a passkey alone was enough');
    expect(challenge.factors).toEqual(['totp', 'backup']);
    expect((await factors.refusal(authMfaChallengeOptions, { challengeId: challenge.challengeId }, null)).slug).toBe('factor-not-offered');
    const signed = await company.done(
      authMfaChallenge,
      { challengeId: challenge.challengeId, factor: 'totp', code: app.code(company.clock.at) },
      null,
    );
    expect(signed.status).toBe('signed-in');
  });

  test('that did not verify its user is not enough where nothing else is left', async () => {
    const { device } = await enrol('dana');
    await company.sql('delete from auth.mfa_backup_codes');
    expect((await refused(device, { verify: false })).slug).toBe('invalid-credentials');
  });

  test('answers the second step after a password', async () => {
    const { device } = await enrol('dana');
    const { challengeId } = await factors.asked('dana');
    const options = (await company.done(authMfaChallengeOptions, { challengeId }, null)) as never;
    const input = { challengeId, factor: 'webauthn', response: device.get(options, { verify: false }) };
    expect(await company.done(authMfaChallenge, input, null)).toMatchObject({ status: 'signed-in' });
  });

  test('platform 38: Given a passkey whose counter went back, when used, then 401 and a security event high', async () => {
    const { device } = await enrol('dana');
    await signIn(device);
    await signIn(device);
    const before = (await securityEvents()).length;
    for (const counter of [1, 2, 0]) {
      const problem = await refused(device, { counter });
      expect([problem.slug, problem.kind.status]).toEqual(['invalid-credentials', 401]);
    }
    const events = (await securityEvents()).slice(before);
    expect(events.map(({ data }) => data)).toMatchObject(
      [1, 2, 3].map(() => ({ severity: 'high', what: 'passkey-counter', userId: expect.any(String) })),
    );
    const trail = await company.sql<{ kind: string }>(`select kind from auth.activity where user_id = $1 order by id desc limit 2`, [await company.idOf('dana')]); // prettier-ignore
    expect(trail.map(({ kind }) => kind)).toEqual(['security.event', 'auth.passkey_refused']);
    expect((await signIn(device)).status).toBe('signed-in'); // the device itself goes on
  });

  test('whose signature is forged raises no alarm: anyone could', async () => {
    const { device } = await enrol('dana');
    await signIn(device);
    const { challengeId, options } = await begin();
    const response = device.get(options, { counter: 1 });
    const forged = { ...response, response: { ...response.response, signature: createAuthenticatorSignature(options) } };
    const before = (await securityEvents()).length;
    expect((await factors.refusal(authPasskeyLogin, { challengeId, response: forged }, null)).slug).toBe('invalid-credentials');
    expect(await securityEvents()).toHaveLength(before);
  });

  test('that keeps no counter is taken every time', async () => {
    const { device } = await enrol('dana');
    for (let round = 0; round < 2; round += 1) expect((await signIn(device, { counter: 0 })).status).toBe('signed-in');
  });
});

/** A well-formed signature of a key that nobody knows. */
function createAuthenticatorSignature(options: unknown): string {
  const stranger = createAuthenticator(HOME);
  stranger.create({
    rp: { id: 'switchyard.example', name: '' },
    user: { id: 'AAAA', name: '', displayName: '' },
    challenge: 'AAAA',
    pubKeyCredParams: [],
  });
  return stranger.get(options as never).response.signature;
}

describe('what passes for a passkey and is none', () => {
  test.each([
    ['from another page', { origin: 'https://switchyard.example.evil.test' }],
    ['for another host', { rpId: 'evil.test' }],
    ['over another challenge', { challenge: 'A'.repeat(43) }],
    ['of a registration', { type: 'webauthn.create' }],
    ['with the id of somebody else', { userHandle: Buffer.alloc(16, 7).toString('base64url') }],
  ])('an answer %s signs nobody in', async (_what, lies) => {
    const { device } = await enrol('dana');
    expect((await refused(device, lies)).slug).toBe('invalid-credentials');
  });

  test('an answer is good for one sign-in: its replay is refused, and so is one to a challenge that is over', async () => {
    const { device } = await enrol('dana');
    const { challengeId, options } = await begin();
    const response = device.get(options, { counter: 0 });
    await company.done(authPasskeyLogin, { challengeId, response }, null);
    expect((await factors.refusal(authPasskeyLogin, { challengeId, response }, null)).slug).toBe('invalid-credentials');
    const late = await begin();
    company.clock.pass(10 * 60_000);
    expect((await factors.refusal(authPasskeyLogin, { challengeId: late.challengeId, response: device.get(late.options as never) }, null)).slug).toBe('invalid-credentials'); // prettier-ignore
  });

  test('a challenge of one purpose answers no other', async () => {
    const { device, token } = await enrol('dana');
    const { challengeId } = await factors.asked('dana');
    const forSignIn = await begin();
    const crossed = { challengeId, factor: 'webauthn', response: device.get(forSignIn.options) };
    expect((await factors.refusal(authMfaChallenge, crossed, null)).slug).toBe('mfa-invalid');
    const stepUp = await company.done(authStepUpOptions, { factor: 'webauthn' }, bearer(token));
    const challenge = (stepUp.options as { challenge: string }).challenge;
    const misused = { challengeId: challenge, response: device.get(stepUp.options as never) };
    expect((await factors.refusal(authPasskeyLogin, misused, null)).slug).toBe('invalid-credentials');
  });

  test('a ceremony is ended by its own purpose, person and place alone, and once', async () => {
    const [userId, other, boundTo] = [await company.idOf('dana'), await company.idOf('vera'), 'session'];
    const at = company.clock.at;
    await company.databases.platform('test', async (db) => {
      await openCeremony(db, 'challenge', { purpose: 'register', userId, boundTo }, at);
      const ends = (ceremony: Ceremony) => closeCeremony(db, 'challenge', ceremony, at);
      expect(await ends({ purpose: 'step-up', userId, boundTo })).toBe(false);
      expect(await ends({ purpose: 'register', userId: other, boundTo })).toBe(false);
      expect(await ends({ purpose: 'register', userId, boundTo: 'elsewhere' })).toBe(false);
      expect(await ends({ purpose: 'register', userId, boundTo })).toBe(true);
      expect(await ends({ purpose: 'register', userId, boundTo })).toBe(false);
    });
  });

  test('a passkey of one person answers nothing of another', async () => {
    const { device } = await enrol('dana');
    await enrol('vera');
    const { challengeId } = await factors.asked('vera');
    const options = (await company.done(authMfaChallengeOptions, { challengeId }, null)) as never;
    expect((await factors.refusal(authMfaChallenge, { challengeId, factor: 'webauthn', response: device.get(options) }, null)).slug).toBe(
      'mfa-invalid',
    );
    await factors.stripped('vera');
  });

  test('a registration counts in the session that asked for it, once, and a known passkey for nobody else', async () => {
    const dana = (await company.signIn('dana')).token!;
    const vera = (await company.signIn('vera')).token!;
    const options = await asked(dana);
    const response = createAuthenticator(HOME).create(options);
    expect((await factors.refusal(authPasskeysCreate, { response, label: 'Stolen' }, vera)).slug).toBe('mfa-invalid');
    await company.done(authPasskeysCreate, { response, label: 'Mine' }, bearer(dana));
    expect((await factors.refusal(authPasskeysCreate, { response, label: 'Twice' }, dana)).slug).toBe('mfa-invalid');
    expect(await company.done(authPasskeysList, {}, bearer(vera))).toMatchObject({ items: [] });
  });

  test('twenty wrong answers and more from one network close it for a while', async () => {
    const { device } = await enrol('dana');
    for (let tries = 0; tries < 30; tries += 1) await refused(device, { rpId: 'evil.test' });
    expect((await refused(device)).slug).toBe('network-blocked');
  });
});

describe('one’s own passkeys', () => {
  test('are renamed and removed by their owner alone, with a fresh proof', async () => {
    const { device, added, token } = await enrol('dana');
    const vera = (await company.signIn('vera')).token!;
    for (const operation of [authPasskeysUpdate, authPasskeysDelete] as const)
      expect((await factors.refusal(operation, operation === authPasskeysUpdate ? { id: added.id, label: 'Mine' } : { id: added.id }, vera)).slug).toBe('not-found'); // prettier-ignore
    expect(await company.done(authPasskeysUpdate, { id: added.id, label: 'YubiKey' }, bearer(token))).toMatchObject({ label: 'YubiKey' });
    expect((await factors.refusal(authPasskeysDelete, { id: added.id }, token)).extras).toMatchObject({ factors: ['webauthn', 'backup'] });
    const fresh = await company.done(authStepUpOptions, {}, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'webauthn', response: device.get(fresh.options as never) }, bearer(token));
    await company.done(authPasskeysDelete, { id: added.id }, bearer(proven.token!));
    expect((await refused(device)).slug).toBe('invalid-credentials');
    expect((await company.signIn('dana')).status).toBe('signed-in');
  });

  test('the last way to sign in is not removed', async () => {
    const { device, added, token } = await enrol('dana');
    const id = await company.idOf('dana');
    const [kept] = await company.sql<{ password_hash: string }>('select password_hash from auth.users where id = $1', [id]);
    await company.sql('update auth.users set password_hash = null where id = $1', [id]);
    const fresh = await company.done(authStepUpOptions, {}, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'webauthn', response: device.get(fresh.options as never) }, bearer(token));
    expect((await factors.refusal(authPasskeysDelete, { id: added.id }, proven.token!)).slug).toBe('last-sign-in-method');
    await company.sql('update auth.users set password_hash = $1 where id = $2', [kept!.password_hash, id]);
    await company.done(authPasskeysDelete, { id: added.id }, bearer(proven.token!));
  });

  test('are twenty at most', async () => {
    const { device, token } = await enrol('dana');
    await company.sql(
      `insert into auth.passkeys (id, user_id, credential_id, public_key, counter, transports, aaguid, backed_up, label, created_at)
       select gen_random_uuid(), user_id, credential_id || n, public_key, 0, transports, aaguid, false, 'Copy ' || n, now() from auth.passkeys, generate_series(1, 19) n where user_id = $1`,
      [await company.idOf('dana')],
    );
    const fresh = await company.done(authStepUpOptions, {}, bearer(token));
    const proven = await company.done(authStepUp, { factor: 'webauthn', response: device.get(fresh.options as never) }, bearer(token));
    const response = createAuthenticator(HOME).create(await asked(proven.token!));
    expect((await factors.refusal(authPasskeysCreate, { response, label: 'One more' }, proven.token!)).slug).toBe('passkey-limit-reached');
  });
});
