import { EventEmitter } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { toy, TOKENS, type Toy } from '#test/toy.ts';
import { frame, readableResources } from './stream.ts';

let world: Toy;
let port: number;
const opened: IncomingMessage[] = [];
const doubts = new EventEmitter();
beforeAll(async () => {
  world = await toy({ doubts: (hear) => (doubts.on('doubt', hear), () => void doubts.off('doubt', hear)) });
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  port = (world.app.server.address() as AddressInfo).port;
});
afterEach(() => opened.splice(0).forEach((response) => response.destroy()));
afterAll(() => world.app.close());

interface Opened {
  response: IncomingMessage;
  text: () => string;
  /** Resolves when the text matches, or with it when the stream ends. */
  until: (pattern: RegExp) => Promise<string>;
}

const open = (path: string, headers: Record<string, string> = {}, token: string = TOKENS.alice): Promise<Opened> =>
  new Promise((done, fail) => {
    get({ port, host: '127.0.0.1', path: `/api/v1${path}`, headers: { authorization: `Bearer ${token}`, ...headers } }, (response) => {
      opened.push(response);
      let text = '';
      const until = (pattern: RegExp): Promise<string> =>
        new Promise((found) => {
          const look = (): void => void (pattern.test(text) && found(text));
          response.on('data', look);
          response.on('end', () => found(text));
          look();
        });
      response.on('data', (data) => (text += String(data)));
      done({ response, text: () => text, until });
    }).on('error', fail);
  });

describe('the events of one Change', () => {
  const path = '/changes/0197a1b2-0000-7000-8000-00000000c4a9/events';

  test('come from the beginning, in order, and then as they happen', async () => {
    for (const step of ['a', 'b', 'c']) world.news.push({ event: 'step', data: { step } });
    const { response, until } = await open(path);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await until(/"step":"c"/)).toBe(
      `retry: 3000\n\nid: 1\nevent: step\ndata: {"step":"a"}\n\nid: 2\nevent: step\ndata: {"step":"b"}\n\nid: 3\nevent: step\ndata: {"step":"c"}\n\n`,
    );
    world.news.push({ event: 'state', data: { state: 'succeeded' } });
    expect(await until(/succeeded/)).toMatch(/id: 4\nevent: state\n/);
  });

  test('go on after Last-Event-ID', async () => {
    const { until } = await open(path, { 'last-event-id': '3' });
    expect(await until(/succeeded/)).toBe('retry: 3000\n\nid: 4\nevent: state\ndata: {"state":"succeeded"}\n\n');
  });

  test('are for those who may read the Change', async () => {
    const { response, until } = await open(path, {}, 'sy_nobody');
    await until(/problems/);
    expect([response.statusCode, response.headers['content-type']]).toEqual([401, 'application/problem+json']);
  });
});

test('end soon after the session that opened them has, and go on for everybody else', async () => {
  const mine = await open('/events', { 'last-event-id': '4' });
  const theirs = await open('/events', { 'last-event-id': '4' }, TOKENS.reader);
  const isOver = new Promise((done) => mine.response.on('end', () => done('over')));
  world.gone.add('alice');
  for (let n = 0; n < 5; n++) doubts.emit('doubt');
  expect(await isOver).toBe('over');
  world.gone.clear();
  expect(theirs.response.readableEnded).toBe(false);
  theirs.response.destroy();
  await expect.poll(() => doubts.listenerCount('doubt')).toBe(0);
});

test('the events of a tenant are hints about what the caller may read, without content', async () => {
  const { until } = await open('/events', { 'last-event-id': '4' }, TOKENS.reader);
  world.news.push({ data: { type: 'secret.read', data: { id: '1' } } });
  world.news.push({ data: { type: 'approval.decided', changeId: 'c0', data: { verdict: 'approved' } } });
  world.news.push({ data: { type: 'lamp.created', changeId: 'c1', data: { id: '2', name: 'private', ownerId: 'o' } } });
  expect(await until(/lamp/)).toBe(
    'retry: 3000\n\nid: 6\ndata: {"type":"approval.decided","changeId":"c0","data":{}}\n\nid: 7\ndata: {"type":"lamp.created","changeId":"c1","data":{"id":"2","ownerId":"o"}}\n\n',
  );
});

describe('a process of its own', () => {
  let other: Toy;
  let before: number;
  beforeAll(async () => {
    before = port;
    other = await toy();
    await other.app.listen({ host: '127.0.0.1', port: 0 });
    port = (other.app.server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    port = before;
    await other.app.close();
  });

  test('one caller cannot hold every stream, and a draining process ends them with a hint when to come back', async () => {
    const streams: Opened[] = [];
    for (let i = 0; i < 21; i++) streams.push(await open('/events'));
    expect(streams.map(({ response }) => response.statusCode)).toEqual([...Array<number>(20).fill(200), 429]);
    const [first] = streams as [Opened];
    const ended = new Promise((done) => first.response.on('end', done));
    other.drain();
    await ended;
    expect(first.text()).toMatch(/^retry: 3000\n\nretry: [1-4]\d{3}\n\n$/);
    expect(other.streams()).toBe(0);
  });
});

test('nothing in an event can end its line', () => {
  expect(frame({ id: '1\nevent: x', event: 'a\rb', data: 'c\n\nd' })).toBe('id: 1 event: x\nevent: a b\ndata: "c\\n\\nd"\n\n');
});

test('what may be read is told from the operations that read it', () => {
  expect([...readableResources(['servers.list', 'dns.policies.get'])]).toEqual(['server', 'dn', 'policy']);
});

test('a reader that reads nothing is cut off, and what piled up for it is let go', async () => {
  const own = await toy();
  await own.app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const address = own.app.server.address() as AddressInfo;
    const sockets = new Set<{ destroyed: boolean }>();
    own.app.server.on('connection', (socket) => void sockets.add(socket));
    const response = await new Promise<IncomingMessage>((done, fail) => {
      const path = '/api/v1/changes/0197a1b2-0000-7000-8000-00000000c4a9/events';
      get({ port: address.port, host: address.address, path, headers: { authorization: `Bearer ${TOKENS.alice}` } }, done).on('error', fail);
    });
    opened.push(response);
    response.on('error', () => undefined).pause();
    const text = 'x'.repeat(500_000);
    for (let n = 0; n < 60; n++) own.news.push({ event: 'step', data: { text } });
    await vi.waitFor(() => expect(own.streams()).toBe(0), { timeout: 10_000 });
    await vi.waitFor(() => expect([...sockets].map(({ destroyed }) => destroyed)).toEqual([true]), { timeout: 10_000 });
  } finally {
    await own.app.close();
  }
});
