import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { createAuthenticator } from '#test/authenticator.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { createApp as createAuthenticatorApp, type App as AuthenticatorApp } from '#test/factors.ts';
import { createApp, type App } from '../../../app.ts';
import { seedPeople, type DemoLogin } from '../../../demo-people.ts';

const ORIGIN = 'https://sy.example';
let app: App;
let home: string;
let logins: DemoLogin[];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-factors-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_PUBLIC_URL: ORIGIN,
    SWITCHYARD_NAME: 'Acme Control',
    SWITCHYARD_SMS_COUNTRIES: 'DE',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
  });
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  logins = await seedPeople(app.core, [], app.iam.passwords);
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});
const sql = (text: string) => app.core.databases.platform('test', (db) => db.$client.query(text));
beforeEach(async () => {
  for (const table of ['login_attempts', 'mfa_factors', 'mfa_backup_codes', 'passkeys', 'trusted_devices']) await sql(`delete from auth.${table}`);
});

type Json = Record<string, unknown>;
type Cookies = Record<string, string>;
/** One request of a browser that holds `cookies`; those that the answer sets are taken in. */
async function browse(method: 'GET' | 'POST' | 'DELETE', path: string, cookies: Cookies, payload?: Json, origin = ORIGIN) {
  const answer = await app.http.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { host: 'sy.example', origin, cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(payload ? { payload } : {}),
  }); // prettier-ignore
  for (const { name, value } of answer.cookies) cookies[name] = value;
  const body: Json = answer.body === '' ? {} : answer.json();
  return { status: answer.statusCode, body, set: answer.cookies, slug: String(body['type'] ?? '').split('/').at(-1) }; // prettier-ignore
}
const credentials = (name: string) => {
  const { email, password } = logins.find((login) => login.email.startsWith(name))!;
  return { email, password };
};

/** Away from the end of a time step, so that a code is still one when it arrives. */
async function steady(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 3_000) await new Promise((resolve) => setTimeout(resolve, left));
}

async function enrolApp(): Promise<{ cookies: Cookies; authenticator: AuthenticatorApp; backupCodes: string[] }> {
  await steady();
  const cookies: Cookies = {};
  expect((await browse('POST', '/auth/login', cookies, credentials('dana'))).status).toBe(200);
  const setup = await browse('POST', '/auth/mfa/totp/setup', cookies, { password: credentials('dana').password });
  expect(decodeURIComponent(String(setup.body['otpauthUri']))).toContain('otpauth://totp/Acme Control:dana@acme.example?issuer=Acme Control');
  const authenticator = createAuthenticatorApp(String(setup.body['secret']));
  // The step before counts too, and leaves the present one for what follows.
  const code = authenticator.code(new Date(Date.now() - 30_000));
  const verified = await browse('POST', '/auth/mfa/totp/verify', cookies, { code, label: 'Phone' });
  expect(verified.status).toBe(200);
  return { cookies, authenticator, backupCodes: verified.body['backupCodes'] as string[] };
}

describe('in a browser', () => {
  test('the password sets no cookie, the second step does; a device that is trusted is known by a cookie of its own', async () => {
    const { authenticator } = await enrolApp();
    const browser: Cookies = {};
    const first = await browse('POST', '/auth/login', browser, credentials('dana'));
    expect(first).toMatchObject({ status: 200, set: [], body: { status: 'mfa-required', mfaRequired: true, factors: ['totp', 'backup'] } });
    const input = { challengeId: first.body['challengeId'], factor: 'totp', code: authenticator.code(new Date()), trustDevice: true };
    const second = await browse('POST', '/auth/mfa/challenge', browser, input);
    expect(second).toMatchObject({ status: 200, body: { status: 'signed-in', tokenType: 'cookie', tenant: { slug: 'acme' } } });
    expect(second.body).not.toHaveProperty('token');
    const flags = { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' };
    expect(second.set).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: '__Host-sy_session', ...flags }),
        expect.objectContaining({ name: '__Host-sy_device', maxAge: 604_800, ...flags }),
      ]),
    );
    const later: Cookies = { '__Host-sy_device': browser['__Host-sy_device']! };
    expect((await browse('POST', '/auth/login', later, credentials('dana'))).body['status']).toBe('signed-in');
  });

  test('removing a factor asks for it, and the cookie of before is worth nothing after', async () => {
    const { cookies, backupCodes } = await enrolApp();
    const refused = await browse('DELETE', '/auth/mfa/totp', cookies);
    expect(refused).toMatchObject({ status: 401, slug: 'step-up-required', body: { factors: ['totp', 'backup'], maxAgeSeconds: 300 } });
    const before = { ...cookies };
    const proven = await browse('POST', '/auth/step-up', cookies, { factor: 'backup', code: backupCodes[0]! });
    expect(proven.status).toBe(200);
    expect(cookies['__Host-sy_session']).not.toBe(before['__Host-sy_session']);
    expect((await browse('GET', '/auth/mfa', before)).status).toBe(401);
    expect(await browse('DELETE', '/auth/mfa/totp', cookies)).toMatchObject({ status: 200, body: { removed: 'totp' } });
  });

  test('a page of another site removes nothing and proves nothing', async () => {
    const { cookies, backupCodes } = await enrolApp();
    for (const [method, path, payload] of [
      ['DELETE', '/auth/mfa/totp', undefined],
      ['POST', '/auth/step-up', { factor: 'backup', code: backupCodes[0]! }],
      ['POST', '/auth/mfa/backup-codes', {}],
    ] as const)
      expect((await browse(method, path, { ...cookies }, payload, 'https://evil.test')).slug, path).toBe('origin-denied');
  });

  test('a passkey of this host signs in', async () => {
    const cookies: Cookies = {};
    await browse('POST', '/auth/login', cookies, credentials('dana'));
    const device = createAuthenticator(ORIGIN);
    const options = await browse('POST', '/auth/passkeys/options', cookies, {});
    const response = device.create(options.body as never);
    const added = await browse('POST', '/auth/passkeys', cookies, { response, label: 'Laptop' });
    expect(added.body).toMatchObject({ label: 'Laptop', backupCodes: expect.any(Array) });
    const stranger: Cookies = {};
    const { body } = await browse('POST', '/auth/passkey/options', stranger, {});
    const signed = await browse('POST', '/auth/passkey/login', stranger, {
      challengeId: body['challengeId'],
      response: device.get(body['options'] as never),
    });
    expect(signed).toMatchObject({ status: 200, body: { status: 'signed-in', user: { email: 'dana@acme.example' } } });
    expect(await browse('GET', '/auth/passkeys', stranger)).toMatchObject({ body: { items: [{ label: 'Laptop' }], nextCursor: null } });
  });

  test('a text goes out by the way that the installation has', async () => {
    const cookies: Cookies = {};
    await browse('POST', '/auth/login', cookies, credentials('vera'));
    expect(await browse('POST', '/auth/phone/verify', cookies, { phone: '+43 1 3456789' })).toMatchObject({
      status: 422,
      slug: 'sms-country-blocked',
    });
    expect(await browse('POST', '/auth/phone/verify', cookies, { phone: '+49 30 901820' })).toMatchObject({ status: 200, body: { status: 'sent' } });
    const folder = join(home, 'sms');
    const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'); // prettier-ignore
    const [, code] = /@sy\.example #(\d{6})/.exec(text)!;
    expect(await browse('POST', '/auth/phone/verify', cookies, { phone: '+4930901820', code })).toMatchObject({
      status: 200,
      body: { status: 'verified' },
    });
  });
});

test('acts that need a person at a browser are offered to no tool, command or workflow', () => {
  const interactive = [...app.core.registry.operations.values()].filter(
    ({ name, risk }) => /^auth\.(mfa|passkeys?|stepUp|stepUpOptions|phone)\b/.test(name) && risk !== 'read',
  );
  expect(interactive.length).toBeGreaterThan(18);
  for (const { name, hiddenFrom } of interactive) expect([name, hiddenFrom]).toEqual([name, ['mcp', 'cli', 'workflow']]);
});
