import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApprovalNode, Requirement } from '#kernel/gate-steps.ts';
import { eligibleIn, fewest, joined, keyOf, satisfied, treeFault, unmet, wordsOf, type Facts, type Voice } from './tree.ts';

const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eve'] as const;
const TEAMS: Record<string, readonly string[]> = { 'team:board': ['ann', 'ben'], 'team:peers': ['ben', 'cat', 'dan'], 'role:approver': PEOPLE };
const facts = (more: Partial<Facts> = {}): Facts => ({
  people: (who) => new Set(who === 'scopeApprovers' ? PEOPLE : (TEAMS[keyOf(who)] ?? (typeof who === 'object' && 'users' in who ? who.users : []))),
  elsewhere: (person) => person === 'dan' || person === 'eve',
  escalated: false,
  ...more,
});
const board = { who: { team: 'board' }, count: 1 } as const;
const peers = { who: { team: 'peers' }, count: 1 } as const;
const anybody = (count: number) => ({ who: 'scopeApprovers' as const, count });
const asks = (need: ApprovalNode, more: Partial<Requirement> = {}): Requirement => ({ rule: 'r', text: '', need, ...more });
const says = (by: string, onBehalfOf: string | null = null, linked: string[] = []): Voice => ({ by, onBehalfOf, linked });
const met = (requirements: readonly Requirement[], voices: readonly Voice[], who = facts()): boolean => satisfied(joined(requirements), voices, who);

describe('what has to be agreed', () => {
  test('rules that ask the same group become one with the higher count; others are both needed', () => {
    const tree = joined([asks(anybody(1)), asks({ all: [anybody(2), board] })]);
    expect(tree.parts.map(({ need }) => need)).toEqual([{ all: [anybody(2), board] }]);
    expect(met([asks(anybody(2)), asks(board)], [says('cat'), says('dan')])).toBe(false);
    expect(met([asks(anybody(2)), asks(board)], [says('cat'), says('ann')])).toBe(true);
  });

  test('one person counts for several leaves, unless the rule wants distinct people', () => {
    const both: ApprovalNode = { all: [board, peers] };
    expect(met([asks(both)], [says('ben')])).toBe(true);
    expect(met([asks(both, { distinct: true })], [says('ben')])).toBe(false);
    // Whoever stands for both is seated where the other cannot be.
    expect(met([asks(both, { distinct: true })], [says('ben'), says('ann')])).toBe(true);
    expect(met([asks(both, { distinct: true })], [says('cat'), says('ben')])).toBe(true);
  });

  test('distinct people of one rule say nothing about another', () => {
    const two = [asks({ all: [anybody(1), board] }, { distinct: true }), asks(anybody(1))];
    expect([fewest(joined(two)), met(two, [says('ann'), says('cat')])]).toEqual([2, true]);
  });

  test('any of several is met by one of them', () => {
    const either = [asks({ any: [{ who: { users: ['eve'] }, count: 1 }, { all: [board, peers] }] })];
    expect([met(either, [says('eve')]), met(either, [says('ann')]), met(either, [says('ann'), says('cat')])]).toEqual([true, false, true]);
  });

  test('somebody of another team has to be among them', () => {
    const two = [asks({ ...anybody(2), otherTeam: true })];
    expect(met(two, [says('ann'), says('ben')])).toBe(false);
    expect(met(two, [says('ann'), says('dan')])).toBe(true);
    expect(met([asks({ ...anybody(2), otherTeam: true }, { distinct: true })], [says('ann'), says('ben')])).toBe(false);
  });

  test('a person and their delegate count once, and a delegate stands where their delegator could', () => {
    expect(met([asks(anybody(2))], [says('ann'), says('cat', null, ['ann'])])).toBe(false);
    expect(met([asks(anybody(2))], [says('ann'), says('cat', null, ['ann']), says('dan')])).toBe(true);
    expect(met([asks(board)], [says('cat')])).toBe(false);
    expect(met([asks(board)], [says('cat', 'ann', ['ann'])])).toBe(true);
    // Two delegates of one person have one place between them.
    expect(met([asks({ ...board, count: 2 })], [says('cat', 'ann', ['ann']), says('dan', 'ann', ['ann'])])).toBe(false);
  });

  test('backups decide only once it has escalated, and only where the rule widens', () => {
    const sla = { dueInSeconds: 900, backup: { users: ['eve'] }, widenEligibility: true };
    expect(met([asks(board, { sla })], [says('eve')])).toBe(false);
    expect(met([asks(board, { sla })], [says('eve')], facts({ escalated: true }))).toBe(true);
    expect(met([asks(board, { sla: { ...sla, widenEligibility: false } })], [says('eve')], facts({ escalated: true }))).toBe(false);
  });

  test('the node that nobody could meet is named', () => {
    const none = { who: { team: 'nobody' }, count: 1 } as const;
    const missing = unmet(joined([asks({ all: [board, none] })]), facts())!;
    expect([missing.part.rules, wordsOf(missing.node)]).toEqual([['r'], '1 of the members of team nobody']);
    expect(unmet(joined([asks({ all: [board, peers] })]), facts())).toBeUndefined();
    expect(
      wordsOf({
        any: [
          { ...anybody(2), otherTeam: true },
          { who: { role: 'admin' }, count: 1 },
        ],
      }),
    ).toBe('2 of the approvers of its targets, one from another team than the requester’s or 1 of the people with role admin');
    expect([...eligibleIn(joined([asks(board), asks({ who: { users: ['eve'] }, count: 1 })]), facts())]).toEqual(['ann', 'ben', 'eve']);
  });

  test('a tree that nobody could count through is a fault', () => {
    const pair: ApprovalNode = { any: [anybody(1), board] };
    expect(treeFault({ all: Array.from({ length: 9 }, () => pair) })).toMatch('512 ways');
    expect(treeFault({ all: Array.from({ length: 33 }, () => board) })).toMatch('33 groups');
    expect([treeFault({ all: [] }), treeFault(anybody(0)), treeFault(pair)]).toEqual([expect.stringMatching('empty'), expect.stringMatching('0 approvals'), undefined]); // prettier-ignore
  });
});

describe('properties', () => {
  const leaf = fc.record(
    { who: fc.constantFrom('scopeApprovers' as const, { team: 'board' }, { team: 'peers' }, { users: ['eve', 'ann'] }), count: fc.integer({ min: 1, max: 3 }), otherTeam: fc.boolean() },
  ); // prettier-ignore
  const { node } = fc.letrec<{ node: ApprovalNode }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    ),
  }));
  const requirement = fc
    .record({ need: node, distinct: fc.boolean() })
    .filter(({ need }) => treeFault(need) === undefined)
    .map(({ need, distinct }) => asks(need, { distinct }));
  const person = fc.constantFrom(...PEOPLE);
  const voice = fc.record({
    by: person,
    onBehalfOf: fc.option(person, { nil: null }),
    linked: fc.subarray([...PEOPLE], { maxLength: 2 }),
  });
  const rules = fc.array(requirement, { minLength: 1, maxLength: 3 });
  const voices = fc.array(voice, { maxLength: 6 });

  test('more agreement never undoes what is agreed', () => {
    fc.assert(fc.property(rules, voices, voice, (asked, said, one) => !met(asked, said) || met(asked, [...said, one])));
  });

  test('neither the order of rules nor of decisions matters', () => {
    const shuffled = <T>(values: fc.Arbitrary<T[]>) => values.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))); // prettier-ignore
    fc.assert(fc.property(shuffled(rules), shuffled(voices), ([a, b], [said, again]) => met(a, said) === met(b, again)));
  });

  test('joining rules asks no less and no more than each of them does', () => {
    fc.assert(fc.property(rules, voices, (asked, said) => !met(asked, said) || asked.every((one) => met([one], said))));
    const independent = voices.map((said) => [...new Map(said.map(({ by }) => [by, says(by)])).values()]);
    fc.assert(fc.property(rules, independent, (asked, said) => met(asked, said) === asked.every((one) => met([one], said))));
  });

  test('fewer people than the least never suffice', () => {
    fc.assert(fc.property(rules, voices, (asked, said) => new Set(said.map(({ by }) => by)).size >= fewest(joined(asked)) || !met(asked, said)));
  });

  test('what is met has no unmet node', () => {
    const own = voices.map((said) => said.map(({ by }) => says(by)));
    fc.assert(fc.property(rules, own, (asked, said) => !met(asked, said) || unmet(joined(asked), facts()) === undefined));
  });
});
