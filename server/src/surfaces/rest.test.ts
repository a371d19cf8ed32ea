import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toy, TOKENS, type Toy } from '#test/toy.ts';

let world: Toy;
beforeAll(async () => {
  world = await toy();
});
afterAll(() => world.app.close());

const alice = { authorization: `Bearer ${TOKENS.alice}` };
const reader = { authorization: `Bearer ${TOKENS.reader}` };
const flooded = { authorization: `Bearer ${TOKENS.flooded}` };
type Options = { headers?: Record<string, string>; payload?: unknown };
const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PUT', url: string, { headers = alice, payload }: Options = {}) =>
  world.app.inject({ method, url, headers: { host: 'sy.example', ...headers }, ...(payload === undefined ? {} : { payload: payload as object }) });
const slug = (answer: { json: () => { type: string } }): string => answer.json().type.split('/').at(-1)!;
const create = async (name = 'hall'): Promise<{ id: string; version: number }> => (await send('POST', '/api/v1/lamps', { payload: { name } })).json();

describe('what the Gate lets pass', () => {
  test('a create answers 201 with the path of what was made, its version and its decision', async () => {
    const answer = await send('POST', '/api/v1/lamps', { payload: { name: 'porch', watts: 12 } });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/api/v1/lamps/${answer.json().id}`);
    expect(answer.headers['etag']).toBe('"1"');
    expect(answer.headers['x-switchyard-change']).toBe('CHG-7');
    expect(answer.headers['x-switchyard-decision']).toBe(world.audit.at(-1)!.decisionId);
  });

  test('an accepted Change answers 202 with its place', async () => {
    const { id } = await create();
    const answer = await send('POST', `/api/v1/lamps/${id}/burn`);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ change: { id: expect.any(String), number: 'CHG-7', state: 'awaiting_approval', operation: 'lamps.burn' } });
    expect(answer.headers['location']).toBe(`/api/v1/changes/${answer.json().change.id}`);
  });

  test('dryRun answers with the plan and does nothing', async () => {
    const before = (await send('GET', '/api/v1/lamps/count')).json().count;
    const answer = await send('POST', '/api/v1/lamps?dryRun=true', { payload: { name: 'never' } });
    expect(answer.json()).toMatchObject({ plan: { summary: 'a lamp never' }, risk: 'write', planHash: expect.any(String), requirements: [] });
    expect((await send('GET', '/api/v1/lamps/count')).json().count).toBe(before);
  });

  test('dryRun of what leaves no Change is refused, and a session stays open', async () => {
    const answer = await send('POST', '/api/v1/doors/close?dryRun=true', { payload: {} });
    expect([answer.statusCode, answer.json().type, answer.headers['set-cookie']]).toEqual([422, expect.stringMatching(/no-dry-run$/), undefined]);
  });

  test('Prefer: wait holds a 202 back until the Change is settled', async () => {
    const { id } = await create();
    const waiting = send('POST', `/api/v1/lamps/${id}/burn`, { headers: { ...alice, prefer: 'respond-async, wait=20' } });
    setTimeout(() => {
      world.changeState.state = 'succeeded';
      world.news.push({ event: 'state', data: { state: 'succeeded' } });
    }, 20);
    const answer = await waiting;
    world.changeState.state = 'awaiting_approval';
    expect([answer.statusCode, answer.json().change.state, answer.headers['preference-applied']]).toEqual([200, 'succeeded', 'wait=20']);
  });

  test('a download carries its type and a name that cannot leave the header', async () => {
    const answer = await send('GET', '/api/v1/lamps/export');
    expect(answer.body).toBe('id,name\n');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="lamps __t__.csv"; filename*=UTF-8''lamps%20%22%C3%A9t%C3%A9%22.csv`);
  });

  test('If-Match of an old version answers 412', async () => {
    const { id } = await create();
    expect((await send('PATCH', `/api/v1/lamps/${id}`, { headers: { ...alice, 'if-match': '"1"' }, payload: { watts: 5 } })).statusCode).toBe(200);
    expect(slug(await send('PATCH', `/api/v1/lamps/${id}`, { headers: { ...alice, 'if-match': 'W/"1"' }, payload: { watts: 6 } }))).toBe(
      'version-conflict',
    );
  });

  test('a comment arrives decoded in the audit trail', async () => {
    await send('POST', '/api/v1/lamps', {
      headers: { ...alice, 'x-switchyard-comment': encodeURIComponent('für die Tür') },
      payload: { name: 'door' },
    });
    expect(world.audit.at(-1)!.comment).toBe('für die Tür');
  });

  test('quota headers come with every answer, refusals included', async () => {
    const good = await send('GET', '/api/v1/lamps/count');
    expect(good.headers).toMatchObject({
      'ratelimit-policy': '"burst";q=100',
      ratelimit: '"burst";r=99;t=30',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
    });
    expect((await send('GET', '/api/v1/lamps/nope')).headers['ratelimit']).toBe('"burst";r=99;t=30');
  });

  test('a request id is taken over when it is sane and made when it is not', async () => {
    expect((await send('GET', '/api/v1/lamps/count', { headers: { ...alice, 'x-request-id': 'trace-12345' } })).headers['x-request-id']).toBe(
      'trace-12345',
    );
    const other = await send('GET', '/api/v1/lamps/nope', { headers: { ...alice, 'x-request-id': 'a "b" c d e f' } });
    expect(other.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(other.json().instance).toBe(other.headers['x-request-id']);
  });
});

describe('query parameters', () => {
  const list = (query: string) => send('GET', `/api/v1/lamps?${query}`);

  test('numbers, booleans, lists and objects arrive in the type that the schema wants', async () => {
    expect((await list('on=false&watts=40&tag=a&tag=b&limit=2&match={"name":"x"}')).statusCode).toBe(200);
    expect((await list('tag=only')).statusCode).toBe(200);
  });

  test.each([
    ['watts=forty', '/watts'],
    ['watts=', '/watts'],
    ['watts=1e400', '/watts'],
    ['watts=0x10', '/watts'],
    ['on=1', '/on'],
    ['on=true&on=false', '/on'],
    ['limit=201', '/limit'],
    ['colour=red', '/colour'],
    ['match={', '/match'],
    ['match={}', '/match/name'],
  ])('%s is refused with a pointer to %s', async (query, pointer) => {
    const answer = await list(query);
    expect(slug(answer)).toBe('validation-failed');
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  test.each(['__proto__=x', 'watts=%00', 'tag=a%00b', 'dryRun=perhaps'])('%s is malformed', async (query) => {
    expect(slug(await list(query))).toBe('malformed-request');
  });

  test('a query parameter does not reach the input of a POST', async () => {
    expect(slug(await send('POST', '/api/v1/lamps?watts=5', { payload: { name: 'x' } }))).toBe('malformed-request');
  });

  test('a name lives in one place: not in path and body at once', async () => {
    const { id } = await create();
    expect(slug(await send('PATCH', `/api/v1/lamps/${id}`, { payload: { id: 'other', watts: 3 } }))).toBe('malformed-request');
  });
});

describe('refusals', () => {
  test.each([
    ['GET', '/api/v1/lamps', {}, 401, 'unauthenticated'],
    ['GET', '/api/v1/lamps', { authorization: 'Basic YTpi' }, 401, 'unauthenticated'],
    ['GET', '/api/v1/lamps', { authorization: 'Bearer sy_nobody' }, 401, 'unauthenticated'],
    ['POST', '/api/v1/lamps', reader, 403, 'permission-denied'],
    ['GET', '/api/v1/lamps', flooded, 429, 'rate-limited'],
    ['GET', '/api/v1/nothing', alice, 404, 'route-not-found'],
    ['GET', '/nothing', alice, 404, 'route-not-found'],
    ['PUT', '/api/v1/lamps', alice, 405, 'method-not-allowed'],
    ['GET', '/api/v1/lamps/%E0%A4%A', alice, 400, 'malformed-request'],
    ['GET', `/api/v1/lamps/${'x'.repeat(600)}`, alice, 400, 'malformed-request'],
  ] as const)('%s %s with %o answers %i %s', async (method, url, headers, status, name) => {
    const answer = await send(method, url, { headers, ...(method === 'POST' ? { payload: { name: 'x' } } : {}) });
    expect([answer.statusCode, slug(answer)]).toEqual([status, name]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String), instance: answer.headers['x-request-id'] });
  });

  test('401 says how to sign in, 429 says how long to wait, 405 says what is possible', async () => {
    expect((await send('GET', '/api/v1/lamps', { headers: {} })).headers['www-authenticate']).toBe('Bearer realm="switchyard"');
    expect((await send('GET', '/api/v1/lamps', { headers: flooded })).headers['retry-after']).toBe('7');
    expect((await send('PUT', '/api/v1/lamps')).headers['allow']).toBe('OPTIONS, GET, HEAD, POST');
  });

  test('a fixed path wins over a parameter, HEAD answers as GET without a body, OPTIONS lists methods', async () => {
    expect((await send('GET', '/api/v1/lamps/count')).json()).toEqual({ count: expect.any(Number) });
    const head = await send('HEAD', '/api/v1/lamps');
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const options = await send('OPTIONS', '/api/v1/lamps');
    expect([options.statusCode, options.headers['allow']]).toEqual([204, 'OPTIONS, GET, HEAD, POST']);
    expect(options.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('an unexpected fault tells the caller nothing and the log everything', async () => {
    const answer = await send('GET', '/api/v1/lamps/break');
    expect([answer.statusCode, slug(answer)]).toEqual([500, 'internal']);
    expect(answer.body).not.toContain('socket');
    expect(world.log.join('')).toContain('the secret of the socket');
  });

  test('refusals name the decision', async () => {
    const answer = await send('GET', '/api/v1/lamps/nope');
    expect(answer.headers['x-switchyard-decision']).toBe(answer.json().decisionId);
  });
});

test('while draining, calls are refused with a hint and probes still answer', async () => {
  const draining = await toy();
  draining.drain();
  const answer = await draining.app.inject({ url: '/api/v1/lamps', headers: { ...alice, host: 'sy.example' } });
  expect([answer.statusCode, slug(answer), answer.headers['retry-after']]).toEqual([503, 'shutting-down', '2']);
  expect((await draining.app.inject({ url: '/health' })).statusCode).toBe(200);
  await draining.app.close();
});

test('metrics are for this machine or for the token', async () => {
  expect((await world.app.inject('/metrics')).body).toBe('up 1\n');
  expect((await world.app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' })).statusCode).toBe(401);
  expect((await world.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(401);
});

test('pages get a strict policy for scripts', async () => {
  const policy = (await send('GET', '/docs')).headers['content-security-policy'] as string;
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});

test('the log names route and decision, never the query or a token', async () => {
  world.log.length = 0;
  await send('GET', '/api/v1/lamps?tag=private-note');
  const text = world.log.join('');
  expect(text).toContain('/api/v1/lamps');
  expect(text).not.toContain('private-note');
  expect(text).not.toContain(TOKENS.alice);
});
