import { expect, test } from 'vitest';
import type { Feeds } from '../stream.ts';
import { createWatches } from './watches.ts';

function ringing() {
  const heard = new Set<() => void>();
  let subscriptions = 0;
  const feed = {
    read: async () => ({ events: [], position: null }),
    subscribe: (hear: () => void) => {
      subscriptions += 1;
      heard.add(hear);
      return () => void heard.delete(hear);
    },
  };
  const feeds: Feeds = { change: () => feed, tenant: () => feed };
  return { feeds, ring: () => heard.forEach((hear) => hear()), listeners: () => heard.size, subscriptions: () => subscriptions };
}
const what = { tenantId: 't', changeId: 'c' };
const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 60));

test('what happens thrice at once is told once to each of two who watch, and is watched once', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  const stops = ['first', 'second'].map((name) => watches.watch('change://c/summary', what, (uri) => void told.push(`${name} ${uri}`)));
  for (let times = 0; times < 3; times += 1) bell.ring();
  await pause();
  expect(told).toEqual(['first change://c/summary', 'second change://c/summary']);
  expect(bell.subscriptions()).toBe(1);
  for (const stop of stops) stop();
  expect([bell.listeners(), watches.count()]).toEqual([0, 0]);
});

test('nobody is told after they have stopped, and stopping twice is stopping once', async () => {
  const bell = ringing();
  const watches = createWatches(bell.feeds, 20);
  const told: string[] = [];
  const stop = watches.watch('change://c/summary', what, (uri) => void told.push(uri));
  bell.ring();
  stop();
  stop();
  await pause();
  expect(told).toEqual([]);
  const again = watches.watch('change://c/summary', what, (uri) => void told.push(uri));
  bell.ring();
  await pause();
  expect(told).toEqual(['change://c/summary']);
  again();
});
