import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFlows, type Flows } from '#test/flows.ts';
import type { Json } from '../../graph.ts';

let clock = new Date();
let flows: Flows;
let account: string;
beforeAll(async () => {
  flows = await createFlows({ now: () => clock });
  account = flows.account(flows.as({ name: 'robot' }));
  flows.secrets.set('secret://HOOK_KEY', 's3cret');
});
afterAll(() => flows.close());
beforeEach(() => {
  clock = new Date();
});

const echo = { set: ['transform', { mode: 'expression', expression: 'trigger.body' }] as const };
const hook = (config: Record<string, Json>, nodes: Parameters<Flows['launch']>[1] = echo, lines = 'start -> set') =>
  flows.launch({ mode: 'webhook', ...config }, nodes, lines, { account });
const post = (path: string, payload: unknown = {}, headers: Record<string, string> = {}, method: 'POST' | 'GET' | 'PUT' | 'OPTIONS' = 'POST', remoteAddress = '192.0.2.1') =>
  flows.app.inject({ method, url: path, remoteAddress, headers: { host: 'localhost:8420', 'content-type': 'application/json', ...headers }, ...(method === 'GET' || method === 'OPTIONS' ? {} : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }) }); // prettier-ignore
const slugOf = (answer: Awaited<ReturnType<typeof post>>): string => `${answer.statusCode} ${answer.json<{ type: string }>().type.split('/').at(-1)}`;

describe('calls', () => {
  test('a call is acknowledged when the execution is committed, and carries what it may', async () => {
    const { token, workflowId } = await hook({});
    const answer = await post(`/hooks/${token}?a=1&b=2&b=3`, { n: 1 }, { 'x-kind': 'k', cookie: 'sy_session=x', authorization: 'Bearer y' });
    expect(answer.statusCode).toBe(202);
    const { executionId } = answer.json<{ executionId: string }>();
    expect(answer.headers['location']).toBe(`/api/v1/executions/${executionId}`);
    const [row] = await flows.rows<{ workflow_id: string; inputs: Record<string, Json>; trigger_kind: string }>('select * from workflow_executions where id = $1', [executionId]);
    expect(row).toMatchObject({ workflow_id: workflowId, trigger_kind: 'webhook', inputs: { kind: 'webhook', method: 'POST', body: { n: 1 }, query: { a: '1', b: ['2', '3'] } } });
    expect(Object.keys(row!.inputs['headers'] as object)).toContain('x-kind');
    for (const name of ['cookie', 'authorization']) expect(Object.keys(row!.inputs['headers'] as object)).not.toContain(name);
    expect((await flows.ended(executionId)).outputs).toEqual({ n: 1 });
  }); // prettier-ignore

  test('workflows 54: over HTTP, Respond answers the caller with status, headers and body, and the end answers where nobody responds', async () => {
    const responding = await hook(
      { response: { mode: 'respond_node' } },
      { when: ['conditional', { expression: 'trigger.body.n > 1' }], yes: ['respond', { status: 201, headers: { 'X-Kind': 'big', 'Set-Cookie': 'a=b' }, body: { n: '{{ trigger.body.n }}' } }], no: ['respond', { bodyType: 'html', body: '<script>alert(1)</script>' }] },
      'start -> when, when.true -> yes, when.false -> no',
    );
    const big = await post(`/hooks/${responding.token}`, { n: 2 });
    expect([big.statusCode, big.json(), big.headers['x-kind'], big.headers['set-cookie']]).toEqual([201, { n: 2 }, 'big', undefined]);
    const page = await post(`/hooks/${responding.token}`, { n: 0 });
    expect([page.headers['content-type'], page.headers['content-security-policy']]).toEqual(['text/html; charset=utf-8', expect.stringContaining('sandbox')]);
    const last = await hook({ response: { mode: 'last_node' } });
    const answer = await post(`/hooks/${last.token}`, { n: 7 });
    expect([answer.statusCode, answer.json()]).toEqual([200, { n: 7 }]);
    const failing = await hook({ response: { mode: 'last_node' } }, { stop: ['fail', { message: 'inner secret' }] }, 'start -> stop');
    const failed = await post(`/hooks/${failing.token}`);
    expect(slugOf(failed)).toBe('500 workflow-failed');
    expect(failed.body).not.toContain('inner secret');
  }); // prettier-ignore

  test('each check has its own problem, in their order', async () => {
    const { token, triggerId } = await hook({ allowCidrs: ['192.0.2.0/24'], auth: 'header', secret: 'secret://HOOK_KEY', maxBodyBytes: 10, inputSchema: { type: 'object', required: ['n'] } }); // prettier-ignore
    const right = { 'x-webhook-token': 's3cret' };
    expect(slugOf(await post(`/hooks/${'x'.repeat(43)}`))).toBe('404 hook-not-found');
    expect(slugOf(await post('/hooks/short'))).toBe('404 hook-not-found');
    expect(slugOf(await post(`/hooks/${token}`, { n: 'far too long' }, {}, 'PUT'))).toBe('405 method-not-allowed');
    expect(slugOf(await post(`/hooks/${token}`, { n: 'far too long' }, {}, 'POST', '198.51.100.1'))).toBe('413 payload-too-large');
    expect(slugOf(await post(`/hooks/${token}`, { n: 1 }, {}, 'POST', '198.51.100.1'))).toBe('403 webhook-forbidden');
    expect(slugOf(await post(`/hooks/${token}`, { n: 1 }))).toBe('401 webhook-unauthorized');
    expect(slugOf(await post(`/hooks/${token}`, { n: 1 }, { 'x-webhook-token': 's3cre' }))).toBe('401 webhook-unauthorized');
    expect(slugOf(await post(`/hooks/${token}`, '{', right))).toBe('400 malformed-request');
    expect(slugOf(await post(`/hooks/${token}`, {}, right))).toBe('422 inputs-invalid');
    expect((await post(`/hooks/${token}`, { n: 1 }, right)).statusCode).toBe(202);
    await flows.rows("update workflow_triggers set state = 'paused' where id = $1", [triggerId]);
    flows.live.publish('workflow-triggers');
    expect(slugOf(await post(`/hooks/${token}`, { n: 1 }, right))).toBe('409 workflow-paused');
  });

  test('an address is by token or by path, and a token that was changed is good for its grace', async () => {
    const { token, triggerId } = await hook({ path: 'orders' });
    expect((await post(`/hooks/${token}`)).statusCode).toBe(202);
    await flows.rows("update workflow_triggers set old_token_hash = token_hash, token_hash = 'other', old_token_until = $2 where id = $1", [triggerId, new Date(clock.getTime() + 60_000)]); // prettier-ignore
    flows.live.publish('workflow-triggers');
    expect((await post(`/hooks/${token}`)).statusCode).toBe(202);
    clock = new Date(clock.getTime() + 61_000);
    expect(slugOf(await post(`/hooks/${token}`))).toBe('404 hook-not-found');
    expect(slugOf(await post('/hooks/t/nobody/orders'))).toBe('404 hook-not-found');
  });

  test('pages of named origins may call and read, and no others', async () => {
    const { token } = await hook({ cors: ['https://shop.example'] });
    const asked = await post(`/hooks/${token}`, undefined, { origin: 'https://shop.example', 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect([asked.statusCode, asked.headers['access-control-allow-origin'], asked.headers['access-control-allow-credentials']]).toEqual([204, 'https://shop.example', undefined]);
    const called = await post(`/hooks/${token}`, {}, { origin: 'https://shop.example' });
    expect([called.statusCode, called.headers['access-control-allow-origin']]).toEqual([202, 'https://shop.example']);
    const other = await post(`/hooks/${token}`, {}, { origin: 'https://evil.example' });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(slugOf(await post(`/hooks/${token}`, undefined, { origin: 'https://evil.example' }, 'OPTIONS'))).toBe('403 origin-denied');
  }); // prettier-ignore
});

test('without its account a workflow is not started, and the caller is told no more than that', async () => {
  const robot = flows.account(flows.as({ name: 'gone' }));
  const { token } = await flows.launch({ mode: 'webhook', path: 'lost' }, echo, 'start -> set', { account: robot });
  flows.dismiss(robot);
  expect(slugOf(await post(`/hooks/${token}`))).toBe('409 hook-account-gone');
});

describe('who calls', () => {
  const sign = (body: string, at: number, key = 's3cret') => createHmac('sha256', key).update(`${at}.${body}`).digest('hex');

  test('workflows 56: A webhook with HMAC accepts a correct signature and refuses a wrong, missing, stale or replayed one with distinct problem types.', async () => {
    const { token } = await hook({ auth: 'hmac', secret: 'secret://HOOK_KEY', hmac: { header: 'x-sig', timestampHeader: 'x-time' } });
    const now = Math.floor(clock.getTime() / 1_000);
    const send = (body: string, at: number, key?: string) => post(`/hooks/${token}`, body, { 'x-sig': sign(body, at, key), 'x-time': String(at) });
    expect((await send('{"n":1}', now)).statusCode).toBe(202);
    expect(slugOf(await send('{"n":1}', now))).toBe('409 webhook-signature-replayed');
    // The same signature, written otherwise.
    for (const spelled of [sign('{"n":1}', now).toUpperCase(), `${sign('{"n":1}', now)} other`, `${sign('{"n":1}', now)},`])
      expect(slugOf(await post(`/hooks/${token}`, '{"n":1}', { 'x-sig': spelled, 'x-time': String(now) }))).toBe('409 webhook-signature-replayed');
    expect(slugOf(await send('{"n":2}', now, 'other'))).toBe('401 webhook-unauthorized');
    expect(slugOf(await send('{"n":3}', now - 400))).toBe('401 webhook-signature-stale');
    expect(slugOf(await post(`/hooks/${token}`, { n: 4 }))).toBe('401 webhook-signature-missing');
    expect((await send('{"n":1}', now + 1)).statusCode).toBe(202);
    expect(await flows.rows('select count(*)::int as n from workflow_executions where trigger_id = (select id from workflow_triggers where token_hash = encode(sha256($1::bytea), \'hex\'))', [token])).toEqual([{ n: 2 }]);
  }); // prettier-ignore

  test('name and password, tokens and keys of ours are each asked for in their way', async () => {
    flows.secrets.set('secret://BASIC', 'ana:pw');
    const basic = await hook({ auth: 'basic', secret: 'secret://BASIC' });
    const login = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect((await post(`/hooks/${basic.token}`, {}, login('ana:pw'))).statusCode).toBe(202);
    expect(slugOf(await post(`/hooks/${basic.token}`, {}, login('ana:no')))).toBe('401 webhook-unauthorized');
    const keyed = await flows.launch({ mode: 'webhook', auth: 'apiKey' }, echo, 'start -> set');
    const bob = flows.as({ name: 'bob' });
    const answer = await post(`/hooks/${keyed.token}`, {}, { authorization: `Bearer ${bob.token}` });
    expect(answer.statusCode).toBe(202);
    const [row] = await flows.rows('select principal, started_by_id from workflow_executions where id = $1', [answer.json<{ executionId: string }>().executionId]); // prettier-ignore
    expect(row).toMatchObject({ principal: { id: bob.actor.id }, started_by_id: bob.actor.id });
    const stranger = flows.as({ name: 'stranger', tenant: 'b' });
    for (const wrong of ['made-up', stranger.token]) expect(slugOf(await post(`/hooks/${keyed.token}`, {}, { authorization: `Bearer ${wrong}` }))).toBe('401 webhook-unauthorized'); // prettier-ignore
    const jwt = await hook({ auth: 'jwt', secret: 'secret://HOOK_KEY' });
    const signed = async (claims: object, key = 's3cret') => {
      const { SignJWT } = await import('jose');
      return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
    };
    const exp = Math.floor(clock.getTime() / 1_000) + 60;
    expect((await post(`/hooks/${jwt.token}`, {}, { authorization: `Bearer ${await signed({ exp })}` })).statusCode).toBe(202);
    for (const wrong of [await signed({}), await signed({ exp: exp - 600 }), await signed({ exp }, 'other'), 'a.b.c'])
      expect(slugOf(await post(`/hooks/${jwt.token}`, {}, { authorization: `Bearer ${wrong}` }))).toBe('401 webhook-unauthorized');
  });
});

test('workflows 57: The same dedupe key within 24 hours starts one execution and gives the first answer again.', async () => {
  const { token, triggerId } = await hook({ dedupeKey: 'trigger.body.id', response: { mode: 'last_node' } }, { set: ['transform', { mode: 'expression', expression: 'trigger.body.n' }] }); // prettier-ignore
  const first = await post(`/hooks/${token}`, { id: 'a', n: 1 });
  const again = await post(`/hooks/${token}`, { id: 'a', n: 2 });
  expect([first.statusCode, first.json(), again.statusCode, again.json(), again.headers['idempotency-replayed']]).toEqual([200, 1, 200, 1, 'true']);
  expect((await post(`/hooks/${token}`, { id: 'b', n: 3 })).json()).toBe(3);
  const both = await Promise.all([1, 2, 3].map((n) => post(`/hooks/${token}`, { id: 'c', n })));
  expect(both.filter(({ statusCode }) => statusCode === 200).length).toBeGreaterThanOrEqual(1);
  expect(both.every((one) => one.statusCode === 200 || slugOf(one) === '409 webhook-replayed')).toBe(true);
  const count = async () => (await flows.rows<{ n: number }>('select count(*)::int as n from workflow_executions where trigger_id = $1', [triggerId]))[0]!.n; // prettier-ignore
  expect(await count()).toBe(3);
  // A day later.
  await flows.rows("update workflow_marks set expires_at = now() - interval '1 day'");
  expect((await post(`/hooks/${token}`, { id: 'a', n: 9 })).json()).toBe(9);
  expect((await post(`/hooks/${token}`, { n: 10 })).json()).toBe(10);
  expect(await count()).toBe(5);
  expect(flows.faults).toEqual([]);
});

test('a single-use address answers what an execution waits for, once', async () => {
  const { token } = await hook({}, { wait: ['wait_event', { kind: 'webhook', timeout: { value: 1, unit: 'hours' } }], set: ['transform', { mode: 'expression', expression: 'input.value.body.ok' }] }, 'start -> wait -> set'); // prettier-ignore
  const { executionId } = (await post(`/hooks/${token}`)).json<{ executionId: string }>();
  const told = async () => (await flows.rows<{ payload: { callbackUrl?: string } }>("select payload from execution_events where execution_id = $1 and type = 'input.requested' and payload ? 'callbackUrl'", [executionId]))[0]; // prettier-ignore
  const waiting = async () =>
    (await flows.rows<{ status: string }>('select status from workflow_executions where id = $1', [executionId]))[0]?.status;
  await expect.poll(waiting, { timeout: 60_000 }).toBe('waiting');
  const url = new URL((await told())!.payload.callbackUrl!);
  expect(slugOf(await post('/hooks/resume/x'.padEnd(60, 'x')))).toBe('404 hook-not-found');
  expect((await post(url.pathname, { ok: 'yes' })).statusCode).toBe(202);
  expect((await flows.ended(executionId)).outputs).toBe('yes');
  expect(slugOf(await post(url.pathname, { ok: 'twice' }))).toBe('404 hook-not-found');
  expect(flows.faults).toEqual([]);
});
