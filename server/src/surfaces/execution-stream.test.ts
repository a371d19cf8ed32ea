import fc from 'fast-check';
import { expect, test } from 'vitest';
import '#kernel/problems.ts';
import { Problem } from '#kernel/problem.ts';
import { advance, PAGE, type ExecutionFeed } from './execution-feed.ts';
import { CLIENT_LIMITS, closeCodeOf, createPace, createSeats, follow, newReader, react, startOf, type StreamMessage } from './execution-stream.ts';

const message = (seq: number, type = 'node.completed'): StreamMessage => ({ seq, type, at: '2026-01-01T00:00:00.000Z', data: {} });
/** An execution that has said so many messages, the last of them the end, and so many lines. */
const feedOf = (messages: number, lines: number): ExecutionFeed => ({
  subscribe: () => () => undefined,
  messages: async (after) =>
    Array.from({ length: Math.min(PAGE, messages - after) }, (_, at) => message(after + at + 1, after + at + 1 === messages ? 'end' : 'node.completed')),
  lines: async (after) => Array.from({ length: Math.max(0, Math.min(PAGE, lines - after)) }, (_, at) => ({ seq: after + at + 1, at: '2026-01-01T00:00:00.000Z', message: 'x' })),
}); // prettier-ignore

test('messages follow one another without a gap, and a gap is never passed over', () => {
  expect(follow(newReader(3, 0), [message(4), message(5)]).seq).toBe(5);
  expect(() => follow(newReader(3, 0), [message(5)])).toThrow(/message 4 is missing/);
  expect(() => follow(newReader(3, 0), [message(4), message(4)])).toThrow(/missing/);
});

test('from wherever a reader comes back, it hears each message once, all lines before the end, and then the end', async () => {
  const sizes = fc.record({ messages: fc.integer({ min: 1, max: 450 }), lines: fc.nat(450), from: fc.nat(450), fromLine: fc.nat(450) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ messages, lines, from, fromLine }) => {
      const feed = feedOf(messages, lines);
      const begin = Math.min(from, messages - 1);
      const beginLine = Math.min(fromLine, lines);
      let reader = newReader(begin, beginLine, 'info');
      const heard: StreamMessage[] = [];
      for (let rounds = 0, ended = false; !ended; rounds += 1) {
        expect(rounds).toBeLessThan(10);
        const found = await advance(feed, reader, false);
        heard.push(...found.messages);
        ({ reader, ended } = found);
      }
      const events = heard.filter(({ type }) => type !== 'log');
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: messages - begin }, (_, at) => begin + at + 1));
      expect(heard.filter(({ type }) => type === 'log').map(({ data }) => data['seq'])).toEqual(
        Array.from({ length: lines - beginLine }, (_, at) => beginLine + at + 1),
      );
      expect(heard.at(-1)?.type).toBe('end');
      // Numbers never go back, whatever a message is.
      expect(heard.every(({ seq }, at) => at === 0 || seq >= heard[at - 1]!.seq)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a client says ping, subscribe and ack; everything else ends the connection', () => {
  const reader = newReader(1, 2);
  expect(react(reader, '{"type":"ping"}')).toEqual({ reader, answer: 'pong' });
  expect(react(reader, '{"type":"subscribe","logs":"warn","after":7,"tokens":true}')).toMatchObject({
    reader: { logs: 'warn', line: 7, tokens: true },
  });
  expect(react(reader, '{"type":"subscribe","logs":false}')).toMatchObject({ reader: { logs: null, line: 2 } });
  expect(react(reader, '{"type":"ack","seq":1}')).toMatchObject({ reader: { acknowledged: 1 } });
  fc.assert(
    fc.property(fc.string(), (text) => {
      const outcome = react(reader, text);
      return 'close' in outcome ? outcome.close === 1008 : true;
    }),
  );
  expect(react(reader, JSON.stringify({ type: 'ping', more: 'x'.repeat(CLIENT_LIMITS.bytes) }))).toMatchObject({ close: 1008 });
  expect(react(reader, '["ping"]')).toMatchObject({ close: 1008 });
});

test('ten messages in a second are heard, the eleventh is too much', () => {
  let at = 5_000;
  const pace = createPace(() => at);
  expect(Array.from({ length: 11 }, () => pace())).toEqual([...Array.from({ length: 10 }, () => true), false]);
  at += 1_000;
  expect(pace()).toBe(true);
});

test('what the Gate says is told by the code of the close', () => {
  const code = (slug: string) => closeCodeOf(new Problem(slug, 'x'));
  expect([code('unauthenticated'), code('permission-denied'), code('not-found'), code('rate-limited'), code('validation-failed'), closeCodeOf(new Error('x'))]).toEqual([4401, 4403, 4404, 4429, 4404, 1011]); // prettier-ignore
});

test('places are counted by person and by tenant, and given back', () => {
  const seats = createSeats({ perPerson: 2, perTenant: 3 });
  const of = (actorId: string) => ({ actorId, tenantId: 't' });
  const [a, b, c, d] = [{}, {}, {}, {}];
  expect([seats.take(a, of('1')), seats.take(b, of('1')), seats.take(c, of('1')), seats.take(c, of('2')), seats.take(d, of('3'))]).toEqual([true, true, false, true, false]); // prettier-ignore
  seats.leave(a);
  expect([seats.take(d, of('3')), seats.count()]).toEqual([true, 3]);
});

test('a reader begins behind what it says it has, and never beyond what there is', () => {
  expect([startOf(undefined, 9), startOf('4', 9), startOf('40', 9), startOf('x', 9), startOf('-1', 9)]).toEqual([9, 4, 9, 9, 9]);
});
