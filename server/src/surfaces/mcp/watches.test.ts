import { expect, test } from 'vitest';
import type { Feed, Feeds, StreamEvent } from '../stream.ts';
import { createWatches, type Watched } from './watches.ts';

/** A log that a test writes; whoever listens is told of each line. */
function ringing() {
  const heard = new Set<() => void>();
  const log: StreamEvent[] = [];
  const state = { subscriptions: 0, isDown: false };
  const feedFrom = (start: () => number): Feed => ({
    async read(position) {
      if (state.isDown) throw new Error('the database is away');
      const from = position === null ? start() : Number(position);
      const events = log.slice(from, from + 2);
      return { events, position: String(from + events.length) };
    },
    subscribe(hear) {
      state.subscriptions += 1;
      heard.add(hear);
      return () => void heard.delete(hear);
    },
  });
  const feeds: Feeds = { change: () => feedFrom(() => 0), tenant: () => feedFrom(() => log.length) };
  const happen = (about: string): void => {
    log.push({ id: String(log.length), data: about });
    heard.forEach((hear) => hear());
  };
  return { feeds, state, happen, ring: () => heard.forEach((hear) => hear()), listeners: () => heard.size };
}
const change: Watched = { tenantId: 't', changeId: 'c' };
const health: Watched = { tenantId: 't', concerns: ({ data }) => data === 'health' };
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 60));

test('what happens thrice at once is told once to each of two who watch, and is watched once', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  const stops = await Promise.all(['first', 'second'].map((name) => watches.watch('x', health, (uri) => void told.push(`${name} ${uri}`))));
  for (let times = 0; times < 3; times += 1) bell.happen('health');
  await pause();
  expect(told).toEqual(['first x', 'second x']);
  expect(bell.state.subscriptions).toBe(1);
  for (const stop of stops) stop();
  expect([bell.listeners(), watches.count()]).toEqual([0, 0]);
});

test('what was there before, and what concerns something else, is not told', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  bell.happen('health');
  bell.happen('planned');
  bell.happen('approved');
  const stops = [
    await watches.watch('health', health, (uri) => void told.push(uri)),
    await watches.watch('change', change, (uri) => void told.push(uri)),
  ];
  bell.ring();
  await pause();
  expect(told).toEqual([]);
  bell.happen('something else');
  await pause();
  expect(told).toEqual(['change']);
  for (const stop of stops) stop();
});

test('nobody is told after they have stopped, and stopping twice is stopping once', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  const stop = await watches.watch('x', change, (uri) => void told.push(uri));
  bell.happen('running');
  stop();
  stop();
  await pause();
  expect(told).toEqual([]);
  const again = await watches.watch('x', change, (uri) => void told.push(uri));
  bell.happen('succeeded');
  await pause();
  expect(told).toEqual(['x']);
  again();
});

test('what cannot be read is told when it can be, and who cannot begin to watch is told so', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  const stop = await watches.watch('x', change, (uri) => void told.push(uri));
  bell.state.isDown = true;
  bell.happen('running');
  await pause();
  await expect(watches.watch('y', change, () => undefined)).rejects.toThrow('away');
  expect([told, watches.count()]).toEqual([[], 1]);
  bell.state.isDown = false;
  await pause();
  expect(told).toEqual(['x']);
  stop();
});
