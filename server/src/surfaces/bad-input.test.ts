import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toy, TOKENS, type Toy } from '#test/toy.ts';
import { parseJson, repeatedKey } from './json.ts';

let world: Toy;
let port: number;
beforeAll(async () => {
  world = await toy();
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  port = (world.app.server.address() as AddressInfo).port;
});
afterAll(() => world.app.close());

const headers = { authorization: `Bearer ${TOKENS.alice}`, 'content-type': 'application/json' };
const post = async (body: string | Uint8Array, more: Record<string, string> = {}) => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/lamps`, { method: 'POST', headers: { ...headers, ...more }, body: body as string });
  const problem = (await answer.json()) as { type?: string; detail?: string; errors?: { pointer: string }[] };
  return { status: answer.status, slug: problem.type?.split('/').at(-1), ...problem };
};

describe('bodies', () => {
  test.each([
    ['one byte', '{'],
    ['an array', '[]'],
    ['a string', '"lamp"'],
    ['null with more behind', 'null null'],
    ['a trailing comma', '{"name":"x",}'],
    ['a NUL in a value', '{"name":"a\\u0000b"}'],
    ['a NUL in a key', '{"name":"x","labels":{"a\\u0000":"b"}}'],
    ['half of a surrogate pair', '{"name":"\\ud800"}'],
    ['a prototype', '{"name":"x","__proto__":{"admin":true}}'],
    ['a prototype further in', '{"name":"x","labels":{"__proto__":"y"}}'],
    ['a field twice', '{"name":"x","name":"y"}'],
    ['a field twice, written differently', '{"name":"x","n\\u0061me":"y"}'],
    ['a field twice further in', '{"name":"x","labels":{"a":"1","a":"2"}}'],
    ['65 levels', `{"name":${'['.repeat(65)}${']'.repeat(65)}}`],
    ['a million levels', `{"name":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  ])('%s is malformed', async (_what, body) => {
    const answer = await post(body);
    expect([answer.status, answer.slug]).toEqual([400, 'malformed-request']);
  });

  test('a byte order mark before the body is passed over', async () => {
    expect((await post('\ufeff{"name":"x"}')).status).toBe(201);
  });

  test('invalid UTF-8 is malformed', async () => {
    expect((await post(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).slug).toBe('malformed-request');
  });

  test.each([
    ['{"name":5}', '/name'],
    ['{"name":"x","watts":"40"}', '/watts'],
    ['{"name":"x","watts":4.5}', '/watts'],
    ['{"name":"x","watts":1e99}', '/watts'],
    ['{"name":null}', '/name'],
    ['{"name":""}', '/name'],
    ['{"name":"x","colour":"red"}', '/colour'],
    ['{"name":"x","labels":{"a":1}}', '/labels/a'],
    ['{"name":"x","constructor":{"prototype":{}}}', '/constructor'],
    ['{"name":"x","dryRun":true}', '/dryRun'],
    ['', '/name'],
    ['{}', '/name'],
  ])('%s is not valid and points at %s', async (body, pointer) => {
    const answer = await post(body);
    expect([answer.status, answer.slug, answer.errors?.[0]?.pointer]).toEqual([422, 'validation-failed', pointer]);
  });

  test('a body over the limit is refused before it is read', async () => {
    expect(await post(`{"name":"${'x'.repeat(1_100_000)}"}`)).toMatchObject({
      status: 413,
      slug: 'body-too-large',
      detail: expect.stringContaining('1024 KiB'),
    });
  });

  test('20 MB are refused', async () => {
    const answer = await post(new Uint8Array(20_000_000)).catch(() => ({ status: 413 })); // the socket may be closed on us while we still send
    expect(answer.status).toBe(413);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'nonsense'])(
    '%s is not taken',
    async (type) => {
      const answer = await post('{"name":"x"}', { 'content-type': type });
      expect([answer.status, answer.slug]).toEqual([415, 'unsupported-media-type']);
    },
  );
});

describe('headers', () => {
  test('huge headers answer 431 as a problem', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/lamps`, { headers: { ...headers, 'x-long': 'x'.repeat(20_000) } });
    expect([answer.status, answer.headers.get('content-type'), ((await answer.json()) as { type: string }).type]).toEqual([
      431,
      'application/problem+json',
      'https://switchyard.dev/problems/headers-too-large',
    ]);
  });

  test('what is not HTTP answers 400 as a problem', async () => {
    const text = await new Promise<string>((done, fail) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
      socket.on('data', (data) => (received += String(data)));
      socket.on('close', () => done(received));
      socket.on('error', fail);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Malformed request\r\n/);
    expect(text).toContain('malformed-request');
  });

  test.each([
    ['idempotency-key', 'a b'],
    ['idempotency-key', 'k'.repeat(256)],
    ['x-switchyard-comment', '%E0%A4%A'],
    ['x-switchyard-comment', 'a%00b'],
    ['x-switchyard-ticket', '%'],
  ])('%s: %s is malformed', async (name, value) => {
    expect((await post('{"name":"x"}', { [name]: value })).slug).toBe('malformed-request');
  });
});

describe('JSON', () => {
  const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

  test('whatever JSON.stringify writes of ordinary values is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
        const written = JSON.stringify(value);
        fc.pre(!written.includes('\\u0000') && !written.includes('__proto__') && written.isWellFormed() && !/\\ud[89a-f]/i.test(written));
        expect(parseJson(text(value))).toEqual(JSON.parse(written));
      }),
    );
  });

  test('a repeated key is found wherever it is, and only then', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }), fc.nat(5), (keys, at) => {
        const again = keys[at % keys.length]!;
        const once = keys.map((key) => `${JSON.stringify(key)}: {"x": ["y", "}", "\\\\", "\\""]}`);
        expect(repeatedKey(`[{${once.join(',')}}]`)).toBeUndefined();
        expect(repeatedKey(`[{${[...once, `${JSON.stringify(again)}:1`].join(',')}}]`)).toBe(again);
      }),
    );
  });

  test('no bytes make it fail in any other way than a problem', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parseJson(bytes);
        } catch (error) {
          expect((error as { slug?: string }).slug).toBe('malformed-request');
        }
      }),
    );
  });
});
