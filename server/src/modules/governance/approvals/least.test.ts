import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalNode } from '#kernel/gate-steps.ts';
import { leastPeople } from './least.ts';
import { joined, keyOf, satisfied, unmet, type Facts } from './tree.ts';

const PEOPLE = ['ann', 'ben', 'cat', 'dan'];
const TEAMS: Record<string, readonly string[]> = { 'team:board': ['ann', 'ben'], 'team:peers': ['ben', 'cat'], 'team:ops': ['dan'] };
const facts: Facts = {
  people: (who) => new Set(who === 'scopeApprovers' ? PEOPLE : (TEAMS[keyOf(who)] ?? [])),
  elsewhere: (person) => person === 'dan',
  escalated: false,
};
const team = (slug: string, count = 1) => ({ who: { team: slug }, count });
const asks = (need: ApprovalNode, distinct = false) => ({ rule: 'r', text: '', need, distinct });

test('one person in both groups is enough for both; groups that share nobody need two', () => {
  expect(leastPeople(joined([asks({ all: [team('board'), team('peers')] })]), facts)).toBe(1);
  expect(leastPeople(joined([asks({ all: [team('board'), team('ops')] })]), facts)).toBe(2);
  expect(leastPeople(joined([asks({ all: [team('board'), team('peers')] }, true)]), facts)).toBe(2);
  expect(leastPeople(joined([asks({ all: [team('board', 2), team('peers')] })]), facts)).toBe(2);
});

test('it is the smallest number with which the tree can be met, by trying all', () => {
  const leaf = fc.record({ who: fc.constantFrom('scopeApprovers' as const, { team: 'board' }, { team: 'peers' }, { team: 'ops' }), count: fc.integer({ min: 1, max: 2 }), otherTeam: fc.boolean() }); // prettier-ignore
  const node: fc.Arbitrary<ApprovalNode> = fc.oneof(
    leaf,
    fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
  );
  const groups = Array.from({ length: 2 ** PEOPLE.length }, (_, bits) => PEOPLE.filter((_person, place) => (bits >> place) & 1));
  fc.assert(
    fc.property(fc.array(fc.record({ need: node, distinct: fc.boolean() }), { minLength: 1, maxLength: 2 }), (rules) => {
      const tree = joined(rules.map(({ need, distinct }) => asks(need, distinct)));
      fc.pre(unmet(tree, facts) === undefined);
      const enough = groups.filter((group) => satisfied(tree, group.map((by) => ({ by, onBehalfOf: null, linked: [] })), facts)); // prettier-ignore
      fc.pre(enough.length > 0);
      expect(leastPeople(tree, facts)).toBe(Math.min(...enough.map((group) => group.length)));
    }),
  );
});
