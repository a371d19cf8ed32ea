import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '#kernel/operation.ts';
import { scopeCovers, type Scope, type ScopeClause } from '#kernel/scope.ts';
import { ownClauses } from './group-content.ts';
import { addedClauses, nestingFault, withAncestors } from './group-rules.ts';
import { resolveGroups, scopeOfBoth, scopeWithin } from './scopes.ts';

const some = (of: string[]) => fc.option(fc.subarray(of, { minLength: 1 }), { nil: undefined });
const label = fc.record({ rack: fc.constantFrom('a', 'b') }, { requiredKeys: [] });
const plain: fc.Arbitrary<ScopeClause> = fc.record(
  { type: fc.constantFrom('lamp', 'door'), ids: fc.subarray(['1', '2', '3']), environments: fc.subarray(['lab', 'prod']), labels: label },
  { requiredKeys: [] },
);
const GROUPS = ['g', 'h'];
const clause: fc.Arbitrary<ScopeClause> = fc.tuple(plain, some(GROUPS)).map(([fields, groups]) => (groups ? { ...fields, groups } : fields));
const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({ all: true }),
  fc.array(clause, { maxLength: 3 }).map((any) => ({ any })),
);
const target: fc.Arbitrary<Target> = fc.record({
  type: fc.constantFrom('lamp', 'door'),
  id: fc.constantFrom('1', '2', '3'),
  environment: fc.constantFrom('lab', 'prod', null),
  labels: label,
});
const content = fc.record({ g: fc.array(plain, { maxLength: 2 }), h: fc.array(plain, { maxLength: 2 }) });
const contentOf = (held: Record<string, ScopeClause[]>) => (id: string) => held[id] ?? [];

describe('groups in Scopes', () => {
  test('a clause reaches what its own fields and at least one of its groups reach', () => {
    fc.assert(
      fc.property(clause, content, target, (one, held, thing) => {
        const { groups, ...rest } = one;
        const within = groups === undefined || groups.some((id) => scopeCovers({ any: held[id as 'g'] }, thing));
        expect(scopeCovers(resolveGroups({ any: [one] }, contentOf(held)), thing)).toBe(scopeCovers({ any: [rest] }, thing) && within);
      }),
    );
  });

  test('what two Scopes both reach is reached by both, and by nothing else unless both name groups', () => {
    fc.assert(
      fc.property(scope, scope, content, target, (a, b, held, thing) => {
        const covers = (one: Scope): boolean => scopeCovers(resolveGroups(one, contentOf(held)), thing);
        if (covers(scopeOfBoth(a, b))) expect([covers(a), covers(b)]).toEqual([true, true]);
        const [first, second] = [resolveGroups(a, contentOf(held)), resolveGroups(b, contentOf(held))];
        expect(scopeCovers(scopeOfBoth(first, second), thing)).toBe(covers(a) && covers(b));
      }),
    );
  });

  test('a Scope within another reaches nothing more, whatever its groups hold', () => {
    fc.assert(
      fc.property(scope, scope, content, target, (inner, outer, held, thing) => {
        if (!scopeWithin(inner, outer)) return;
        const covers = (one: Scope): boolean => scopeCovers(resolveGroups(one, contentOf(held)), thing);
        if (covers(inner)) expect(covers(outer)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a group that is not resolved reaches nothing', () => {
    fc.assert(
      fc.property(plain, target, (rest, thing) => {
        expect(scopeCovers({ any: [{ ...rest, groups: ['g'] }] }, thing)).toBe(false);
      }),
    );
  });
});

const member = fc.record({ type: fc.constantFrom('lamp', 'door'), id: fc.constantFrom('1', '2', '3') });
const selector = fc.option(
  fc.record({ type: fc.constantFrom('lamp', 'door'), environments: fc.subarray(['lab', 'prod'], { minLength: 1 }) }, { requiredKeys: ['type'] }),
  { nil: null },
);
const held = fc.record({ members: fc.array(member, { maxLength: 3 }), selector, groups: fc.subarray(GROUPS) });

describe('editing groups', () => {
  test('whatever a group holds afterwards and did not before is among what was added', () => {
    fc.assert(
      fc.property(held, held, content, target, (before, after, inner, thing) => {
        const reaches = (group: typeof before): boolean =>
          scopeCovers(resolveGroups({ any: [...ownClauses(group), ...group.groups.map((id) => ({ groups: [id] }))] }, contentOf(inner)), thing);
        const added = resolveGroups({ any: addedClauses(before, after) }, contentOf(inner));
        if (reaches(after) && !reaches(before)) expect(scopeCovers(added, thing)).toBe(true);
        if (JSON.stringify(before) === JSON.stringify(after)) expect(added).toEqual({ any: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('three levels are the most, and no circle is let in', () => {
    const nesting = new Map([['a', ['b']], ['b', ['c']]]); // prettier-ignore
    expect(nestingFault(nesting, 'b')).toBeUndefined();
    expect(nestingFault(new Map([...nesting, ['z', ['a']]]), 'z')).toMatch(/4 deep/);
    expect(nestingFault(new Map([...nesting, ['c', ['d']]]), 'c')).toMatch(/4 deep/);
    expect(nestingFault(new Map([...nesting, ['c', ['a']]]), 'c')).toMatch(/hold itself/);
    expect([...withAncestors(nesting, 'c')].sort()).toEqual(['a', 'b', 'c']);
  });
});
