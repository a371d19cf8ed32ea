import { describe, expect, test } from 'vitest';
import { WEBHOOKS } from '../rules.ts';
import { judge, type Health, type Result } from './health.ts';

const START = new Date('2026-11-20T12:00:00Z');
const fresh: Health = { state: 'active', reason: null, failures: 0, failedAt: null, failingSince: null, closedUntil: null, earned: 1 };
const good: Result = { outcome: 'delivered', status: 204, error: null, ms: 20, retryAfterMs: 0, abort: false };
const bad: Result = { outcome: 'refused', status: 500, error: null, ms: 20, retryAfterMs: 0, abort: false };
const HOUR = 3_600_000;
const after = (hours: number): Date => new Date(START.getTime() + hours * HOUR);
/** Failures at these hours. */
const failing = (hours: readonly number[], from = fresh): Health => hours.reduce((health, hour) => judge(health, bad, after(hour)), from);

describe('a receiver', () => {
  test('earns more attempts at once by quick answers, and loses them by a slow or a bad one', () => {
    const quick = [1, 2, 3, 4, 5, 6].reduce((health) => judge(health, good, START), fresh);
    expect(quick.earned).toBe(WEBHOOKS.perWebhook);
    expect(judge(quick, { ...good, ms: 3_000 }, START).earned).toBe(WEBHOOKS.perWebhook);
    expect(judge(quick, { ...good, ms: 5_001 }, START).earned).toBe(1);
    expect(judge(quick, bad, START).earned).toBe(1);
  });

  test('gets probes only after five failures in a row, each after twice as long, and is back with one success', () => {
    const four = failing([0, 0, 0, 0]);
    expect([four.state, four.closedUntil]).toEqual(['active', null]);
    const closed = [5, 6, 7, 8, 9, 10, 11].map((count) => failing(Array.from({ length: count }, () => 0)));
    expect(closed.map(({ state, closedUntil }) => [state, (closedUntil!.getTime() - START.getTime()) / 1_000])).toEqual(
      [15, 30, 60, 120, 240, 300, 300].map((seconds) => ['failing', seconds]),
    );
    expect(closed[0]!.reason).toBe('it answers 500');
    expect(judge(closed[6]!, good, START)).toEqual({ ...fresh, earned: 2 });
  });

  test('that asks to wait is left alone for as long', () => {
    expect(judge(fresh, { ...bad, status: 429, retryAfterMs: 120_000 }, START).closedUntil).toEqual(new Date(START.getTime() + 120_000));
  });

  test('that does not want one message is not worse for it', () => expect(judge(fresh, { ...bad, abort: true }, START)).toEqual(fresh));

  test('that says it is gone is disabled at once', () =>
    expect(judge(fresh, { ...bad, status: 410 }, START)).toMatchObject({ state: 'disabled', reason: expect.stringContaining('410') }));
});

describe('five days without a success, counted from the second failure within 24 hours,', () => {
  const daily = Array.from({ length: 30 }, (_, n) => n * 5);
  test('disable', () => {
    expect(failing(daily.filter((hour) => hour < 5 + 120)).state).toBe('failing');
    expect(failing(daily.filter((hour) => hour <= 5 + 120))).toMatchObject({ state: 'disabled', reason: expect.stringContaining('five days') });
  });
  test('begin anew with every success', () => {
    const recovered = judge(failing(daily.filter((hour) => hour < 100)), good, after(100));
    expect(
      failing(
        daily.filter((hour) => hour > 100 && hour < 220),
        recovered,
      ).state,
    ).toBe('failing');
  });
  test('do not begin with failures that are further apart', () => {
    const rare = Array.from({ length: 10 }, (_, n) => n * 25);
    expect(failing(rare)).toMatchObject({ failingSince: null, state: 'failing' });
  });
  test('leave what was paused by hand paused', () => expect(failing([0, 0, 0, 0, 0, 0], { ...fresh, state: 'paused' }).state).toBe('paused'));
});
