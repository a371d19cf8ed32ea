import fc from 'fast-check';
import { expect, test } from 'vitest';
import { follow, pause, START, WAYS, type Link, type LinkEvent } from './link.ts';

const after = (...events: LinkEvent[]): Link => events.reduce(follow, START);
const opened: LinkEvent = { type: 'opened' };
const cut = (code = 1006): LinkEvent => ({ type: 'closed', code });
const heard = (seq: number): LinkEvent => ({ type: 'heard', seq });

test('a connection that was cut is made again the same way, and goes on after what was heard', () => {
  const link = after(opened, heard(3), heard(4), cut());
  expect(link).toMatchObject({ way: 'socket', phase: 'lost', after: 4, failures: 1 });
  expect(pause(link)).toBe(500);
});

test('what is told again moves nothing back', () => {
  expect(after(opened, heard(4), heard(2))).toMatchObject({ after: 4 });
});

test('a way that never opens is given up for the next: sockets, then server-sent events, then polling, which stays', () => {
  expect(after(cut())).toMatchObject({ way: 'socket', phase: 'lost' });
  expect(after(cut(), cut())).toMatchObject({ way: 'events', failures: 0 });
  expect(after(cut(), cut(), cut(), cut())).toMatchObject({ way: 'poll' });
  expect(after(cut(), cut(), cut(), cut(), cut(), cut(), cut())).toMatchObject({ way: 'poll', failures: 3 });
});

test('an open connection that is cut many times is not given up, since it works', () => {
  expect(after(opened, cut(), opened, cut(), opened, cut(), opened, cut())).toMatchObject({ way: 'socket' });
});

test('polling looks for a better way now and then, and loses nothing by it', () => {
  const polling = after(heard(7), cut(), cut(), cut(), cut(), cut());
  const link = Array.from({ length: 20 }, (): LinkEvent => ({ type: 'asked' })).reduce(follow, { ...polling, way: 'poll', failures: 0 });
  expect(link).toMatchObject({ way: 'socket', phase: 'connecting', after: 7 });
});

test('a refusal is not tried again', () => {
  for (const code of [4401, 4403, 4404]) {
    const link = after(cut(code));
    expect(link.phase).toBe('refused');
    expect(pause(link)).toBeNull();
  }
});

test('whoever was too slow goes on at once; whoever has too many connections takes another way', () => {
  expect(pause(after(opened, heard(9), cut(4408)))).toBe(0);
  expect(after(opened, heard(9), cut(4408))).toMatchObject({ way: 'socket', after: 9 });
  expect(after(cut(4429))).toMatchObject({ way: 'events' });
});

test('the end is the end: closing afterwards is no loss', () => {
  const link = after(opened, heard(5), { type: 'ended' }, cut(1000));
  expect(link.phase).toBe('ended');
  expect(pause(link)).toBeNull();
});

test('whatever happens, what was heard is never forgotten and every state has a known next step', () => {
  const event = fc.oneof(
    fc.constant<LinkEvent>(opened),
    fc.constant<LinkEvent>({ type: 'asked' }),
    fc.nat(50).map(heard),
    fc.constantFrom(1000, 1001, 1006, 4408, 4429).map((code) => cut(code)),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let link = START;
      for (const one of events) {
        const next = follow(link, one);
        expect(next.after).toBeGreaterThanOrEqual(link.after);
        expect(WAYS).toContain(next.way);
        const wait = pause(next);
        expect(wait === null ? next.phase : wait >= 0 && wait <= 15_000).toBeTruthy();
        link = next;
      }
    }),
  );
});
