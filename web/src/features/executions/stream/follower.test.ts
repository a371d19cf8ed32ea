import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFollowing, type LineEvents, type Ways } from './follower.ts';
import type { Link } from './link.ts';
import type { Message } from './view.ts';

interface Opened {
  way: string;
  after: number;
  on: LineEvents;
  open: boolean;
}
let opened: Opened[];
let told: number[];
let links: Link[];
const way =
  (name: string) =>
  (after: number, on: LineEvents): { close: () => void } => {
    const line: Opened = { way: name, after, on, open: true };
    opened.push(line);
    return { close: () => void (line.open = false) };
  };
const ways: Ways = { socket: way('socket'), events: way('events'), poll: way('poll') };
const begin = (after = 0) => startFollowing(ways, after, { message: ({ seq }) => told.push(seq), link: (link) => links.push(link) });
const message = (seq: number, type = 'log'): Message => ({ type, seq, at: '', data: {} });
const last = (): Opened => opened.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  [opened, told, links] = [[], [], []];
});
afterEach(() => vi.useRealTimers());

test('workflows 120: Given a connection that is cut, then it is made again after the last message that was heard, so nothing is missed and nothing comes twice', () => {
  begin(5);
  expect(last()).toMatchObject({ way: 'socket', after: 5 });
  last().on.opened();
  for (const seq of [6, 7, 8]) last().on.said(message(seq));
  last().on.closed(1006);
  vi.runOnlyPendingTimers();
  expect(last()).toMatchObject({ way: 'socket', after: 8 });
  last().on.opened();
  last().on.said(message(9));
  expect(told).toEqual([6, 7, 8, 9]);
});

test('without sockets it goes on over server-sent events, and without those it asks again and again', () => {
  begin();
  for (const expected of ['socket', 'socket', 'events', 'events', 'poll']) {
    expect(last().way).toBe(expected);
    last().on.closed(1006);
    vi.runOnlyPendingTimers();
  }
  last().on.said(message(3));
  last().on.closed(1000);
  vi.runOnlyPendingTimers();
  expect(last()).toMatchObject({ way: 'poll', after: 3 });
  expect(links.at(-1)!.phase).toBe('open');
});

test('after the end nothing is opened any more', () => {
  begin();
  last().on.opened();
  last().on.said(message(1, 'end'));
  expect(last().open).toBe(false);
  last().on.closed(1000);
  vi.runAllTimers();
  expect(opened).toHaveLength(1);
  expect(links.at(-1)!.phase).toBe('ended');
});

test('a page that is put away lets go of its connection and goes on where it was when it is back', () => {
  const follower = begin();
  last().on.opened();
  last().on.said(message(4));
  follower.hold(true);
  expect(last().open).toBe(false);
  last().on.said(message(5));
  vi.runAllTimers();
  expect(opened).toHaveLength(1);
  follower.hold(false);
  expect(last()).toMatchObject({ after: 4, open: true });
  expect(told).toEqual([4]);
});

test('whoever stops hears nothing any more', () => {
  const follower = begin();
  follower.stop();
  last().on.said(message(1));
  last().on.closed(1006);
  vi.runAllTimers();
  expect([told, opened.length]).toEqual([[], 1]);
});
