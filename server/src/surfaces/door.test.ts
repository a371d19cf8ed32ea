import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visits } from '#test/visits.ts';
import { toy, TOKENS, type Toy } from '#test/toy.ts';

let world: Toy;
beforeAll(async () => {
  world = await toy();
});
afterAll(() => world.app.close());

const alice = { authorization: `Bearer ${TOKENS.alice}` };
type Options = { headers?: Record<string, string>; payload?: unknown };
const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PUT', url: string, { headers = alice, payload }: Options = {}) =>
  world.app.inject({ method, url, headers: { host: 'sy.example', ...headers }, ...(payload === undefined ? {} : { payload: payload as object }) });
const slug = (answer: { json: () => { type: string } }): string => answer.json().type.split('/').at(-1)!;

describe('sessions', () => {
  const own = { origin: 'https://sy.example' };
  const signIn = (payload: object, headers: Record<string, string> = own) => send('POST', '/api/v1/doors/open', { headers, payload });

  test('sign-in moves the token into an HttpOnly cookie and out of the body', async () => {
    const answer = await signIn({ password: 'sesame' });
    expect(answer.json()).toEqual({ user: 'alice', expiresAt: '2099-01-01T00:00:00.000Z' });
    expect(answer.headers['set-cookie']).toBe(`__Host-sy_session=${TOKENS.alice}; Path=/; HttpOnly; Secure; SameSite=Lax`);
  });

  test('sign-in for programs keeps the token in the body and sets no cookie', async () => {
    const answer = await signIn({ password: 'sesame', tokenType: 'bearer' }, {});
    expect(answer.json().token).toBe(TOKENS.alice);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('a browser that is to keep the session keeps its later tokens for the time that is left', async () => {
    const kept = await signIn({ password: 'sesame', rememberMe: true });
    const [until, session] = kept.headers['set-cookie'] as unknown as string[];
    expect(until).toMatch(/^__Host-sy_kept=\d{10}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(session).toBe(`__Host-sy_session=${TOKENS.alice}; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax`);
    const later = await signIn({ password: 'sesame' }, { ...own, cookie: until!.split(';')[0]! });
    expect(later.headers['set-cookie']).toMatch(/^__Host-sy_session=sy_alice; Max-Age=(?:863\d\d|86400); /);
    const forged = await signIn({ password: 'sesame' }, { ...own, cookie: '__Host-sy_kept=tomorrow' });
    expect(forged.headers['set-cookie']).not.toMatch(/Max-Age/);
  });

  test('sign-out clears the cookie', async () => {
    const answer = await send('POST', '/api/v1/doors/close', { headers: { ...own, cookie: `__Host-sy_session=${TOKENS.alice}` } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sy_session=; .*Expires=Thu, 01 Jan 1970/),
      expect.stringMatching(/^__Host-sy_kept=; .*Expires=Thu, 01 Jan 1970/),
    ]);
  });

  test('who ends only their other sessions keeps the cookie', async () => {
    const answer = await send('POST', '/api/v1/doors/close', {
      headers: { ...own, cookie: `__Host-sy_session=${TOKENS.alice}` },
      payload: { others: true },
    });
    expect(answer.json()).toEqual({ ended: false });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['from our own page', { origin: 'https://sy.example' }, 201],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from an opaque origin', { origin: 'null' }, 403],
    ['from another port', { origin: 'https://sy.example:8443' }, 403],
    ['without an Origin', {}, 403],
    ['without an Origin but same-origin by Fetch Metadata', { 'sec-fetch-site': 'same-origin' }, 201],
    ['cross-site by Fetch Metadata', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('a change with the cookie %s', async (_where, headers, status) => {
    const answer = await send('POST', '/api/v1/lamps', {
      headers: { ...headers, cookie: `__Host-sy_session=${TOKENS.alice}` },
      payload: { name: 'c' },
    });
    expect(answer.statusCode).toBe(status);
    if (status === 403) expect(slug(answer)).toBe('origin-denied');
  });

  test('another site cannot sign a browser in as someone else', async () => {
    expect(slug(await signIn({ password: 'sesame' }, { origin: 'https://evil.example' }))).toBe('origin-denied');
  });

  test('reading with the cookie needs no Origin, and is seen as coming from the web application', async () => {
    expect((await send('GET', '/api/v1/lamps', { headers: { cookie: `__Host-sy_session=${TOKENS.alice}` } })).statusCode).toBe(200);
    expect(world.audit.at(-1)!.surface).toBe('web');
  });
});

describe('hosts', () => {
  test.each([
    ['sy.example', 200],
    ['sy.example:8443', 200],
    ['localhost:3000', 200],
    ['127.0.0.1:3000', 200],
    ['[::1]:3000', 200],
    ['192.0.2.7', 200],
    ['evil.example', 403],
    ['sy.example.evil.example', 403],
  ])('Host %s answers %i', async (host, status) => {
    expect((await send('GET', '/api/v1/lamps', { headers: { ...alice, host } })).statusCode).toBe(status);
  });

  test('load balancers ask for health under any name', async () => {
    expect((await send('GET', '/health/live', { headers: { host: 'evil.example' } })).statusCode).toBe(200);
  });
});

describe('limits by address', () => {
  test('calls without a credential, sign-ins and wrong tokens are each limited', async () => {
    const limited = await toy({
      config: {
        publicUrl: 'https://sy.example',
        version: '0',
        addressLimits: { unauthenticated: 2, signIn: 2, wrongToken: 2, wrongCookie: 3, crowd: 3 },
      },
      more: visits,
    });
    const call = (headers: Record<string, string>, url = '/api/v1/lamps', remoteAddress = '192.0.2.1') =>
      limited.app.inject({
        method: url.endsWith('open') ? 'POST' : 'GET',
        url,
        remoteAddress,
        headers: { host: 'sy.example', ...headers },
        ...(url.endsWith('open') ? { payload: { password: 'no' } } : {}),
      });
    const statuses = async (times: number, ...args: Parameters<typeof call>) => {
      const found: number[] = [];
      for (let i = 0; i < times; i++) found.push((await call(...args)).statusCode);
      return found;
    };
    expect(await statuses(3, {})).toEqual([401, 401, 429]);
    expect(await statuses(1, {}, '/api/v1/lamps', '192.0.2.2')).toEqual([401]);
    expect(await statuses(3, {}, '/api/v1/doors/open')).toEqual([401, 401, 429]);
    expect(await statuses(4, { authorization: 'Bearer sy_wrong' })).toEqual([401, 401, 401, 429]);
    // An unknown cookie counts by itself, and more of them are let through: an office shares an address, and its old browsers too.
    const cookie = (name: string) => ({ cookie: `__Host-sy_session=${name}` });
    expect(await statuses(5, cookie('made_up'))).toEqual([401, 401, 401, 401, 429]);
    expect(await statuses(1, cookie('made_up'), '/api/v1/lamps', '192.0.2.2')).toEqual([401]);
    // Whoever looks at a credential counts it: not only the routes of operations.
    for (const [url, from] of [
      ['/api/v1/manifest', '192.0.2.5'],
      ['/api/v1/events', '192.0.2.6'],
    ] as const)
      expect(await statuses(4, { authorization: 'Bearer sy_wrong' }, url, from)).toEqual([401, 401, 401, 429]);
    // One that was good once is not a guess.
    expect(await statuses(5, { authorization: 'Bearer over' }, '/api/v1/lamps', '192.0.2.7')).toEqual([401, 401, 401, 401, 401]);
    // A credential that nobody looks at is no way round, and servers that speak for many have a count of their own.
    const madeUp = { authorization: 'Bearer made_up', cookie: '__Host-sy_session=made_up' };
    expect(await statuses(4, madeUp, '/api/v1/doors/visit?to=red', '192.0.2.3')).toEqual([302, 302, 302, 429]);
    expect(await statuses(4, {}, '/api/v1/doors/announce', '192.0.2.4')).toEqual([200, 200, 200, 429]);
    expect((await call({})).headers['retry-after']).toMatch(/^\d+$/);
    await limited.app.close();
  });
});
