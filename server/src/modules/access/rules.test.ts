import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Risk, Target } from '#kernel/operation.ts';
import { coveringGrant, scopeCovers, type Scope, type ScopeClause } from '#kernel/scope.ts';
import { capped, intersection, matches, matchesAny } from './patterns.ts';
import { decide, nearestCover, riskWithin, rolesHolding, type Right } from './rules.ts';
import { scopeWithin } from './scopes.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ALL: Scope = { all: true };
const right = (given: Partial<Right>): Right => ({
  grantId: 'g1',
  role: 'developer',
  level: 20,
  patterns: ['servers:*'],
  maxRisk: 'high',
  scope: ALL,
  validFrom: new Date(0),
  validUntil: null,
  ...given,
});
const create = { name: 'servers.create', permission: 'servers:create', risk: 'high' as Risk };

const part = fc.constantFrom('*', 'servers', 'dns', 'zones', 'read', 'create');
const pattern = fc.oneof(
  fc.constant('*'),
  fc.tuple(part, part).map(([a, b]) => `${a}:${b}`),
);
const permission = fc.tuple(fc.constantFrom('servers', 'dns', 'zones'), fc.constantFrom('read', 'create', 'delete')).map(([a, b]) => `${a}:${b}`);
const risk = fc.constantFrom<Risk>('read', 'write', 'high');
const ids = fc.subarray(['a', 'b', 'c']);
const clause: fc.Arbitrary<ScopeClause> = fc.record(
  {
    type: fc.constantFrom('server', 'zone'),
    ids,
    environments: fc.subarray(['lab', 'prod']),
    labels: fc.dictionary(fc.constantFrom('team', 'tier'), fc.constantFrom('1', '2')),
  },
  { requiredKeys: [] },
);
const scope: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(ALL) },
  { weight: 4, arbitrary: fc.record({ any: fc.array(clause, { maxLength: 3 }) }) },
);
const target: fc.Arbitrary<Target> = fc.record({
  type: fc.constantFrom('server', 'zone'),
  id: fc.constantFrom('a', 'b', 'c'),
  environment: fc.constantFrom('lab', 'prod', null),
  labels: fc.dictionary(fc.constantFrom('team', 'tier'), fc.constantFrom('1', '2')),
});
const rights = fc
  .array(
    fc.record({
      patterns: fc.array(pattern, { maxLength: 3 }),
      maxRisk: risk,
      scope,
      until: fc.constantFrom(null, new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)),
    }),
    { maxLength: 4 },
  )
  .map((list) => list.map(({ until, ...given }, index) => right({ ...given, grantId: `g${index}`, validUntil: until })));

describe('patterns', () => {
  test.each([
    ['servers:create', 'servers:create', true],
    ['servers:create', 'servers:delete', false],
    ['servers:*', 'servers:delete', true],
    ['servers:*', 'serversX:delete', false],
    ['*:read', 'dns:read', true],
    ['*:read', 'dns:readAll', false],
    ['*', 'anything:atAll', true],
    ['*:*', 'anything:atAll', true],
    ['serv*:read', 'servers:read', false],
    ['servers:re*', 'servers:read', false],
    ['servers', 'servers:read', false],
    ['', 'servers:read', false],
    ['servers:read:more', 'servers:read', false],
  ])('%s against %s is %s', (held, wanted, expected) => expect(matches(held, wanted)).toBe(expected));

  test('what two patterns share is exactly what both hold', () =>
    fc.assert(
      fc.property(pattern, pattern, permission, (a, b, wanted) => {
        const shared = intersection(a, b);
        expect(shared !== undefined && matches(shared, wanted)).toBe(matches(a, wanted) && matches(b, wanted));
      }),
    ));

  test('a cap never widens: a capped right holds only what both hold', () =>
    fc.assert(
      fc.property(fc.array(pattern), fc.option(fc.array(pattern), { nil: null }), permission, (held, cap, wanted) => {
        expect(matchesAny(capped(held, cap), wanted)).toBe(matchesAny(held, wanted) && (cap === null || matchesAny(cap, wanted)));
      }),
    ));
});

describe('decision', () => {
  test('the token is asked before the grants', () => {
    expect(decide([], ['servers:read'], create, NOW)).toEqual({ allowed: false, stage: 'token' });
    expect(decide([right({})], [], create, NOW)).toEqual({ allowed: false, stage: 'token' });
  });
  test('without a grant that holds the permission it is denied', () => {
    expect(decide([right({ patterns: ['servers:read'] })], null, create, NOW)).toEqual({ allowed: false, stage: 'permission' });
  });
  test('governance 24: Given a grant with validUntil in the past, when used, then 403', () => {
    expect(decide([right({ validUntil: NOW })], null, create, NOW)).toEqual({ allowed: false, stage: 'permission' });
    expect(decide([right({ validUntil: new Date(NOW.getTime() + 1) })], null, create, NOW)).toMatchObject({ allowed: true });
  });
  test('a grant that has not begun gives nothing', () => {
    expect(decide([right({ validFrom: new Date(NOW.getTime() + 1) })], null, create, NOW)).toEqual({ allowed: false, stage: 'permission' });
  });
  test('governance 25: Given a custom role with maxRisk write, when a high Operation it names is called, then 403', () => {
    const low = right({ patterns: ['servers:create'], maxRisk: 'write' });
    expect(decide([low], null, create, NOW)).toEqual({ allowed: false, stage: 'risk', grants: [low] });
  });
  test('the reach lists the grants that hold it, each with its own Scope', () => {
    const lab: Scope = { any: [{ environments: ['lab'] }] };
    const verdict = decide(
      [right({ grantId: 'a', scope: lab }), right({ grantId: 'b', patterns: ['*:read'] }), right({ grantId: 'c' })],
      null,
      create,
      NOW,
    );
    expect(verdict).toEqual({
      allowed: true,
      reach: [
        { grantId: 'a', scope: lab },
        { grantId: 'c', scope: ALL },
      ],
    });
  });
  test('governance 21: Given grant 1 (write on A) and grant 2 (read on B), when writing B, then 403', () => {
    const held = [
      right({ grantId: 'write-a', scope: { any: [{ ids: ['a'] }] } }),
      right({ grantId: 'read-b', patterns: ['*:read'], scope: { any: [{ ids: ['b'] }] } }),
    ];
    const verdict = decide(held, null, create, NOW);
    expect(verdict.allowed && coveringGrant(verdict.reach, [{ type: 'server', id: 'b' }])).toBeUndefined();
    expect(verdict.allowed && coveringGrant(verdict.reach, [{ type: 'server', id: 'a' }])).toBe('write-a');
  });
  test('two grants that cover two targets only together are not enough', () => {
    const held = [right({ grantId: 'a', scope: { any: [{ ids: ['a'] }] } }), right({ grantId: 'b', scope: { any: [{ ids: ['b'] }] } })];
    const verdict = decide(held, null, create, NOW);
    const targets = [
      { type: 'server', id: 'a' },
      { type: 'server', id: 'b' },
    ];
    expect(verdict.allowed && coveringGrant(verdict.reach, targets)).toBeUndefined();
    expect(verdict.allowed && nearestCover(verdict.reach, targets)).toEqual({ grantId: 'a', uncovered: [targets[1]] });
  });

  test('rights of different grants are never mixed, whatever they are', () =>
    fc.assert(
      fc.property(
        rights,
        fc.option(fc.array(pattern), { nil: null }),
        permission,
        risk,
        fc.array(target, { minLength: 1, maxLength: 3 }),
        (held, cap, wanted, level, targets) => {
          const operation = { name: 'x.y', permission: wanted, risk: level };
          const verdict = decide(held, cap, operation, NOW);
          const grant = verdict.allowed ? coveringGrant(verdict.reach, targets) : undefined;
          const alone = held.filter((one) => {
            const single = decide([one], cap, operation, NOW);
            return single.allowed && coveringGrant(single.reach, targets) !== undefined;
          });
          expect(grant).toBe(alone[0]?.grantId);
        },
      ),
      { numRuns: 1000 },
    ));
  test('more grants never remove a right, wherever they stand', () =>
    fc.assert(
      fc.property(
        rights,
        rights,
        rights,
        permission,
        risk,
        fc.array(target, { minLength: 1, maxLength: 3 }),
        (before, held, after, wanted, level, targets) => {
          const operation = { name: 'x.y', permission: wanted, risk: level };
          const may = (given: typeof held): boolean => {
            const verdict = decide(given, null, operation, NOW);
            return verdict.allowed && coveringGrant(verdict.reach, targets) !== undefined;
          };
          if (may(held)) expect(may([...before, ...held, ...after])).toBe(true);
        },
      ),
      { numRuns: 1000 },
    ));
  test('an empty Scope reaches nothing', () =>
    fc.assert(
      fc.property(target, rights, (one, held) => {
        expect(scopeCovers({ any: [] }, one)).toBe(false);
        const empty = held.map((given) => ({ ...given, scope: { any: [] } }));
        const verdict = decide(empty, null, create, NOW);
        expect(verdict.allowed && coveringGrant(verdict.reach, [one])).toBeFalsy();
      }),
    ));
  test('a cap can only take away', () =>
    fc.assert(
      fc.property(rights, fc.array(pattern), permission, risk, (held, cap, wanted, level) => {
        const operation = { name: 'x.y', permission: wanted, risk: level };
        if (decide(held, cap, operation, NOW).allowed) expect(decide(held, null, operation, NOW).allowed).toBe(true);
      }),
    ));
});

describe('risk and roles', () => {
  test('the ceiling is an order: read, write, high', () => {
    expect([riskWithin('read', 'read'), riskWithin('write', 'read'), riskWithin('high', 'write'), riskWithin('write', 'high')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
  test('roles that would allow an operation come least powerful first', () => {
    const roles = [
      { key: 'owner', level: 1, patterns: ['*'], maxRisk: 'high' as Risk },
      { key: 'ops_rw', level: 25, patterns: ['servers:*'], maxRisk: 'write' as Risk },
      { key: 'developer', level: 20, patterns: ['servers:*'], maxRisk: 'high' as Risk },
    ];
    expect(rolesHolding(roles, create)).toEqual(['developer', 'owner']);
  });
});

describe('Scopes inside Scopes', () => {
  test.each<[Scope, Scope, boolean]>([
    [{ any: [] }, { any: [] }, true],
    [ALL, { any: [{}] }, false],
    [{ any: [{}] }, { any: [{ type: 'server' }] }, false],
    [{ any: [{ type: 'server', ids: ['a'] }] }, { any: [{ type: 'server' }] }, true],
    [{ any: [{ ids: ['a', 'z'] }] }, { any: [{ ids: ['a'] }] }, false],
    [{ any: [{ environments: ['lab'] }] }, { any: [{ environments: ['lab', 'staging'] }] }, true],
    [{ any: [{ labels: { team: '1', tier: '2' } }] }, { any: [{ labels: { team: '1' } }] }, true],
    [{ any: [{ labels: { team: '1' } }] }, { any: [{ labels: { team: '1', tier: '2' } }] }, false],
  ])('%j within %j is %s', (inner, outer, expected) => expect(scopeWithin(inner, outer)).toBe(expected));

  test('what lies within never covers more', () =>
    fc.assert(
      fc.property(scope, scope, target, (inner, outer, one) => {
        if (scopeWithin(inner, outer) && scopeCovers(inner, one)) expect(scopeCovers(outer, one)).toBe(true);
      }),
      { numRuns: 2000 },
    ));
});
