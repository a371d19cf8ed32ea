import { afterEach, expect, test, vi } from 'vitest';
import { listen, preview, request, run, urlOf, workIn } from './api.ts';
import { Problem } from './problem.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status, headers })),
  );
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
const headersOf = (fetch: ReturnType<typeof answer>) => fetch.mock.calls[0]![1].headers as Record<string, string>;
afterEach(() => {
  vi.unstubAllGlobals();
  listen({});
  workIn(null);
});

test('empty query values are left out and lists are repeated', () => {
  expect(urlOf('/changes', { state: ['running', 'planned'], cursor: null, q: '', mine: true })).toBe(
    '/api/v1/changes?state=running&state=planned&mine=true',
  );
});

test('a problem keeps its code, its fields and the request id of the header', async () => {
  answer(
    422,
    {
      type: 'https://switchyard.dev/problems/validation-failed',
      title: 'Input not valid',
      status: 422,
      errors: [{ pointer: '/name', message: 'needed' }],
    },
    { 'x-request-id': 'req-7' },
  );
  const problem = await request('GET', '/servers').catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).slug).toBe('validation-failed');
  expect((problem as Problem).body).toMatchObject({ instance: 'req-7', errors: [{ pointer: '/name' }] });
});

test('an answer that is no problem document still becomes one', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>502</html>', { status: 502, statusText: 'Bad Gateway' })));
  await expect(request('GET', '/servers')).rejects.toMatchObject({ status: 502, slug: 'http-502' });
});

test('silence of the network is a problem with status 0', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(request('GET', '/servers')).rejects.toMatchObject({ status: 0, slug: 'unreachable' });
});

test('the end of the session is told once, but a wrong password is not the end of a session', async () => {
  const ended = vi.fn<() => void>();
  listen({ signedOut: ended });
  answer(401, { type: 'x/unauthenticated', title: 'Not signed in', status: 401 });
  await request('POST', '/auth/login', { body: {} }).catch(() => undefined);
  expect(ended).not.toHaveBeenCalled();
  await request('GET', '/servers').catch(() => undefined);
  expect(ended).toHaveBeenCalledOnce();
});

/** Answers one after the other. */
const answers = (...all: [status: number, body: unknown][]) => {
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
  for (const [status, body] of all) fetch.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
};
const stepUp: [number, unknown] = [401, { type: 'x/step-up-required', title: 'Prove it', status: 401, factors: ['password'] }];

test('a call that asks for a fresh proof is made again once there is one, and signs nobody out', async () => {
  const ended = vi.fn<() => void>();
  const proof = vi.fn<(problem: Problem) => Promise<boolean>>(() => Promise.resolve(true));
  listen({ signedOut: ended, proof });
  const fetch = answers(stepUp, [200, { done: true }]);
  await expect(request('DELETE', '/auth/mfa/totp', { body: { a: 1 } })).resolves.toEqual({ done: true });
  expect(fetch).toHaveBeenCalledTimes(2);
  expect(fetch.mock.calls[1]).toEqual(fetch.mock.calls[0]);
  expect(proof.mock.calls[0]![0].body['factors']).toEqual(['password']);
  expect(ended).not.toHaveBeenCalled();
});

test('whoever gives no proof gets the refusal, and a server that still refuses is not asked for ever', async () => {
  listen({ proof: () => Promise.resolve(false) });
  answers(stepUp);
  await expect(request('GET', '/x')).rejects.toMatchObject({ slug: 'step-up-required' });
  const proof = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  listen({ proof });
  answers(stepUp, stepUp);
  await expect(request('GET', '/x')).rejects.toMatchObject({ slug: 'step-up-required' });
  expect(proof).toHaveBeenCalledOnce();
});

test('a wrong code is not the end of a session, an ended one is, and a page that expects it stays', async () => {
  const ended = vi.fn<() => void>();
  listen({ signedOut: ended });
  answer(401, { type: 'x/mfa-invalid', title: 'Wrong code', status: 401 });
  await request('POST', '/auth/step-up', { body: {} }).catch(() => undefined);
  answer(401, { type: 'x/session-revoked', title: 'Ended', status: 401 });
  await request('GET', '/me', { quiet: true }).catch(() => undefined);
  expect(ended).not.toHaveBeenCalled();
  await request('GET', '/auth/sessions').catch(() => undefined);
  expect(ended).toHaveBeenCalledOnce();
});

test('a refusal until a second factor is set up is told to the application', async () => {
  const enrolment = vi.fn<() => void>();
  listen({ enrolment });
  answer(403, { type: 'x/mfa-enrolment-required', title: 'Set up a factor', status: 403 });
  await request('GET', '/servers').catch(() => undefined);
  expect(enrolment).toHaveBeenCalledOnce();
});

test('what rules say of an act that they let pass is told, in words; of reads it is not', async () => {
  const warned = vi.fn<(texts: string[]) => void>();
  listen({ warned });
  const headers = { 'x-switchyard-warnings': `${encodeURIComponent('Grüße, es ist Freitag')}, ${encodeURIComponent('100 % sure?')}` };
  answer(200, {}, headers);
  await request('GET', '/servers');
  expect(warned).not.toHaveBeenCalled();
  await request('POST', '/servers', { body: {} });
  expect(warned).toHaveBeenCalledWith(['Grüße, es ist Freitag', '100 % sure?']);
});

test('a file goes out as it is, with its own type', async () => {
  const fetch = answer(200, {});
  const file = new Blob(['x'], { type: 'image/png' });
  await request('PUT', '/users/me/avatar', { file });
  expect(headersOf(fetch)['content-type']).toBe('image/png');
  expect(fetch.mock.calls[0]![1].body).toBe(file);
});

test('a POST carries an idempotency key, a GET does not', async () => {
  const posted = answer(200, {});
  await run('POST', '/servers', { body: { name: 'web-1' } });
  expect(headersOf(posted)['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  const got = answer(200, {});
  await run('GET', '/servers');
  expect(headersOf(got)['idempotency-key']).toBeUndefined();
});

test('a 202 with a Change is on its way, anything else is done', async () => {
  answer(202, { change: { id: '1', number: 'CHG-1', state: 'running', operation: 'servers.create' } });
  await expect(run('POST', '/servers')).resolves.toMatchObject({ status: 'accepted', change: { number: 'CHG-1' } });
  answer(201, { id: 's' }, { 'x-switchyard-change': 'CHG-2' });
  await expect(run('POST', '/servers')).resolves.toEqual({ status: 'done', output: { id: 's' }, changeNumber: 'CHG-2' });
  answer(202, { status: 'check_email' });
  await expect(run('POST', '/auth/signup')).resolves.toEqual({ status: 'done', output: { status: 'check_email' }, changeNumber: null });
});

test('a preview asks for a dry run and sends the comment percent-encoded', async () => {
  const fetch = answer(200, { plan: {} });
  await preview('DELETE', '/servers/1', {}, { comment: 'größer', ifMatch: 3 });
  expect(fetch.mock.calls[0]![0]).toBe('/api/v1/servers/1?dryRun=true');
  expect(headersOf(fetch)).toMatchObject({ 'x-switchyard-comment': 'gr%C3%B6%C3%9Fer', 'if-match': '"3"' });
});

test('every call names the tenant that the page shows, except those about the session itself', async () => {
  workIn('acme');
  const read = answer(200, {});
  await request('GET', '/servers');
  expect(headersOf(read)['x-switchyard-tenant']).toBe('acme');
  const session = answer(200, {});
  await request('POST', '/auth/switch-tenant', { body: {} });
  expect(headersOf(session)['x-switchyard-tenant']).toBeUndefined();
});
