import { expect, test } from 'vitest';
import '#kernel/problems.ts';
import { canarySize } from '#kernel/staged.ts';
import '../problems.ts';
import { continued, resumeHindrance } from './resume.ts';
import { heldBecause, isHeld, progressOf, resultsOf, stagesOf, type Stage } from './rules.ts';

const targets = (count: number) => Array.from({ length: count }, (_, place) => ({ id: `t${place}`, name: `T${place}` }));
const sizes = (stages: readonly Stage[]) => stages.map(({ kind, targets: own }) => [kind, own.length]);
const two = (): Stage[] => stagesOf(targets(4), { rules: ['a/b'], targets: 1 });

test('so many go first, or so many of a hundred, whichever is more: at least one, and never more than there are', () => {
  const of = (canary: { targets?: number; percent?: number }, count: number) => canarySize(canary, count);
  expect([
    of({ targets: 2 }, 10),
    of({ percent: 10 }, 30),
    of({ percent: 10 }, 31),
    of({ targets: 5, percent: 10 }, 30),
    of({ targets: 2, percent: 50 }, 30),
  ]).toEqual([2, 3, 4, 5, 15]);
  expect([of({ percent: 1 }, 3), of({ targets: 9 }, 3), of({}, 3)]).toEqual([1, 3, 1]);
});

test('there are two stages only where some are left for the second', () => {
  expect(sizes(stagesOf(targets(4), { rules: [], targets: 1 }))).toEqual([
    ['canary', 1],
    ['rest', 3],
  ]);
  expect(sizes(stagesOf(targets(4), { rules: [], targets: 4 }))).toEqual([['all', 4]]);
  expect(sizes(stagesOf(targets(4), null))).toEqual([['all', 4]]);
  expect(sizes(stagesOf([], null))).toEqual([['all', 0]]);
});

test('only a canary that is not well holds the others, and not once somebody let them follow', () => {
  const [canary, rest] = two() as [Stage, Stage];
  expect([heldBecause(canary), heldBecause(rest)]).toEqual([null, null]);
  Object.assign(rest.targets[0]!, { status: 'failed', code: 'x', text: 'broke' });
  expect(heldBecause(rest)).toBeNull();
  Object.assign(canary.targets[0]!, { status: 'unwell', code: 'not-healthy', text: 'It is off.' });
  expect(heldBecause(canary)).toBe('T0: It is off.');
  canary.status = 'held';
  const [after] = continued([canary, rest], { id: 'u', name: 'bob', comment: 'known', at: '2026-01-01T00:00:00Z' });
  expect([after!.status, heldBecause(after!), isHeld([after!])]).toEqual(['running', null, false]);
  // What a rule keeps from beginning is not begun by somebody's word, but asked about again.
  Object.assign(rest, { status: 'held', refused: { code: 'policy-denied', text: 'It is frozen.' } });
  expect(continued([canary, rest], after!.continuedBy!)[1]).toMatchObject({ status: 'waiting', refused: null });
});

test('what is unwell was acted on; what failed was not', () => {
  const stages = two();
  Object.assign(stages[0]!.targets[0]!, { status: 'unwell' });
  Object.assign(stages[1]!.targets[0]!, { status: 'failed' });
  expect(resultsOf(stages).map(({ status }) => status)).toEqual(['done', 'failed', 'done', 'done']);
  expect([progressOf(stages), progressOf(stages, 0.5), progressOf([])]).toEqual([50, 62, 100]);
});

test('a Change goes on by the word of a person whose Scope covers all its targets', () => {
  const [canary, rest] = two() as [Stage, Stage];
  canary.status = 'held';
  const change = { number: 7, state: 'paused' as const, stages: [canary, rest], targets: targets(2).map((one) => ({ type: 'server', ...one })) };
  const everything = [{ grantId: 'g', scope: { all: true as const } }];
  const may = (actor: object, reach: readonly object[] = everything, more: object = {}) =>
    resumeHindrance({ ...change, ...more }, { actor: { kind: 'user', ...actor } as never, reach: reach as never })?.slug ?? null;
  expect(may({})).toBeNull();
  expect(may({}, [])).toBe('permission-denied');
  expect([may({ kind: 'agent' }), may({ kind: 'apiKey' }), may({ ownerId: 'u1' })]).toEqual(Array(3).fill('not-eligible'));
  expect(may({}, [{ grantId: 'g', scope: { any: [{ ids: ['t0'] }] } }])).toBe('not-eligible');
  expect([may({}, everything, { state: 'running' }), may({}, everything, { stages: null })]).toEqual(['not-held', 'not-held']);
});
