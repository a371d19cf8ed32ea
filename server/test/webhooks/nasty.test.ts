import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCourier } from '#modules/webhooks/providers/http.ts';
import type { Message, Sent } from '#modules/webhooks/providers/port.ts';
import { WEBHOOKS } from '#modules/webhooks/rules.ts';
import { createAuthority } from './certificates.ts';
import { answering, deadPort, startRaw, startReceiver, verifiedBy, type Receiver } from './receivers.ts';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const SECRET = newSecret();
const BODY = JSON.stringify({ type: 'server.created', data: { name: 'wéb-1' } });
const messageTo = (url: string, more: Partial<Message> = {}): Message => ({ url, id: 'msg_1', body: BODY, headers: {}, secrets: [SECRET], ...more });

/** Short, so that a receiver that never answers is not waited for as long as in production. */
const PATIENCE_MS = 1_500;
const laboratory = (more: Partial<Parameters<typeof createCourier>[0]> = {}) =>
  createCourier({ allowPrivateTargets: true, now: () => new Date(), timeoutMs: PATIENCE_MS, ...more });
type TestCourier = ReturnType<typeof laboratory>;

const open: { close: () => unknown }[] = [];
const kept = <T extends { close: () => unknown }>(one: T): T => {
  open.push(one);
  return one;
};
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Whatever happened before, the same courier still reaches somebody who behaves. */
async function stillWorks(courier: TestCourier): Promise<void> {
  const good = kept(await startReceiver());
  expect(await courier.send(messageTo(good.url))).toMatchObject({ outcome: 'delivered', status: 204 });
}
async function sentTo(receiver: Pick<Receiver, 'url'>, more: Partial<Message> = {}): Promise<Sent> {
  const courier = kept(laboratory());
  const sent = await courier.send(messageTo(receiver.url, more));
  await stillWorks(courier);
  return sent;
}
const raw = (text: string, then: (socket: Socket) => void = () => undefined) =>
  startRaw((socket) => {
    socket.write(text);
    then(socket);
  });

test('platform 108: Given a delivery, when verified with a public Standard Webhooks library, then it passes, and fails after 5 min or one changed byte.', async () => {
  const receiver = kept(await startReceiver());
  const old = newSecret();
  expect(await sentTo(receiver, { secrets: [SECRET, old], headers: { 'X-Team': 'core' } })).toMatchObject({ outcome: 'delivered', status: 204 });
  const [heard] = receiver.heard;
  for (const secret of [SECRET, old]) expect(verifiedBy(secret, heard!)).toEqual(JSON.parse(BODY));
  expect(heard!.headers).toMatchObject({ 'content-type': 'application/json', 'x-team': 'core' });
  expect(() => verifiedBy(newSecret(), heard!)).toThrow(/No matching signature/);
  const bytes = Buffer.from(heard!.body);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(() => verifiedBy(SECRET, { ...heard!, body: changed.toString('latin1') }), `byte ${at}`).toThrow();
  }
  const sixMinutes = kept(laboratory({ now: () => new Date(Date.now() - 301_000) }));
  await sixMinutes.send(messageTo(receiver.url));
  expect(() => verifiedBy(SECRET, receiver.heard.at(-1)!)).toThrow(/too old/);
});

describe('a receiver that', () => {
  test('never answers is given up after its time, which is 15 s', async () => {
    expect(WEBHOOKS.timeout).toBe(15_000);
    const sent = await sentTo(kept(await startReceiver(() => undefined)));
    expect(sent).toMatchObject({ outcome: 'timeout', status: null, responseHeaders: null });
  });

  test('speaks one byte at a time, for ever, is given up after its time', async () => {
    const timers = new Set<NodeJS.Timeout>();
    const slow = kept(
      await startRaw((socket) => {
        const timer = setInterval(() => socket.write('X'), 50);
        timers.add(timer);
        socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
        socket.once('close', () => clearInterval(timer));
      }),
    );
    expect(await sentTo(slow)).toMatchObject({ outcome: 'timeout', status: null });
    for (const timer of timers) clearInterval(timer);
  });

  test('says "continue" for ever is given up after its time', async () => {
    const sent = await sentTo(
      kept(
        await startRaw((socket) => {
          const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20);
          socket.once('close', () => clearInterval(timer));
        }),
      ),
    );
    expect(sent).toMatchObject({ outcome: 'timeout', status: null });
  });

  test('repeats what it was sent, in whatever way, shows no value of a header', async () => {
    const value = 'Bearer say "friend"/and+enter';
    const token = 'Bearer abcdef-0123456789';
    const ways = [value, JSON.stringify({ value }), btoa(value), encodeURIComponent(value), JSON.stringify({ token: 'abcdef-0123456789' })];
    const echo = kept(await startReceiver((response) => void response.writeHead(200, { 'x-echo': token }).end(ways.join('\n'))));
    const sent = await sentTo(echo, { headers: { 'X-Other': value, Authorization: token } });
    const shown = JSON.stringify([sent.responseHeaders, sent.responseBody, sent.requestHeaders]);
    for (const part of ['friend', 'enter', btoa(value).slice(8, 24), '0123456789']) expect(shown).not.toContain(part);
    expect(sent).toMatchObject({ outcome: 'delivered', responseHeaders: { 'x-echo': '••••••' } });
  });

  test('switches to another protocol is unreachable, and not waited for', async () => {
    const sent = await sentTo(kept(await raw('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: none\r\n\r\n')));
    expect(sent).toMatchObject({ outcome: 'unreachable', status: null, responseHeaders: null });
  });

  test('is not there is unreachable', async () => {
    const sent = await sentTo({ url: `http://127.0.0.1:${await deadPort()}/hook` });
    expect(sent).toMatchObject({ outcome: 'unreachable', error: 'no connection (ECONNREFUSED)' });
  });

  test.each([301, 302, 303, 307, 308])('redirects with %d fails, and where it leads to hears nothing', async (status) => {
    const other = kept(await startReceiver());
    const sent = await sentTo(kept(await startReceiver(answering(status, { location: other.url }))));
    expect(sent).toMatchObject({ outcome: 'redirected', status });
    expect([other.heard, other.connections()]).toEqual([[], 0]);
  });

  test.each([
    ['more than comes', 'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort', 'delivered'],
    ['less than comes', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and a lot more that nobody asked for', 'delivered'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\nok', 'unreachable'],
    ['no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nok', 'unreachable'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 'unreachable'],
    ['a chunk that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n', 'delivered'],
    ['another answer behind its answer', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n', 'delivered'],
  ])('lies about the length of its answer, by saying %s, harms nobody', async (_what, text, outcome) => {
    const sent = await sentTo(kept(await raw(text, (socket) => setTimeout(() => socket.end(), 20))));
    expect(sent.outcome).toBe(outcome);
    expect((sent.responseBody ?? '').length).toBeLessThanOrEqual(WEBHOOKS.answerBytes);
  });

  test('answers with what never ends is hung up on after 4 KiB, and has been delivered to', async () => {
    let hungUp = false;
    const endless = kept(
      await startReceiver((response) => {
        response.writeHead(200);
        const pour = (): void => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        };
        response.on('drain', pour).on('error', () => undefined).on('close', () => (hungUp = true)); // prettier-ignore
        pour();
      }),
    );
    const sent = await sentTo(endless);
    expect(sent).toMatchObject({ outcome: 'delivered', status: 200 });
    expect(sent.responseBody).toHaveLength(WEBHOOKS.answerBytes);
    await expect.poll(() => hungUp).toBe(true);
  });

  test('answers 200 and then nothing more is not waited for', async () => {
    const sent = await sentTo(kept(await startReceiver((response) => void response.writeHead(200).write('so far'))));
    expect(sent).toMatchObject({ outcome: 'delivered', responseBody: 'so far' });
  });

  test('sends headers for ever is cut off', async () => {
    const sent = await sentTo(
      kept(
        await startRaw((socket) => {
          socket.write('HTTP/1.1 200 OK\r\n');
          const pour = (): void => {
            for (let at = 0; at < 50 && !socket.destroyed; at += 1) socket.write(`X-Header-${at}: ${'y'.repeat(1_000)}\r\n`);
          };
          socket.on('drain', pour);
          pour();
        }),
      ),
    );
    expect(sent).toMatchObject({ outcome: 'unreachable', status: null });
  });

  test.each([
    ['before it answers', ''],
    ['within its headers', 'HTTP/1.1 200 OK\r\nX-Half: '],
  ])('resets the connection %s is unreachable', async (_when, text) => {
    const sent = await sentTo(kept(await raw(text, (socket) => setTimeout(() => socket.resetAndDestroy(), 20))));
    expect(sent).toMatchObject({ outcome: 'unreachable', status: null });
  });

  test('resets the connection within its body has said that it has the message', async () => {
    const sent = await sentTo(kept(await raw('HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nhalf', (socket) => setTimeout(() => socket.resetAndDestroy(), 50)))); // prettier-ignore
    expect(sent).toMatchObject({ outcome: 'delivered', status: 202, responseBody: 'half' });
  });

  test('speaks something else than HTTP is unreachable', async () => {
    expect(await sentTo(kept(await raw('220 mail.example ESMTP\r\n')))).toMatchObject({ outcome: 'unreachable', status: null });
  });

  test('closes connections that it kept open hears each message all the same', async () => {
    const courier = kept(laboratory());
    const receiver = kept(await startReceiver((response) => void response.writeHead(204).end(() => setTimeout(() => response.socket?.destroy(), 5))));
    for (let at = 0; at < 20; at += 1) {
      expect((await courier.send(messageTo(receiver.url, { id: `msg_${at}` }))).outcome).toBe('delivered');
      await new Promise((resolve) => setTimeout(resolve, at % 4 === 0 ? 8 : 4));
    }
    expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(20);
  });
});

describe('over TLS', () => {
  let authority: ReturnType<typeof createAuthority>;
  const before = getCACertificates('default');
  beforeAll(() => {
    authority = createAuthority();
    setDefaultCACertificates([...before, authority.ca]);
  });
  afterAll(() => {
    setDefaultCACertificates(before);
    authority.remove();
  });
  const looking = () => laboratory({ look: async () => [{ address: '127.0.0.1', family: 4 }] });
  const send = async (receiver: Receiver, name: string): Promise<Sent> => kept(looking()).send(messageTo(`https://${name}:${receiver.port}/hook`));

  test('the name of the address is what the certificate has to be for, although the connection goes to what was looked up', async () => {
    const receiver = kept(await startReceiver(answering(204), authority.issue('hooks.example.test')));
    expect(await send(receiver, 'hooks.example.test')).toMatchObject({ outcome: 'delivered', status: 204 });
    expect(receiver.heard[0]!.headers.host).toBe(`hooks.example.test:${receiver.port}`);
    expect(await send(receiver, 'other.example.test')).toMatchObject({
      outcome: 'unreachable',
      error: 'no connection (ERR_TLS_CERT_ALTNAME_INVALID)',
    });
    expect(receiver.heard).toHaveLength(1);
  });

  test('one that nobody vouches for, one that is over and plain HTTP are refused, and nothing is said to them', async () => {
    const own = kept(await startReceiver(answering(204), authority.own('hooks.example.test')));
    expect((await send(own, 'hooks.example.test')).error).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT/);
    const over = kept(await startReceiver(answering(204), authority.issue('hooks.example.test', -1)));
    expect((await send(over, 'hooks.example.test')).error).toMatch(/CERT_HAS_EXPIRED/);
    const plain = kept(await startReceiver());
    expect(await send(plain, 'hooks.example.test')).toMatchObject({ outcome: 'unreachable', status: null });
    expect([own.heard, over.heard, plain.heard]).toEqual([[], [], []]);
  });
});

describe('platform 113: Given a URL resolving to 127.0.0.1, 10/8, 169.254.169.254, fd00::/8 or changing to it on the second lookup, when delivering, then `webhook-target-forbidden` and no connection:', () => {
  test.each(['127.0.0.1', '10.1.2.3', '172.16.0.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])('%s', async (address) => {
    const receiver = kept(await startReceiver());
    const courier = kept(laboratory({ allowPrivateTargets: false, look: async () => [{ address, family: address.includes(':') ? 6 : 4 }] }));
    const sent = await courier.send(messageTo(`https://hooks.example.test:${receiver.port}/hook`));
    expect(sent).toMatchObject({ outcome: 'forbidden', status: null });
    expect(sent.error).toMatch(/^webhook-target-forbidden: /);
    const literal = await courier.send(messageTo(`https://${address.includes(':') ? `[${address}]` : address}:${receiver.port}/hook`));
    expect(literal.outcome).toBe('forbidden');
    expect(receiver.connections()).toBe(0);
  }); // prettier-ignore

  test('one bad address among good ones', async () => {
    const look = async () => ['93.184.216.34', '10.0.0.1'].map((address) => ({ address, family: 4 }));
    const sent = await kept(laboratory({ allowPrivateTargets: false, look })).send(messageTo('https://hooks.example.test/hook'));
    expect(sent.error).toMatch(/leads to an address that must not be called: it is a private address/);
    expect(sent.error, 'which one is not said').not.toContain('10.0.0.1');
  });

  test('a name that leads elsewhere at its second look-up: each attempt looks once, and goes where it looked', async () => {
    const receiver = kept(await startReceiver());
    const answers = ['127.0.0.1', '169.254.169.254', '127.0.0.1'];
    let looked = 0;
    const courier = kept(laboratory({ look: async () => [{ address: answers[looked++]!, family: 4 }] }));
    const url = `http://hooks.example.test:${receiver.port}/hook`;
    const outcomes = [await courier.send(messageTo(url)), await courier.send(messageTo(url)), await courier.send(messageTo(url))];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['delivered', 'forbidden', 'delivered']);
    expect([looked, receiver.heard.length]).toEqual([3, 2]);
  });

  test('a port that is not the web’s, and an address that carries a password', async () => {
    const courier = kept(laboratory());
    for (const url of ['http://127.0.0.1:22/', 'http://127.0.0.1:25/', 'http://127.0.0.1:6379/', 'http://me:secret@127.0.0.1:8080/'])
      expect((await courier.send(messageTo(url))).outcome, url).toBe('forbidden');
  });
});
