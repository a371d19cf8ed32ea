import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterDeadline, CHANGE_STATES, deadlineOf, isTerminal, mayGo, numberFrom, numberText, TERMINAL } from './rules.ts';

test('every state but "planning" can be reached, and from every open state a terminal one can', () => {
  const reach = (from: (typeof CHANGE_STATES)[number], seen = new Set<string>()): Set<string> => {
    for (const to of CHANGE_STATES) if (mayGo(from, to) && !seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  expect([...reach('planning')].sort()).toEqual(CHANGE_STATES.filter((state) => state !== 'planning').sort());
  for (const state of CHANGE_STATES) if (!isTerminal(state)) expect(TERMINAL.some((end) => reach(state).has(end))).toBe(true);
});

test('terminal states have no deadline, all others have one, and it leads to a state that may follow', () => {
  for (const state of CHANGE_STATES) {
    const deadline = deadlineOf(state, new Date());
    expect(deadline === null).toBe(isTerminal(state));
    if (deadline && state !== 'planning') expect(mayGo(state, afterDeadline(state))).toBe(true);
  }
});

test('numbers read back as they are written', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => numberFrom(numberText(number)) === number));
  for (const text of ['CHG-', 'CHG-1.5', 'CHG-1234567890', '12', "CHG-1'"]) expect(numberFrom(text)).toBeUndefined();
});
