import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { placed } from './placed.ts';
import { Tooltip } from './tooltip.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const passes = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
const shown = () => screen.queryByRole('tooltip')?.textContent ?? null;

test('a few words are shown on focus and on hover, belong to what they are about, and go with Escape alone', () => {
  let escaped = 0;
  const heard = () => void (escaped += 1);
  document.addEventListener('keydown', heard);
  render(
    <Tooltip text="Ends the session" keys="Q">
      <button type="button">Leave</button>
    </Tooltip>,
  );
  const button = screen.getByRole('button');
  expect(shown()).toBeNull();
  fireEvent.focus(button);
  expect(shown()).toBe('Ends the sessionQ');
  expect(button.getAttribute('aria-describedby')).toBe(screen.getByRole('tooltip').id);
  fireEvent.keyDown(button, { key: 'Escape' });
  expect([shown(), button.hasAttribute('aria-describedby'), escaped]).toEqual([null, false, 0]);
  fireEvent.keyDown(button, { key: 'Escape' });
  expect(escaped).toBe(1);
  document.removeEventListener('keydown', heard);

  passes(1_000);
  fireEvent.pointerEnter(button, { pointerType: 'mouse' });
  passes(340);
  expect(shown()).toBeNull();
  passes(20);
  expect(shown()).not.toBeNull();
  // The pointer may rest on the words.
  fireEvent.pointerLeave(button);
  fireEvent.pointerEnter(screen.getByRole('tooltip'));
  passes(1_000);
  expect(shown()).not.toBeNull();
  fireEvent.pointerLeave(screen.getByRole('tooltip'));
  passes(110);
  expect(shown()).toBeNull();
});

test('whoever presses is not told what it does, nor by the focus that comes of it', () => {
  const pressed = vi.fn<() => void>();
  render(
    <Tooltip text="Words">
      <button type="button" onClick={pressed}>
        Act
      </button>
    </Tooltip>,
  );
  const button = screen.getByRole('button');
  fireEvent.pointerEnter(button, { pointerType: 'mouse' });
  fireEvent.pointerDown(button);
  fireEvent.focus(button);
  fireEvent.click(button);
  passes(1_000);
  expect([shown(), pressed.mock.calls.length]).toEqual([null, 1]);
  fireEvent.pointerEnter(button, { pointerType: 'touch' });
  passes(1_000);
  expect(shown()).toBeNull();
});

test('words stand on the side that is asked for, on the other where there is no room, and never outside', () => {
  const own = { width: 100, height: 20 };
  const view = { clientWidth: 400, clientHeight: 300 };
  const at = (left: number, top: number) => ({ left, top, width: 20, height: 20 });
  expect(placed(at(200, 100), own, 'top', view)).toEqual({ left: 160, top: 74 });
  expect(placed(at(200, 10), own, 'top', view)).toEqual({ left: 160, top: 36 });
  expect(placed(at(0, 100), own, 'top', view)).toEqual({ left: 8, top: 74 });
  expect(placed(at(380, 100), own, 'right', view)).toEqual({ left: 274, top: 100 });
  expect(placed(at(10, 290), own, 'right', view)).toEqual({ left: 36, top: 272 });
});
