import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visits } from '#test/visits.ts';
import { TENANT, toy, TOKENS, type Toy } from '#test/toy.ts';

const OTHER = '0197a1b2-0000-7000-8000-00000000bbbb';
let world: Toy;
beforeAll(async () => {
  world = await toy({
    more: visits,
    tenantOf: async (host) => ({ 'toys.sy.example': TENANT, 'other.sy.example': OTHER })[host],
    wellKnown: { 'jwks.json': async () => ({ keys: [] }) },
  });
});
afterAll(() => world.app.close());

const as = (name: keyof typeof TOKENS): Record<string, string> => ({ authorization: `Bearer ${TOKENS[name]}` });
const get = (url: string, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'GET', url, headers: { host: 'sy.example', ...headers } });
const post = (url: string, payload: string | object | Buffer, headers: Record<string, string>) =>
  world.app.inject({ method: 'POST', url, headers: { host: 'sy.example', ...headers }, payload });
const slug = (answer: { json: () => { type: string } }): string => answer.json().type.split('/').at(-1)!;

describe('ways through a browser', () => {
  test('a redirect sends the browser on, keeps nothing, and sets a cookie that a form of the other site brings back', async () => {
    const answer = await get('/api/v1/doors/visit?to=red');
    expect([answer.statusCode, answer.headers.location, answer.headers['cache-control']]).toEqual([302, 'https://doors.example/red', 'no-store']);
    expect(answer.headers['set-cookie']).toBe('__Host-sy_visit=red; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=None');
  });

  test('a browser that is refused on the way lands on a page, a program gets the problem', async () => {
    const page = await get('/api/v1/doors/visit?to=nowhere', { accept: 'text/html,*/*', 'x-request-id': 'request-1' });
    expect([page.statusCode, page.headers.location]).toEqual([302, '/auth/oauth/callback?problem=not-found&request=request-1']);
    expect(slug(await get('/api/v1/doors/visit?to=nowhere'))).toBe('not-found');
  });

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  test('a form posted by another site reaches only what is made for it, with the cookie of its own', async () => {
    const crossing = { ...form, origin: 'https://doors.example', cookie: '__Host-sy_visit=red' };
    expect((await post('/api/v1/doors/return', 'code=c%201', crossing)).json()).toEqual({ code: 'c 1', visited: 'red', host: 'sy.example' });
    expect(slug(await post('/api/v1/doors/open', { password: 'sesame' }, { origin: 'https://doors.example' }))).toBe('origin-denied');
    expect(slug(await post('/api/v1/doors/open', 'password=sesame', { ...form, origin: 'https://sy.example' }))).toBe('unsupported-media-type');
    expect(slug(await post('/api/v1/doors/return', 'code=a&code=b', crossing))).toBe('malformed-request');
  });

  test('a cookie without the prefix, which a neighbouring host could have set, is not ours', async () => {
    const answer = await post('/api/v1/doors/return', 'code=c', { ...form, cookie: 'sy_visit=red' });
    expect(answer.json().visited).toBeNull();
  });

  test('well-known documents are for anybody', async () => {
    expect((await get('/.well-known/jwks.json')).json()).toEqual({ keys: [] });
  });
});

describe('files', () => {
  const put = (payload: Buffer | string, headers: Record<string, string>) =>
    world.app.inject({ method: 'PUT', url: '/api/v1/lamps/l1/picture', headers: { host: 'sy.example', ...as('alice'), ...headers }, payload });
  const multipart = (bytes: Buffer): [Buffer, Record<string, string>] => [
    Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'), bytes, Buffer.from('\r\n--b--\r\n')]), // prettier-ignore
    { 'content-type': 'multipart/form-data; boundary=b' },
  ];

  test('a picture comes as a form, by itself, or in base64', async () => {
    const picture = Buffer.alloc(1_500_000, 7);
    expect((await put(...multipart(picture))).json()).toEqual({ id: 'l1', bytes: 1_500_000 });
    expect((await put(picture, { 'content-type': 'image/png' })).json()).toEqual({ id: 'l1', bytes: 1_500_000 });
    const json = await put(JSON.stringify({ picture: Buffer.from('abc').toString('base64') }), { 'content-type': 'application/json' });
    expect(json.json()).toEqual({ id: 'l1', bytes: 3 });
  });

  test('one that is too large is refused either way', async () => {
    const picture = Buffer.alloc(2_100_000, 7);
    expect((await put(...multipart(picture))).statusCode).toBe(413);
    expect((await put(picture, { 'content-type': 'image/png' })).statusCode).toBe(413);
  });

  test('what takes no file refuses one', async () => {
    const [body, type] = multipart(Buffer.from('x'));
    expect(slug(await post('/api/v1/lamps', body, { ...as('alice'), ...type }))).toBe('unsupported-media-type');
    expect(slug(await post('/api/v1/lamps', body, { ...as('alice'), 'content-type': 'image/png' }))).toBe('unsupported-media-type');
  });

  test('a picture is shown to who asked, sandboxed, and kept by nobody between', async () => {
    const answer = await get('/api/v1/lamps/picture', as('alice'));
    expect(answer.rawPayload).toEqual(Buffer.from('RIFF'));
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=300',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('where a call runs', () => {
  const room = `/api/v1/tenants/${TENANT}/room`;
  test.each([
    ['path', room, {}],
    ['path and header', room, { 'x-switchyard-tenant': 'toys' }],
    ['path and host', room, { host: 'toys.sy.example' }],
  ])('the tenant is named by %s', async (_where, url, headers) => {
    expect((await get(url, { ...as('alice'), ...headers })).json()).toEqual({ tenantId: TENANT });
  });

  test.each([
    ['path and header', { 'x-switchyard-tenant': 'others' }],
    ['path and host', { host: 'other.sy.example' }],
  ])('%s that differ are not believed', async (_where, headers) => {
    expect(slug(await get(room, { ...as('alice'), ...headers }))).toBe('tenant-ambiguous');
  });

  test('a host that is no tenant’s is not served', async () => {
    expect(slug(await get(room, { ...as('alice'), host: 'evil.example' }))).toBe('host-denied');
  });
});

describe('what the state of a session forbids', () => {
  test('an act of weight needs a fresh proof by a second factor where there is one, and says by what; keys are not asked', async () => {
    const answer = await post('/api/v1/rooms/clear', {}, as('late'));
    expect([answer.statusCode, answer.json().factors, answer.json().maxAgeSeconds]).toEqual([401, ['totp'], 300]);
    expect((await post('/api/v1/rooms/clear', {}, as('alice'))).statusCode).toBe(200);
  });

  test('who works in no tenant reaches what is their own, and nothing else', async () => {
    expect(slug(await get('/api/v1/lamps', as('homeless')))).toBe('tenant-required');
    expect((await get('/api/v1/rooms/mine', as('homeless'))).statusCode).toBe(200);
  });

  test('who has to set up a second factor first reaches what is their own, and nothing else', async () => {
    expect(slug(await get('/api/v1/lamps', as('unenrolled')))).toBe('mfa-enrolment-required');
    expect((await get('/api/v1/rooms/mine', as('unenrolled'))).statusCode).toBe(200);
  });
});
