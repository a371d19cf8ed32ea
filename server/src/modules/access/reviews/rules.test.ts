import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysBefore, isOwn, isUnused, lookedBack, quarterOf, reminderDue, reviewersFor, toxicWith } from './rules.ts';

const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });

test('nobody is ever asked about their own, nor about a machine that they answer for, and somebody is asked where somebody can be', () => {
  fc.assert(
    fc.property(fc.constantFrom('givers', 'administrators', 'named'), people, people, people, fc.constantFrom('a', 'b'), fc.option(fc.constantFrom('a', 'c')), fc.option(fc.constantFrom('b', 'd')), (kind, named, deciders, active, subjectId, answerableId, givenBy) => {
      const holding = { subjectId, answerableId, givenBy };
      const asked = reviewersFor(holding, { kind, named, deciders: new Set(deciders), active: new Set(active) });
      expect(asked.filter((id) => isOwn(holding, id))).toEqual([]);
      expect(new Set(asked).size).toBe(asked.length);
      if (deciders.some((id) => !isOwn(holding, id))) expect(asked.length).toBeGreaterThan(0);
      if (kind === 'administrators') expect(asked.every((id) => (deciders as string[]).includes(id))).toBe(true);
    }),
  );
}); // prettier-ignore

test('a right is unused only where a use would show: not when it is younger, nor beyond what the trail keeps of reads', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const ago = (days: number) => daysBefore(now, days);
  expect(isUnused({ since: ago(100), lastUsedAt: null, lookedBackDays: 90 }, now)).toBe(true);
  expect(isUnused({ since: ago(89), lastUsedAt: null, lookedBackDays: 90 }, now)).toBe(false);
  expect(isUnused({ since: ago(100), lastUsedAt: ago(91), lookedBackDays: 90 }, now)).toBe(true);
  expect(isUnused({ since: ago(100), lastUsedAt: ago(90), lookedBackDays: 90 }, now)).toBe(false);
  expect([lookedBack('write', 30), lookedBack('read', 30), lookedBack('read', 200)]).toEqual([90, 30, 90]);
});

test('reminders come at half time and two days before the end, each once, and none after it', () => {
  const createdAt = new Date('2026-10-01T00:00:00Z');
  const dueAt = new Date('2026-10-15T00:00:00Z');
  const step = (at: string, reminders: number) => reminderDue({ createdAt, dueAt, reminders }, new Date(at));
  expect(step('2026-10-07T23:59:59Z', 0)).toBeUndefined();
  expect(step('2026-10-08T00:00:00Z', 0)).toBe(1);
  expect(step('2026-10-08T00:00:00Z', 1)).toBeUndefined();
  expect([step('2026-10-13T00:00:00Z', 0), step('2026-10-13T00:00:00Z', 1), step('2026-10-13T00:00:00Z', 2)]).toEqual([2, 2, undefined]);
  expect(step('2026-10-15T00:00:00Z', 0)).toBeUndefined();
});

test('quarters are those of the calendar, and toxic combinations need both of their roles', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map((day) => quarterOf(new Date(day)))).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4']);
  expect(toxicWith('approver', new Set(['approver', 'admin']))).toEqual(['approver + admin']);
  expect(toxicWith('viewer', new Set(['viewer', 'approver', 'admin']))).toEqual([]);
  expect(toxicWith('approver', new Set(['approver']))).toEqual([]);
}); // prettier-ignore
