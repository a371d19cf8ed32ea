import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { outboundRequest } from './outbound-http.ts';
import { logOutsideCalls, tellOutsideCall } from './outside-calls.ts';
import { within } from './whereabouts.ts';

let server: Server;
let host = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/away') return void request.socket.destroy();
    response.writeHead(request.url === '/odd' ? 503 : 200, { 'X-Request-Id': request.url === '/odd' ? 'has spaces\tin it' : 'req-0042' });
    response.end('canary-of-the-body');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const request = (path: string) => ({ url: `http://${host}${path}`, method: 'POST', headers: { authorization: 'Bearer canary-of-a-header' }, body: Buffer.from('canary-sent'), timeoutMs: 5_000, maxBytes: 1_000, redirects: 0 }); // prettier-ignore
const anywhere = { exceptions: [], allowPrivateTargets: true };

/** What the log says of outside calls while `work` goes on. */
async function heard(work: () => Promise<unknown>, except: string[] = []) {
  const stream = new PassThrough();
  const stop = logOutsideCalls(createLog('info', stream), except);
  try {
    await work();
    // The line is written as the answer comes in, whoever waits for it.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    stop();
  }
  const text = String(stream.read() ?? '');
  expect(text).not.toContain('canary');
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
}

const where = { requestId: 'request-1', tenantId: 'tenant-1', changeId: 'change-1', jobId: 'job-1' };

test('a call over HTTP is in the log with its status, its time, what the other side calls it, and for whom it was made', async () => {
  const lines = await heard(() => within(where, () => outboundRequest(request('/hook/canary-of-the-path?token=canary'), anywhere)));
  expect(lines).toEqual([
    expect.objectContaining({ level: 'info', msg: 'outside call', outside: 'http', method: 'POST', to: host, status: 200, outsideId: 'req-0042', ms: expect.any(Number), ...where }),
  ]);
}); // prettier-ignore

test('so is one by fetch, and each of two at once has its own', async () => {
  const call = (requestId: string) => within({ requestId }, () => fetch(`http://${host}/canary`).then((answer) => answer.text()));
  const lines = await heard(() => Promise.all([call('one'), call('two')]));
  const told = new Set(lines.map(({ requestId, status, outsideId }) => `${String(requestId)} ${String(status)} ${String(outsideId)}`));
  expect([lines.length, told]).toEqual([2, new Set(['one 200 req-0042', 'two 200 req-0042'])]);
});

test('one without an answer says why, and an id of theirs that is none is left out', async () => {
  const away = () => outboundRequest(request('/away'), anywhere).catch(() => undefined);
  const lines = await heard(() => within(where, () => away().then(() => outboundRequest(request('/odd'), anywhere))));
  expect(lines).toMatchObject([
    { level: 'warn', outside: 'http', to: host, fault: 'ECONNRESET', ...where },
    { level: 'info', status: 503, ...where },
  ]);
  expect(lines[1]).not.toHaveProperty('outsideId');
});

test('a command over SSH is in the log with its server, the generation and our end of the connection', async () => {
  const call = { outside: 'ssh', to: '192.0.2.1:22', routeServer: 'rs1-fra', verb: 'arm', code: 0, session: '198.51.100.9:40312', ms: 12 } as const;
  const lines = await heard(async () => within({ ...where, generation: 7 }, () => tellOutsideCall(call)));
  expect(lines).toEqual([expect.objectContaining({ ...call, ...where, generation: 7 })]);
});

test('of the collector of traces nothing is written, and nothing once it is stopped', async () => {
  expect(await heard(() => outboundRequest(request('/traces'), anywhere), [host])).toEqual([]);
  const stream = new PassThrough();
  logOutsideCalls(createLog('info', stream))();
  await outboundRequest(request('/after'), anywhere);
  expect(stream.read()).toBeNull();
});
