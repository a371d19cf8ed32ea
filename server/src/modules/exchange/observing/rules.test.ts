import { expect, test } from 'vitest';
import { healthOf, isNews, isToAsk, stepOf } from './rules.ts';

const now = new Date('2026-11-22T00:05:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

test('a session is told of once it has been so for thirty seconds; what comes and goes in between is not', () => {
  const steps = [
    stepOf({ told: 'up', seen: null, seenAt: null }, 'up', now),
    stepOf({ told: 'up', seen: null, seenAt: null }, 'down', now),
    stepOf({ told: 'up', seen: 'down', seenAt: ago(29) }, 'down', now),
    stepOf({ told: 'up', seen: 'down', seenAt: ago(30) }, 'down', now),
    stepOf({ told: 'up', seen: 'down', seenAt: ago(300) }, 'up', now),
  ];
  expect(steps).toEqual(['none', 'remember', 'none', 'tell', 'forget']);
});

test('a port is well while all of its sessions are up; one that was never up is no news', () => {
  expect([[], ['up', 'up'], ['up', 'down'], ['down']].map((states) => healthOf(states as never))).toEqual([null, 'up', 'degraded', 'down']);
  expect([isNews(null, 'down'), isNews(null, 'up'), isNews('up', 'up'), isNews('up', 'degraded'), isNews('down', null)]).toEqual([
    false,
    true,
    false,
    true,
    true,
  ]);
});

test('reasons are asked for when counts change, after a quarter of an hour, and on a new day', () => {
  const asked = (seconds: number) => ({ askedMark: '3/1', askedAt: ago(seconds) });
  expect([isToAsk({ askedMark: null, askedAt: null }, '3/1', now), isToAsk(asked(60), '3/1', now), isToAsk(asked(60), '3/2', now)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([isToAsk(asked(299), '3/1', now), isToAsk(asked(301), '3/1', now)]).toEqual([false, true]);
  const noon = new Date('2026-11-22T12:00:00Z');
  expect(isToAsk({ askedMark: '3/1', askedAt: new Date('2026-11-22T11:45:00Z') }, '3/1', noon)).toBe(true);
});
