import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNodeRun, faultOf, outputOf } from '#test/lone-node.ts';
import type { Json } from '../../graph.ts';
import { byConfig } from '../declare.ts';
import { retryAfterSeconds } from './answer.ts';
import { httpApi } from './index.ts';
import { parseXml } from './xml.ts';

interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}
let heard: Heard[] = [];
let tokens = 0;

type Said = [status: number, headers: Record<string, string>, body?: string | Buffer];
const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Said => [
  status,
  { 'content-type': 'application/json', ...headers },
  JSON.stringify(value),
];
const ANSWERS: Record<string, (heard: Heard, url: URL) => Said | undefined> = {
  '/echo': ({ method, headers, body }) => json({ method, headers, body: body.toString() }),
  '/status': (_heard, url) =>
    json(
      { why: 'said so' },
      Number(url.searchParams.get('code')),
      url.searchParams.has('wait') ? { 'retry-after': url.searchParams.get('wait')! } : {},
    ),
  '/slow': () => undefined,
  '/large': () => [200, { 'content-type': 'text/plain' }, 'x'.repeat(200_000)],
  '/bomb': () => [200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(2_000_000, 'x'))],
  '/bomb-twice': () => [
    200,
    { 'content-type': 'text/plain', 'content-encoding': 'gzip, br' },
    brotliCompressSync(gzipSync(Buffer.alloc(2_000_000, 'x'))),
  ],
  '/packed': () => [200, { 'content-type': 'application/json', 'content-encoding': 'br' }, brotliCompressSync('{"packed":true}')],
  '/odd-packing': () => [200, { 'content-encoding': 'compress' }, 'x'],
  '/pages': (_heard, url) => {
    const page = Number(url.searchParams.get('page') ?? '1');
    return json({ results: [page * 10, page * 10 + 1], next: page < 4 ? `/pages?page=${page + 1}` : null });
  },
  '/elsewhere': () => json({ results: [1], next: `http://localhost:${port}/echo` }),
  '/xml': () => [200, { 'content-type': 'application/xml' }, '<?xml version="1.0"?><a n="1"><b>x &amp; y</b><b>z</b><c><![CDATA[<raw>]]></c></a>'],
  '/csv': () => [200, { 'content-type': 'text/csv' }, 'name,n\r\nedge,1\r\n"a, b",2\r\n'],
  '/bytes': () => [200, { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="p.png"' }, Buffer.from([1, 2, 3])],
  '/latin': () => [200, { 'content-type': 'text/plain; charset=iso-8859-1' }, Buffer.from([0xe9])],
  '/moved': (_heard, url) => [Number(url.searchParams.get('code')), { location: '/echo' }],
  '/around': () => [302, { location: '/around' }],
  '/token': ({ headers, body }) => {
    tokens += 1;
    const good =
      headers.authorization === `Basic ${Buffer.from('client:top-secret').toString('base64')}` &&
      body.toString().includes('grant_type=client_credentials');
    return good ? json({ access_token: `token-${tokens}`, expires_in: 300 }) : json({ error: 'invalid_client' }, 401);
  },
  '/guarded': ({ headers }) => (headers.authorization === `Bearer token-${tokens}` ? json({ in: true }) : json({}, 401)),
};
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const found = { method: request.method!, url: request.url!, headers: request.headers, body: Buffer.concat(parts) };
    heard.push(found);
    const url = new URL(request.url!, 'http://x');
    const said = ANSWERS[url.pathname]!(found, url);
    if (said) response.writeHead(said[0], said[1]).end(said[2]);
  });
});
let port: number;
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
});
afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
beforeEach(() => void (heard = []));

const SECRETS = { P: 'pass word', T: 'top-secret', K: 'key-of-mine' };
const world = (input: Json = null) => createNodeRun({ lab: true, input, secrets: SECRETS });
const ask = async (config: Record<string, Json>, input: Json = null) =>
  outputOf(await world(input).start(httpApi, { ...config, url: `${base}${String(config['url'])}` }));
const refused = (config: Record<string, Json>, input: Json = null) =>
  faultOf(world(input).start(httpApi, { ...config, url: `${base}${String(config['url'])}` }));

describe('workflows 40: HTTP: methods, body types, auth kinds, pagination, Retry-After, redirects, size limit, timeout, and extraction against a local server', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('%s is sent as it is', async (method) => {
    const output = await ask({ url: '/echo', method });
    expect(heard).toMatchObject([{ method }]);
    expect(output['status']).toBe(200);
    if (method !== 'HEAD') expect(output['body']).toMatchObject({ method });
  });

  test('parameters and headers are filled in; what is secret is sent and not shown', async () => {
    const config = { url: '/echo', query: [{ name: 'q', value: '{{ input.q }} &x=1' }], headers: [{ name: 'X-A', value: 'n={{ input.n + 1 }}' }, { name: 'X-B', secret: 'secret://T' }] };
    await ask(config, { q: 'a b', n: 1 });
    expect(heard[0]).toMatchObject({ url: '/echo?q=a+b+%26x%3D1', headers: { 'x-a': 'n=2', 'x-b': 'top-secret' } });
    expect(JSON.stringify(world({ q: 'a', n: 1 }).shown(httpApi, config))).not.toContain('top-secret');
    const would = await world({ q: 'a', n: 1 }).simulate(httpApi, { ...config, url: `${base}/echo`, method: 'POST' });
    expect(JSON.stringify(would)).not.toContain('top-secret');
    expect(heard).toHaveLength(1);
  }); // prettier-ignore

  test.each([
    ['json', { n: '{{ input.n }}' }, 'application/json', '{"n":7}'],
    ['json', '{"as":"it is"}', 'application/json', '{"as":"it is"}'],
    ['json', 'no json', 'application/json', '"no json"'],
    ['form', { a: 'x y', b: ['1', '2'] }, 'application/x-www-form-urlencoded', 'a=x+y&b=1&b=2'],
    ['xml', '<n>{{ input.n }}</n>', 'application/xml; charset=utf-8', '<n>7</n>'],
    ['text', 'n={{ input.n }}', 'text/plain; charset=utf-8', 'n=7'],
    ['graphql', '{ devices { name } }', 'application/json', '{"query":"{ devices { name } }"}'],
    ['graphql', { query: 'q', variables: { n: '{{ input.n }}' } }, 'application/json', '{"query":"q","variables":{"n":7}}'],
  ] as [string, Json, string, string][])('a body of type %s', async (bodyType, body, type, text) => {
    await ask({ url: '/echo', method: 'POST', bodyType, body }, { n: 7 });
    expect(heard[0]!.headers['content-type']).toBe(type);
    expect(heard[0]!.body.toString()).toBe(text);
  });

  test('files go as they are, and in parts', async () => {
    const { run, start } = world();
    const file = { ...(await run.files.put(new Uint8Array([9, 8]), { name: 'f.bin', mime: 'application/x-thing' })) };
    await start(httpApi, { url: `${base}/echo`, method: 'PUT', bodyType: 'file', body: file });
    expect([heard[0]!.headers['content-type'], [...heard[0]!.body]]).toEqual(['application/x-thing', [9, 8]]);
    await start(httpApi, { url: `${base}/echo`, method: 'POST', bodyType: 'multipart', body: { note: 'hi', file } });
    const sent = heard[1]!.body.toString('latin1');
    expect(heard[1]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent).toContain('name="note"\r\n\r\nhi');
    expect(sent).toContain(`name="file"; filename="f.bin"\r\nContent-Type: application/x-thing\r\n\r\n${String.fromCharCode(9, 8)}\r\n`);
  });

  test('basic, bearer and keys', async () => {
    await ask({ url: '/echo', auth: 'basic', credentials: { username: 'ana', password: 'secret://P' } });
    expect(heard[0]!.headers.authorization).toBe(`Basic ${Buffer.from('ana:pass word').toString('base64')}`);
    await ask({ url: '/echo', auth: 'bearer', credentials: { token: '{{ secrets.T }}' } });
    expect(heard[1]!.headers.authorization).toBe('Bearer top-secret');
    await ask({ url: '/echo', auth: 'apikey', credentials: { name: 'X-API-Key', key: 'secret://K' } });
    expect(heard[2]!.headers['x-api-key']).toBe('key-of-mine');
    const output = await ask({ url: '/echo?a=1', auth: 'apikey', credentials: { name: 'key', in: 'query', key: 'secret://K' } });
    expect(heard[3]!.url).toBe('/echo?a=1&key=key-of-mine');
    expect(output['url']).toBe(`${base}/echo?a=1`);
    expect(await refused({ url: '/echo', auth: 'bearer' })).toMatchObject({ type: 'secret-missing' });
  });

  test('hmac signs the body, with the time when it is asked for', async () => {
    const credentials = { signingKey: 'secret://K', algorithm: 'sha512', signatureHeader: 'X-Sig', timestampHeader: 'X-Time' };
    await ask({ url: '/echo', method: 'POST', bodyType: 'json', body: { a: 1 }, auth: 'hmac', credentials });
    const { headers, body } = heard[0]!;
    expect(headers['x-sig']).toBe(
      `sha512=${createHmac('sha512', 'key-of-mine')
        .update(`${String(headers['x-time'])}.${body.toString()}`)
        .digest('hex')}`,
    );
    await ask({ url: '/echo', method: 'POST', bodyType: 'text', body: 'x', auth: 'hmac', credentials: { signingKey: 'secret://K' } });
    expect(heard[1]!.headers['x-signature']).toBe(`sha256=${createHmac('sha256', 'key-of-mine').update('x').digest('hex')}`);
  });

  test('client credentials: a token is asked for once, and anew when it is not believed', async () => {
    const config = { url: '/guarded', auth: 'oauth2_client', credentials: { tokenUrl: `${base}/token`, clientId: 'client', clientSecret: 'secret://T', scope: 'a' } };
    await ask(config);
    await ask(config);
    expect(heard.map(({ url }) => url)).toEqual(['/token', '/guarded', '/guarded']);
    tokens += 1; // the other side has forgotten ours
    expect(await refused(config)).toMatchObject({ class: 'auth' });
    expect(await ask(config)).toMatchObject({ body: { in: true } });
    expect(await refused({ ...config, credentials: { ...config.credentials, clientId: 'other' } })).toMatchObject({ class: 'auth', message: expect.stringContaining('invalid_client') });
  }); // prettier-ignore

  test('pages are followed until there are no more, or as many as were asked for', async () => {
    const config = { url: '/pages', extract: 'body.results', pagination: { next: 'body.next' } };
    expect(await ask(config)).toMatchObject({ body: [10, 11, 20, 21, 30, 31, 40, 41], pages: 4 });
    expect(await ask({ ...config, pagination: { next: 'body.next', maxPages: 2 } })).toMatchObject({ body: [10, 11, 20, 21], pages: 2 });
    expect(await ask({ ...config, pagination: { next: 'size(body.results) > 0 && body.results[0] < 30 ? {"query": {"page": body.results[0] / 10 + 1}} : null' } })).toMatchObject({ pages: 3 });
  }); // prettier-ignore

  test('a page at another host is asked for without credentials', async () => {
    await ask({ url: '/elsewhere', pagination: { next: 'body.?next.orValue(null)' }, auth: 'bearer', credentials: { token: 'secret://T' }, headers: [{ name: 'X-B', secret: 'secret://T' }] });
    expect(heard[0]!.headers).toMatchObject({ authorization: 'Bearer top-secret', 'x-b': 'top-secret' });
    expect(heard[1]!.headers).not.toHaveProperty('authorization');
    expect(heard[1]!.headers).not.toHaveProperty('x-b');
  }); // prettier-ignore

  test.each([[408, 'transient'], [425, 'transient'], [429, 'transient'], [500, 'transient'], [502, 'transient'], [503, 'transient'], [504, 'transient'], [501, 'provider'], [401, 'auth'], [403, 'auth'], [404, 'not_found'], [409, 'conflict'], [400, 'validation'], [422, 'validation']] as const)(
    'status %i is an error of class %s, with what was said',
    async (code, kind) => {
      const fault = await refused({ url: `/status?code=${code}&wait=7` });
      expect(fault).toMatchObject({ type: 'http-status', class: kind, retryAfterSeconds: 7, details: { status: code, body: '{"why":"said so"}' } });
    },
  ); // prettier-ignore

  test('Retry-After is seconds or a date, and nonsense is nothing', () => {
    const now = new Date('2026-11-20T10:00:00Z');
    expect(retryAfterSeconds('120', now)).toBe(120);
    expect(retryAfterSeconds('Fri, 20 Nov 2026 10:00:30 GMT', now)).toBe(30);
    for (const bad of [undefined, '', 'soon', '-1', 'Fri, 20 Nov 2020 10:00:30 GMT']) expect(retryAfterSeconds(bad, now)).toBeUndefined();
  });

  test('what is a success is for the workflow to say', async () => {
    expect(await ask({ url: '/status?code=404', successWhen: 'status == 404' })).toMatchObject({ status: 404, body: { why: 'said so' } });
    expect(await refused({ url: '/echo', successWhen: 'body.method == "POST"' })).toMatchObject({ type: 'http-status', class: 'validation' });
  });

  test('redirects: followed with the method that each asks for, and not without end', async () => {
    await ask({ url: '/moved?code=307', method: 'POST', bodyType: 'text', body: 'x', headers: [{ name: 'X-A', value: 'kept' }] });
    expect(heard[1]).toMatchObject({ method: 'POST', headers: { 'x-a': 'kept' } });
    expect(heard[1]!.body.toString()).toBe('x');
    heard = [];
    await ask({ url: '/moved?code=303', method: 'PUT', bodyType: 'text', body: 'x' });
    expect([heard[1]!.method, heard[1]!.headers['content-type'], heard[1]!.body.length]).toEqual(['GET', undefined, 0]);
    expect(await ask({ url: '/moved?code=302', followRedirects: 0 })).toMatchObject({ status: 302, headers: { location: '/echo' } });
    expect(await refused({ url: '/around', followRedirects: 3 })).toMatchObject({ type: 'output-too-large', class: 'limit' });
  });

  test('an answer is cut off where it is too large, also when it only becomes so by being unpacked', async () => {
    expect(await refused({ url: '/large', maxResponseBytes: 100_000 })).toMatchObject({ type: 'output-too-large' });
    expect(await refused({ url: '/bomb', maxResponseBytes: 100_000 })).toMatchObject({ type: 'output-too-large' });
    expect(await refused({ url: '/bomb-twice', maxResponseBytes: 100_000 })).toMatchObject({ type: 'output-too-large' });
    expect(await ask({ url: '/packed' })).toMatchObject({ body: { packed: true } });
    expect(await refused({ url: '/odd-packing' })).toMatchObject({ type: 'http-transport' });
  });

  test('no answer in time, no connection, and being stopped', async () => {
    expect(await refused({ url: '/slow', timeoutSeconds: 1 })).toMatchObject({ type: 'node-timeout', class: 'timeout' });
    expect(await faultOf(world().start(httpApi, { url: 'http://127.0.0.1:8443/' }))).toMatchObject({ type: 'http-transport', class: 'transient' });
    const stop = new AbortController();
    const going = createNodeRun({ lab: true, signal: stop.signal }).start(httpApi, { url: `${base}/slow` });
    stop.abort(new Error('stopped'));
    await expect(going).rejects.toThrow('stopped');
  });

  test('JSON, text, XML, CSV and files are read as what they are', async () => {
    expect(await ask({ url: '/xml' })).toMatchObject({ body: expect.stringContaining('<b>x') });
    expect(await ask({ url: '/xml', parse: 'xml' })).toMatchObject({ body: { a: { '@n': '1', b: ['x & y', 'z'], c: '<raw>' } } });
    expect(await ask({ url: '/csv', parse: 'csv' })).toMatchObject({ body: [{ name: 'edge', n: '1' }, { name: 'a, b', n: '2' }] });
    expect(await ask({ url: '/bytes' })).toMatchObject({ body: { $file: 'file-0', name: 'p.png', mime: 'image/png', size: 3 } });
    expect(await ask({ url: '/latin' })).toMatchObject({ body: 'é' });
    expect(await refused({ url: '/large', parse: 'json' })).toMatchObject({ type: 'http-body', class: 'validation' });
    expect(await ask({ url: '/pages', extract: 'body.results.map(n, n * 2)' })).toMatchObject({ body: [20, 22] });
  }); // prettier-ignore

  test('a key goes with writes, and says whether they may be repeated', async () => {
    await ask({ url: '/echo', method: 'POST' });
    await ask({ url: '/echo' });
    await ask({ url: '/echo', method: 'POST', idempotency: 'header', idempotencyHeader: 'X-Once' });
    await ask({ url: '/echo', method: 'POST', idempotency: 'none' });
    expect(heard.map(({ headers }) => [headers['idempotency-key'], headers['x-once']])).toEqual([['key-of-the-node', undefined], [undefined, undefined], [undefined, 'key-of-the-node'], [undefined, undefined]]);
    const of = (config: Record<string, Json>) => [byConfig(httpApi.effect, config), byConfig(httpApi.idempotent!, config), byConfig(httpApi.inDoubt!, config)];
    expect([of({}), of({ method: 'POST' }), of({ method: 'POST', safe: true }), of({ method: 'PUT' }), of({ method: 'PATCH', idempotency: 'header' })]).toEqual([
      ['read', true, 'retry'], ['effect', false, 'ask'], ['read', true, 'retry'], ['effect', true, 'retry'], ['effect', true, 'retry'],
    ]);
  }); // prettier-ignore

  test('workflows 32: http_api: an invalid configuration is found, and its example is a valid one', () => {
    expect(httpApi.config.safeParse(httpApi.example).success).toBe(true);
    expect(httpApi.check!(httpApi.example as Record<string, Json>)).toEqual([]);
    expect(httpApi.config.safeParse({ url: 'x', method: 'TRACE' }).success).toBe(false);
    expect(httpApi.check!({ auth: 'basic', credentials: { username: 'x' } })).toMatchObject([
      { severity: 'error', pointer: '/credentials/password' },
    ]);
    expect(httpApi.check!({ tls: { verify: false }, bodyType: 'json' }).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });
});

describe('XML', () => {
  test.each(['', 'x', '<a>', '</a>', '<a></b>', '<a/><b/>', '<a', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a><!-- </a>', '<a b=c/>'])(
    '"%s" is none',
    (text) => expect(() => parseXml(text)).toThrow(),
  );
  test('names of prototypes are names like others', () => {
    expect(JSON.stringify(parseXml('<a><__proto__>x</__proto__><constructor>y</constructor></a>'))).toBe('{"a":{"__proto__":"x","constructor":"y"}}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
  test('whatever comes, it answers or says that it is none', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('<', '>', '/', 'a', ' ', '"', '=', '&amp;', '<!--', '-->', '<![CDATA[', ']]>', '<?x?>', '<a>', '</a>'), { maxLength: 40 }), (parts) => {
      try {
        parseXml(parts.join(''));
      } catch (error) {
        expect((error as Error).constructor.name).toBe('XmlFault');
      }
    }));
  }); // prettier-ignore
});
