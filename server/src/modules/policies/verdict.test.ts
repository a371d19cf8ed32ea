import { expect, test } from 'vitest';
import type { Requirement } from '#kernel/gate-steps.ts';
import { demandsOfBoth } from './demands.ts';
import { NO_RULING } from './kept.ts';
import { cannotWait, notAgreed, refusalOf, tooMany } from './verdict.ts';

const asks = (rule: string, count: number): Requirement => ({ rule, text: rule, need: { who: 'scopeApprovers', count } });
const open = (slug: 'comment-required' | 'step-up-required' | 'target-limit-exceeded' | 'dry-run-required') => ({
  ...NO_RULING,
  unmet: [{ rule: 'a/b', text: slug, slug }],
});

test('a Change runs on what it was agreed to, and on nothing more', () => {
  const agreed = [asks('a', 1), asks('b', 2)];
  expect(notAgreed([asks('b', 2)], { agreed })).toBeUndefined();
  expect(notAgreed([asks('a', 1), asks('c', 1)], { agreed })?.rule).toBe('c');
  expect(notAgreed([asks('a', 2)], { agreed })?.rule).toBe('a');
  // A template or an emergency let it through in another way.
  expect(notAgreed([asks('c', 3)], { agreed: null })).toBeUndefined();
});

test('a dry run needs no comment and no proof, and a job gives none again', () => {
  const planned = { operation: { name: 'x.y' } as never, risk: 'write' } as const;
  expect(refusalOf(open('comment-required'), { ...planned, phase: 'plan', envelope: {} })?.slug).toBe('comment-required');
  expect(refusalOf(open('comment-required'), { ...planned, phase: 'plan', envelope: { dryRun: true } })).toBeUndefined();
  expect(refusalOf(open('target-limit-exceeded'), { ...planned, phase: 'plan', envelope: { dryRun: true } })?.slug).toBe('target-limit-exceeded');
  expect(refusalOf(open('step-up-required'), { ...planned, phase: 'apply', envelope: {} })).toBeUndefined();
  expect(refusalOf(open('comment-required'), { ...planned, phase: 'apply', envelope: {} })?.slug).toBe('comment-required');
});

test('what has no plan is refused where a dry run is asked for first, rather than sent for one', () => {
  const of = (operation: object, risk: 'read' | 'write' = 'write') =>
    refusalOf(open('dry-run-required'), { phase: 'request', envelope: {}, risk, operation: { name: 'x.y', ...operation } as never });
  expect(of({ change: 'none' })).toEqual({ rule: 'a/b', slug: 'policy-denied', text: expect.stringContaining('x.y has no plan') });
  expect([of({}), of({ change: 'none', handlesDryRun: true }), of({}, 'read')].map((one) => one?.slug)).toEqual(Array(3).fill('dry-run-required'));
});

test('a rule of type canary lets so many through at once, unless the others can follow by themselves', () => {
  const rulings = [{ demands: { canary: { rules: ['a/first'], targets: 2 } } }];
  const operation = { runs: 'inline' } as const;
  expect(tooMany(rulings, { count: 2, operation })).toBeUndefined();
  expect(tooMany(rulings, { count: 3, operation })).toMatchObject({ rule: 'a/first', slug: 'target-limit-exceeded', extras: { max: 2, count: 3 } });
  expect(tooMany([{ demands: { canary: { rules: ['a/tenth'], percent: 10 } } }], { count: 30, operation })).toMatchObject({ extras: { max: 3 } });
  expect(tooMany(rulings, { count: 3, operation: { runs: 'job' } })).toBeDefined();
  expect(tooMany(rulings, { count: 3, operation: { runs: 'job', staged: true } })).toBeUndefined();
});

test('what two phases demand is one demand, the stricter of both', () => {
  const first = { comment: { minLength: 5, patterns: ['a'] }, stepUp: { withinSeconds: 900, amr: ['hwk', 'otp'] } };
  const second = { comment: { minLength: 20, patterns: ['b', 'a'] }, stepUp: { withinSeconds: 60, amr: ['hwk'] }, ticket: { patterns: ['c'] } };
  const joined = { comment: { minLength: 20, patterns: ['a', 'b'] }, stepUp: { withinSeconds: 60, amr: ['hwk'] }, ticket: { patterns: ['c'] } };
  expect(demandsOfBoth(first, second)).toEqual(joined);
  expect(demandsOfBoth({}, first)).toEqual(first);
  expect(demandsOfBoth({}, {})).toEqual({});
});

test('what writes at once and leaves no Change is refused where somebody would have to agree', () => {
  const of = (change: 'none' | undefined, risk: 'read' | 'write') =>
    cannotWait({ operation: { name: 'x.y', ...(change && { change }) } as never, risk }, [asks('a', 1)]);
  expect(of('none', 'write')).toMatchObject({ slug: 'policy-denied', rule: 'a' });
  expect([of(undefined, 'write'), of('none', 'read')]).toEqual([undefined, undefined]);
  expect(cannotWait({ operation: { name: 'x.y', change: 'none' } as never, risk: 'write' }, [])).toBeUndefined();
});
