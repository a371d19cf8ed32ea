import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../cli.ts';

let folder: string;
let asked: { method: string; host: string; path: string; headers: Headers; body: unknown }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-session-'));
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const user = { name: 'Ada', email: 'ada@acme.example' };
const tenant = { slug: 'acme', name: 'Acme' };
const ANSWERS: Record<string, [number, object]> = {
  '/api/v1/auth/login': [
    200,
    { status: 'signed-in', user, tenant, tenants: [tenant], token: 'session-token', expiresAt: '2026-01-01T00:00:00.000Z' },
  ],
  '/api/v1/auth/logout': [200, {}],
  '/api/v1/me': [200, { actor: { ...user, kind: 'user' }, tenant, roles: [{ name: 'Owner' }] }],
};

const fake: typeof fetch = async (input, { method = 'GET', headers, body } = {}) => {
  const { host, pathname } = new URL(input instanceof Request ? input.url : input);
  asked.push({ method, host, path: pathname, headers: new Headers(headers), body: body ? JSON.parse(body as string) : undefined });
  const [status, answer] = ANSWERS[pathname] ?? [
    404,
    { type: 'https://switchyard.dev/problems/route-not-found', title: 'No such route', status: 404 },
  ];
  return Response.json(answer, { status });
};

const run = async (args: string, stdin = ''): Promise<{ code: number; out: string; err: string }> => {
  const written = { out: '', err: '' };
  const sink = (to: 'out' | 'err') => new Writable({ write: (chunk, _encoding, done) => ((written[to] += String(chunk)), done()) });
  const env = { SWITCHYARD_CONFIG_DIR: folder, NO_COLOR: '1' };
  const code = await main(args.split(' '), {
    stdin: Readable.from(stdin ? [stdin] : []),
    stdout: sink('out'),
    stderr: sink('err'),
    env,
    fetch: fake,
  });
  return { code, ...written };
};
const store = (): { current: string; contexts: Record<string, object> } => JSON.parse(readFileSync(join(folder, 'contexts.json'), 'utf8')) as never;

test('login keeps the token for this address, readable by its owner alone', async () => {
  const { code, out, err } = await run('login --url https://sy.example/ --email ada@acme.example --password-stdin', 'correct horse\n');
  expect([code, out, err]).toEqual([0, '', 'Signed in to https://sy.example as Ada in Acme.\n']);
  expect(asked[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/auth/login',
    body: { email: 'ada@acme.example', password: 'correct horse', tokenType: 'bearer' },
  });
  expect(asked[0]!.headers.has('authorization')).toBe(false);
  expect(store()).toEqual({
    current: 'default',
    contexts: {
      default: {
        url: 'https://sy.example',
        tenant: 'acme',
        token: 'session-token',
        email: 'ada@acme.example',
        expiresAt: '2026-01-01T00:00:00.000Z',
      },
    },
  });
  expect([statSync(join(folder, 'contexts.json')).mode & 0o777]).toEqual([0o600]);
});

test('whoami and logout use it, and logout forgets it', async () => {
  await run('login --url https://sy.example --email ada@acme.example --password-stdin', 'pw');
  const me = await run('whoami');
  expect(me.out).toBe('name    Ada\nemail   ada@acme.example\nkind    user\ntenant  Acme (acme)\nroles   Owner\nserver  https://sy.example\n');
  expect(asked.at(-1)!.headers.get('authorization')).toBe('Bearer session-token');
  expect(asked.at(-1)!.headers.get('x-switchyard-tenant')).toBe('acme');
  expect((await run('logout')).code).toBe(0);
  expect(asked.at(-1)!.path).toBe('/api/v1/auth/logout');
  expect(store().contexts['default']).toEqual({ url: 'https://sy.example', tenant: 'acme', email: 'ada@acme.example' });
  expect((await run('logout')).err).toBe('You are not signed in.\n');
});

test('logout takes the token to the address that it is of, whatever address is named', async () => {
  await run('login --url https://sy.example --email ada@acme.example --password-stdin', 'correct horse\n');
  expect((await run('logout --url https://elsewhere.example')).err).toBe('Signed out of https://sy.example.\n');
  expect(asked.at(-1)).toMatchObject({ host: 'sy.example', path: '/api/v1/auth/logout' });
  expect(asked.some(({ host }) => host === 'elsewhere.example')).toBe(false);
});

test('an API key is tried before it is kept, and logout only forgets it', async () => {
  await run('login --url https://sy.example --context ci --api-key-stdin', 'sy_abc\n');
  expect(asked[0]).toMatchObject({ path: '/api/v1/me' });
  expect(store()).toMatchObject({ current: 'ci', contexts: { ci: { token: 'sy_abc', tenant: 'acme' } } });
  asked = [];
  await run('logout');
  expect(asked).toEqual([]);
});

test('several sign-ins stand side by side, and one is chosen', async () => {
  await run('login --url https://one.example --context one --api-key-stdin', 'sy_1');
  await run('login --url https://two.example --context two --api-key-stdin', 'sy_2');
  await run('context use one');
  await run('whoami');
  expect(asked.at(-1)!.headers.get('authorization')).toBe('Bearer sy_1');
  await run('whoami --context two');
  expect(asked.at(-1)!.headers.get('authorization')).toBe('Bearer sy_2');
  expect((await run('context list')).out).toMatch(/^NAME +CURRENT +URL +TENANT +EMAIL +SIGNED IN\none +\* /);
});

test('who belongs to several tenants is told to name one, and who has a second factor to give a code or use a key', async () => {
  const [, before] = ANSWERS['/api/v1/auth/login']!;
  const other = { slug: 'globex', name: 'Globex' };
  try {
    ANSWERS['/api/v1/auth/login'] = [200, { ...before, tenant: null, tenants: [tenant, other] }];
    const { code, err } = await run('login --url https://sy.example --email ada@acme.example --password-stdin', 'pw');
    expect([code, err]).toEqual([0, 'Signed in to https://sy.example as Ada, in no tenant yet.\nSay with --tenant where to work: acme, globex.\n']);
    expect(store().contexts['default']).toEqual({
      url: 'https://sy.example',
      token: 'session-token',
      email: 'ada@acme.example',
      expiresAt: '2026-01-01T00:00:00.000Z',
    });
    ANSWERS['/api/v1/auth/login'] = [
      200,
      { status: 'mfa-required', mfaRequired: true, challengeId: 'c', factors: ['totp'], expiresAt: '2026-01-01T00:00:00.000Z' },
    ];
    const refused = await run('login --url https://sy.example --context two --email ada@acme.example --password-stdin', 'pw');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--api-key-stdin') });
    expect(refused.err).toContain('--code');
    expect(store().contexts['two']).toBeUndefined();
  } finally {
    ANSWERS['/api/v1/auth/login'] = [200, before];
  }
});

test('the second factor is answered with a code: six digits for the app, else a backup code; a passkey needs a browser', async () => {
  const [, before] = ANSWERS['/api/v1/auth/login']!;
  const asks = (factors: string[]): void =>
    void (ANSWERS['/api/v1/auth/login'] = [200, { status: 'mfa-required', mfaRequired: true, challengeId: 'c', factors }]);
  ANSWERS['/api/v1/auth/mfa/challenge'] = [200, before];
  const signIn = (code: string) => run(`login --url https://sy.example --email ada@acme.example --password-stdin --code ${code}`, 'pw');
  try {
    asks(['webauthn', 'totp', 'backup']);
    expect(await signIn('123456')).toMatchObject({ code: 0, err: 'Signed in to https://sy.example as Ada in Acme.\n' });
    expect(asked.at(-1)).toMatchObject({ path: '/api/v1/auth/mfa/challenge', body: { challengeId: 'c', factor: 'totp', code: '123456' } });
    expect(asked.at(-1)!.headers.get('x-switchyard-client')).not.toMatch(/^cli/);
    expect(store().contexts['default']).toMatchObject({ token: 'session-token', tenant: 'acme' });
    await signIn('KNSS-YCNK');
    expect(asked.at(-1)!.body).toMatchObject({ factor: 'backup', code: 'KNSS-YCNK' });
    asks(['sms']);
    await signIn('123456');
    expect(asked.at(-1)!.body).toMatchObject({ factor: 'sms' });
    asks(['webauthn']);
    expect(await signIn('123456')).toMatchObject({ code: 2, err: expect.stringContaining('passkey') });
  } finally {
    ANSWERS['/api/v1/auth/login'] = [200, before];
    delete ANSWERS['/api/v1/auth/mfa/challenge'];
  }
});

test('help for login tells its flags', async () => {
  const { code, out } = await run('login --help');
  expect(code).toBe(0);
  expect(out).toMatch(/switchyard login \[flags\][^]*--password-stdin[^]*--code <code>/);
});

test('a password is asked for only where there is someone to ask', async () => {
  expect(await run('login --email ada@acme.example')).toMatchObject({ code: 2, err: expect.stringContaining('there is no terminal to ask on') });
});

test('the password and the token appear nowhere', async () => {
  const { out, err } = await run('login --url https://sy.example --email ada@acme.example --password-stdin', 'correct horse');
  expect(out + err).not.toMatch(/correct horse|session-token/);
});
