import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#kernel/config.ts';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { createApp, type App } from '../../../app.ts';
import { seedPeople, type DemoLogin } from '../../../demo-people.ts';

let app: App;
let home: string;
let logins: DemoLogin[];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-registration-'));
  const config = loadConfig({
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_PUBLIC_URL: 'https://sy.example',
    SWITCHYARD_TRUSTED_PROXIES: '10.0.0.0/8',
    SWITCHYARD_RATE_LIMIT_FACTOR: '100000',
  });
  app = await createApp({ config, databaseUrl: await cloneDatabase(), log: pino({ level: 'silent' }), version: '0.0.0-test', works: true });
  await app.core.work();
  logins = await seedPeople(app.core, [], app.iam.passwords);
});
afterAll(async () => {
  await app.http.app.close();
  await app.core.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => app.core.databases.platform('test', async (db) => void (await db.$client.query('delete from auth.login_attempts'))));

interface Sent {
  method?: 'POST' | 'PUT' | 'GET';
  headers?: Record<string, string>;
  from?: string;
  payload?: unknown;
}
const send = (path: string, { method = 'POST', headers = {}, from = '198.51.100.5', payload }: Sent) =>
  app.http.app.inject({
    method,
    url: `/api/v1${path}`,
    remoteAddress: from,
    headers: { host: 'sy.example', ...headers },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
const slug = (answer: { json: () => { type: string } }): string => answer.json().type.split('/').at(-1)!;
const tokenOf = async (name: string): Promise<string> => {
  const { email, password } = logins.find((login) => login.email.startsWith(name))!;
  return (await send('/auth/login', { payload: { email, password, tokenType: 'bearer' } })).json<{ token: string }>().token;
};

/** Texts of the mails that were handed over so far, without the line breaks of their transfer encoding. */
const mails = (): string[] => {
  try {
    return readdirSync(join(home, 'mail')).map((file) => readFileSync(join(home, 'mail', file), 'utf8').replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')); // prettier-ignore
  } catch {
    return []; // the first one makes the folder
  }
};
const mailsTo = (email: string) => mails().filter((text) => text.includes(`To: ${email}`));

describe('the network that is counted', () => {
  const guess = (from: string, forwarded: string, index: number) =>
    send('/auth/login', { from, headers: { 'x-forwarded-for': forwarded }, payload: { email: `guess-${index}@acme.example`, password: 'whatever it is' } }); // prettier-ignore

  test('platform 14: Given a forged X-Forwarded-For from outside the proxy list, when failing 30 times, then the socket address is the one limited', async () => {
    const answers: string[] = [];
    for (let index = 0; index < 30; index += 1) answers.push(slug(await guess('198.51.100.66', `203.0.113.${index}, 10.0.0.1`, index)));
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'invalid-credentials'));
    expect(answers.slice(20)).toEqual(Array.from({ length: 10 }, () => 'network-blocked'));
    expect(slug(await guess('203.0.113.1', '198.51.100.66', 31))).toBe('invalid-credentials'); // nobody was blocked in their place
  });

  test('behind a proxy of the list it is the last address that no proxy of ours has, whatever stands before it', async () => {
    const answers: string[] = [];
    for (let index = 0; index < 21; index += 1) answers.push(slug(await guess('10.0.0.1', `192.0.2.${index}, 203.0.113.77, 10.9.9.9`, index)));
    expect(answers.at(-1)).toBe('network-blocked');
    expect(slug(await guess('10.0.0.1', '203.0.113.77, 203.0.113.78', 22))).toBe('invalid-credentials');
  });
});

describe('the links of mails', () => {
  test('lead to the configured address, whatever host a request names', async () => {
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example', 'x-host': 'evil.example', referer: 'https://evil.example/', 'x-original-url': 'https://evil.example/' }; // prettier-ignore
    const answer = await send('/auth/forgot-password', { headers: forged, payload: { email: 'olivia@acme.example' } });
    expect([answer.statusCode, answer.json()]).toEqual([202, { status: 'check_email' }]);
    await expect.poll(() => mailsTo('olivia@acme.example').length, { timeout: 60_000 }).toBe(1);
    const [text] = mailsTo('olivia@acme.example');
    expect(text).toContain('https://sy.example/reset-password#token=');
    expect(text).not.toContain('evil');
  });

  test('and a request to another host is refused before anything is mailed', async () => {
    for (const host of ['evil.example', 'sy.example.evil.example', 'sy.example@evil.example'])
      expect((await send('/auth/forgot-password', { headers: { host }, payload: { email: 'vera@acme.example' } })).statusCode).toBeGreaterThanOrEqual(
        400,
      );
    await send('/auth/forgot-password', { payload: { email: 'adam@acme.example' } });
    await expect.poll(() => mailsTo('adam@acme.example').length, { timeout: 60_000 }).toBe(1); // those before it would be there by now
    expect(mailsTo('vera@acme.example')).toEqual([]);
  });
});

describe('signing up over HTTP', () => {
  test('answers the same to known and unknown addresses, byte for byte, with a cookie for each', async () => {
    const signUp = (email: string) => send('/auth/signup', { payload: { email, name: 'Nora', password: 'vumqe xahilog trip' } });
    const [unknown, known] = [await signUp('nora@new.example'), await signUp('olivia@acme.example')];
    expect([known.statusCode, unknown.statusCode]).toEqual([202, 202]);
    expect(known.body).toBe(unknown.body);
    const names = (answer: typeof known) => Object.keys(answer.headers).sort();
    expect(names(known)).toEqual(names(unknown));
    for (const answer of [known, unknown])
      expect(answer.headers['set-cookie']).toMatch(/^__Host-sy_signup=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('having the mail sent again answers 202 as well, whether anybody waits for it or not', async () => {
    for (const email of ['nora@new.example', 'nobody@new.example']) {
      const answer = await send('/auth/verify-email/resend', { payload: { email } });
      expect([answer.statusCode, answer.json()]).toEqual([202, { status: 'check_email' }]);
    }
  });

  test('another site cannot sign a browser up', async () => {
    const answer = await send('/auth/signup', { headers: { origin: 'https://evil.example' }, payload: { email: 'x@new.example', name: 'X', password: 'vumqe xahilog trip' } }); // prettier-ignore
    expect(slug(answer)).toBe('origin-denied');
  });
});

describe('pictures over HTTP', () => {
  const png = () =>
    sharp({ create: { width: 80, height: 60, channels: 3, background: '#aa3300' } })
      .png()
      .toBuffer();
  const put = async (type: string, payload: Buffer) =>
    send('/users/me/avatar', { method: 'PUT', headers: { authorization: `Bearer ${await tokenOf('vera')}`, 'content-type': type }, payload });
  const form = (file: Buffer, type: string) =>
    Buffer.concat([
      Buffer.from(`--edge\r\nContent-Disposition: form-data; name="file"; filename="../../x.svg"\r\nContent-Type: ${type}\r\n\r\n`),
      file,
      Buffer.from('\r\n--edge--\r\n'),
    ]);

  test('come as a bare file or a form, and go out as WebP that is shown, not run, and not kept between', async () => {
    for (const [type, body] of [['image/png', await png()], ['multipart/form-data; boundary=edge', form(await png(), 'image/png')]] as const) {
      const stored = await put(type, body);
      expect(stored.statusCode).toBe(200);
      const { avatarUrl } = stored.json<{ avatarUrl: string }>();
      const shown = await send(avatarUrl.replace('/api/v1', ''), { method: 'GET', headers: { authorization: `Bearer ${await tokenOf('olivia')}` } });
      expect(shown.statusCode).toBe(200);
      expect(shown.headers).toMatchObject({ 'content-type': 'image/webp', 'content-disposition': 'inline', 'x-content-type-options': 'nosniff' });
      expect(shown.headers['cache-control']).toMatch(/^private\b/);
      expect(shown.headers['content-security-policy']).toMatch(/\bsandbox\b/);
      expect((await sharp(shown.rawPayload).metadata()).format).toBe('webp');
    }
  }); // prettier-ignore

  test('of another type, of another content, or too large are refused', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await put('text/html', Buffer.from('<script/>'))).statusCode).toBe(415);
    expect(slug(await put('image/svg+xml', svg))).toBe('avatar-invalid');
    expect(slug(await put('image/png', svg))).toBe('avatar-invalid');
    expect(slug(await put('multipart/form-data; boundary=edge', form(svg, 'image/png')))).toBe('avatar-invalid');
    expect((await put('image/png', Buffer.alloc(6 * 1024 * 1024))).statusCode).toBe(413);
    expect((await put('multipart/form-data; boundary=edge', form(Buffer.alloc(6 * 1024 * 1024), 'image/png'))).statusCode).toBe(413);
  });
});
