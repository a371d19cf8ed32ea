import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { StreamState } from '#lib/stream.ts';
import { concerned, useGap } from './live.ts';

test('an event makes the lists of its resource old, and always the audit trail', () => {
  expect(concerned('server.created')).toEqual(['/audit/entries', '/servers']);
  expect(concerned('change.awaiting_approval')).toContain('/changes');
  expect(concerned('something.new')).toEqual(['/audit/entries']);
});

afterEach(() => void vi.useRealTimers());

test('a stream that is back at once makes no gap; one that stays away does, until it is back', () => {
  vi.useFakeTimers();
  const { result, rerender } = renderHook(({ state }: { state: StreamState }) => useGap(state), { initialProps: { state: 'lost' as StreamState } });
  act(() => void vi.advanceTimersByTime(3_000));
  rerender({ state: 'open' });
  act(() => void vi.advanceTimersByTime(9_000));
  expect(result.current).toBe(false);
  rerender({ state: 'lost' });
  act(() => void vi.advanceTimersByTime(4_000));
  expect(result.current).toBe(true);
  rerender({ state: 'open' });
  expect(result.current).toBe(false);
});
