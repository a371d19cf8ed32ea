import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createBrowser, createCompany, type Company } from '#test/company.ts';
import { withFactors, type App } from '#test/factors.ts';
import { authLogin } from '../index.ts';
import { authDevicesList } from '../operations/auth.devices.list.ts';
import { authDevicesRevoke } from '../operations/auth.devices.revoke.ts';
import { authMfaBackupCodesRegenerate } from '../operations/auth.mfa.backupCodes.regenerate.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { forgetDevices } from './device-store.ts';

const MINUTE = 60_000;
let company: Company;
let factors: ReturnType<typeof withFactors>;
beforeAll(async () => {
  company = await createCompany();
  factors = withFactors(company);
});
afterAll(() => company.close());
beforeEach(() => factors.freshTries());

const answer = (challengeId: string, code: string, more: Record<string, unknown> = {}, from = {}) =>
  company.done(authMfaChallenge, { challengeId, factor: 'totp', code, ...more }, null, from);
const now = (): Date => company.clock.at;
const tokenOf = (signed: Awaited<ReturnType<typeof answer>>): string => {
  if (signed.status !== 'signed-in') throw new Error('not signed in');
  return signed.token!;
};

describe('a device that is trusted', () => {
  let app: App;
  beforeEach(async () => {
    await factors.stripped('dana');
    ({ app } = await factors.enrolApp('dana'));
  });
  const trusting = async () => {
    const browser = createBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
    const { challengeId } = await factors.asked('dana', { browser });
    await answer(challengeId, app.code(now()), { trustDevice: true }, { browser });
    company.clock.pass(30_000);
    return browser;
  };
  const signIn = (name: string, browser: ReturnType<typeof createBrowser>) => {
    const { email, password } = company.login(name);
    return company.done(authLogin, { email, password, tokenType: 'bearer' }, null, { browser });
  };

  test('is asked for no second factor for seven days, and for one after that', async () => {
    const browser = await trusting();
    expect(browser.cookies.get('sy_device')).toMatch(/^[\w-]{43}$/);
    expect((await signIn('dana', browser)).status).toBe('signed-in');
    company.clock.pass(7 * 24 * 60 * MINUTE);
    expect((await signIn('dana', browser)).status).toBe('mfa-required');
  });

  test('counts for its person alone', async () => {
    const browser = await trusting();
    await factors.enrolApp('vera');
    expect((await signIn('vera', browser)).status).toBe('mfa-required');
    const [row] = await company.sql<{ device_hash: string }>('select device_hash from auth.trusted_devices limit 1');
    browser.cookies.set('sy_device', row!.device_hash.slice(0, 43));
    expect((await signIn('dana', browser)).status).toBe('mfa-required');
    await factors.stripped('vera');
  });

  test('is trusted no longer once it was forgotten, or a new password was set', async () => {
    const browser = await trusting();
    await company.databases.platform('test', async (db) => forgetDevices(db, await company.idOf('dana'), now()));
    expect((await signIn('dana', browser)).status).toBe('mfa-required');
  });

  test('does not stand in for the fresh proof that a step-up asks for', async () => {
    const browser = await trusting();
    const signed = await signIn('dana', browser);
    const refused = await factors.refusal(authMfaBackupCodesRegenerate, {}, tokenOf(signed));
    expect([refused.slug, refused.extras['factors']]).toEqual(['step-up-required', ['totp', 'backup']]);
  });

  test('is not trusted unless that was asked for', async () => {
    const browser = createBrowser();
    const { challengeId } = await factors.asked('dana', { browser });
    await answer(challengeId, app.code(now()), {}, { browser });
    expect(browser.cookies.size).toBe(0);
  });
});

describe('trusted devices', () => {
  test('are listed and forgotten by their owner alone', async () => {
    await factors.stripped('dana');
    const { app } = await factors.enrolApp('dana');
    const { challengeId } = await factors.asked('dana');
    const browser = createBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
    const input = { challengeId, factor: 'totp', code: app.code(company.clock.at), trustDevice: true };
    const signed = await company.done(authMfaChallenge, input, null, { browser });
    if (signed.status !== 'signed-in') throw new Error('not signed in');
    const { items } = await company.done(authDevicesList, {}, bearer(signed.token!));
    expect(items).toMatchObject([{ device: 'Firefox on Linux', ip: '192.0.2.x' }]);
    expect(JSON.stringify(items)).not.toContain(browser.cookies.get('sy_device'));
    const vera = (await company.signIn('vera')).token!;
    expect(await company.done(authDevicesList, {}, bearer(vera))).toMatchObject({ items: [] });
    expect((await factors.refusal(authDevicesRevoke, { id: items[0]!.id }, vera)).slug).toBe('not-found');
    await company.done(authDevicesRevoke, { id: items[0]!.id }, bearer(signed.token!));
    company.clock.pass(30_000);
    expect((await factors.asked('dana', { browser })).factors).toEqual(['totp', 'backup']);
  });
});
