import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { freePort } from '../fixtures/ports.ts';
import { Invalid } from '../invalid.ts';
import { encodeValue } from '../rdata/types.ts';
import { askTcp, askUdp, NetworkFault } from './exchange.ts';
import { CLASS, decodeMessage, emptyMessage, encodeMessage, FLAG, optRecord, type Message } from './message.ts';
import { TsigFault, tsigExchange, tsigSecret } from './tsig.ts';

const record = (name: string, type: number, data: Buffer) => ({ name, type, class: CLASS.IN, ttl: 60, data });
const MESSAGE: Message = {
  ...emptyMessage(4711),
  flags: FLAG.RESPONSE | FLAG.AUTHORITATIVE,
  questions: [{ name: 'www.example.test', type: 1, class: CLASS.IN }],
  answers: [record('www.example.test', 5, encodeValue('CNAME', 'web.example.test.')), record('web.example.test', 1, encodeValue('A', '192.0.2.1'))],
  authority: [record('example.test', 2, encodeValue('NS', 'ns1.example.test.'))],
  additional: [optRecord(1232)],
};

describe('messages', () => {
  test('read back as they were written', () => {
    const { tsigAt, ...back } = decodeMessage(encodeMessage(MESSAGE));
    expect(back).toEqual(MESSAGE);
    expect(tsigAt).toBeUndefined();
  });

  test('an independent codec reads the same, names compressed', () => {
    const bytes = encodeMessage(MESSAGE);
    expect(bytes.length).toBeLessThan(12 + 4 * 18 + 4 * 10 + 60);
    const read = dnsPacket.decode(bytes);
    expect(read.flag_aa).toBe(true);
    expect(read.answers?.map((each) => [each.name, each.type, (each as { data: unknown }).data])).toEqual([
      ['www.example.test', 'CNAME', 'web.example.test'],
      ['web.example.test', 'A', '192.0.2.1'],
    ]);
  });

  test('compressed names inside data of another server are read', () => {
    const bytes = dnsPacket.encode({
      type: 'response',
      id: 1,
      questions: [{ name: 'example.test', type: 'MX' }],
      answers: [{ name: 'example.test', type: 'MX', ttl: 60, data: { preference: 10, exchange: 'mail.example.test' } }],
    });
    // The same by hand with a pointer in the exchange: "mail" + pointer to the question.
    const pointed = Buffer.concat([
      bytes.subarray(0, 12 + 18),
      Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 9, 0, 10, 4, ...Buffer.from('mail'), 0xc0, 12]),
    ]);
    expect(decodeMessage(pointed).answers).toEqual(decodeMessage(bytes).answers);
  });

  test.each([
    ['a pointer to itself', [0xc0, 12]],
    ['a pointer forward', [0xc0, 40]],
    ['pointers in a circle', [1, 97, 0xc0, 12]],
    ['a label type of the future', [0x80, 0]],
    ['an end too early', [5, 97]],
  ])('%s is refused', (_what, name) => {
    const bytes = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]), Buffer.from(name), Buffer.from([0, 1, 0, 1])]);
    expect(() => decodeMessage(bytes)).toThrow(Invalid);
  });

  test('no bytes make the reader throw anything but Invalid', () => {
    const check = (bytes: Uint8Array): void => {
      try {
        decodeMessage(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Invalid);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 1000 });
    const good = encodeMessage(MESSAGE);
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bent = Buffer.from(good);
        bent[at] = value;
        check(bent);
        check(good.subarray(0, at));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('signatures (RFC 8945)', () => {
  const key = { name: 'k.example', algorithm: 'hmac-sha256' as const, secret: Buffer.alloc(32, 7) };
  const plain = encodeMessage(MESSAGE);

  test('an answer is believed only with a signature over our request', () => {
    const request = tsigExchange(key).sign(plain);
    expect(decodeMessage(request).additional.at(-1)).toMatchObject({ name: 'k.example', type: 250 });
    const client = tsigExchange(key);
    client.sign(plain);
    expect(() => client.verify(plain)).toThrow('not signed');
    expect(() => client.verify(request)).toThrow(TsigFault); // a request is no answer: its signature covers something else
  });

  test('a secret is Base64', () => {
    expect(tsigSecret(' aGVsbG8= ').toString()).toBe('hello');
    expect(tsigSecret('aGVsbG8').toString()).toBe('hello');
    for (const bad of ['', '=', 'a b=', '====', 'häll']) expect(() => tsigSecret(bad)).toThrow(Invalid);
  });
});

describe('asking', () => {
  const query = encodeMessage({ ...emptyMessage(99), questions: MESSAGE.questions });
  test('a closed port, a silent server and a foreign answer are told apart', async () => {
    const closed = { address: '127.0.0.1', port: await freePort() };
    await expect(askUdp(closed, query)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(askTcp(closed, query, () => true)).rejects.toMatchObject({ kind: 'unreachable', sent: false });

    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    let asked = 0;
    silent.on('message', (_bytes, from) => {
      asked++;
      silent.send(encodeMessage({ ...MESSAGE, id: 98 }), from.port, from.address); // another id: not for us
      silent.send(query, from.port, from.address); // a question, not an answer
    });
    try {
      await expect(askUdp({ address: '127.0.0.1', port: silent.address().port }, query, { answerMs: 100 })).rejects.toMatchObject({
        kind: 'timeout',
      });
      expect(asked).toBe(1);
    } finally {
      silent.close();
    }
  });

  test('a server that hangs up in the middle of its answer is heard of, and the request counts as sent', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.end(Buffer.from([0, 200, 1, 2, 3]))).on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as { port: number };
      const fault = await askTcp({ address: '127.0.0.1', port }, query, () => true).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(NetworkFault);
      expect(fault).toMatchObject({ sent: true });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('an abort ends the wait', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const abort = new AbortController();
    const { port } = server.address() as { port: number };
    const waiting = askTcp({ address: '127.0.0.1', port }, query, () => true, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    try {
      await expect(waiting).rejects.toThrow('enough');
    } finally {
      server.close();
    }
  });
});
