import { expect, test } from 'vitest';
import type { Database } from '#kernel/database.ts';
import type { PolicyFacts } from '#kernel/gate-steps.ts';
import { createPolicy } from './policy.ts';

const facts = (risk: PolicyFacts['risk'], environment: string | null = null) =>
  ({
    phase: 'plan',
    actor: { kind: 'user', id: 'u', name: 'u', email: null, tenantId: 't', tenantSlug: 't', credentialId: null, permissionCap: null, ip: null },
    operation: { name: 'lamps.burn', permission: 'lamps:burn' },
    risk,
    targets: [{ type: 'lamp', id: 'l', environment }],
    plan: undefined,
    envelope: {},
    surface: 'rest',
    now: new Date(),
  }) as unknown as PolicyFacts;
const asked: string[] = [];
const policyOf = (alone: boolean) =>
  createPolicy(async (_db, tenantId) => {
    asked.push(tenantId);
    return alone;
  });
const decide = (alone: boolean, what: PolicyFacts) => policyOf(alone)({} as Database, what);

test('with colleagues, high risk and production need somebody else', async () => {
  expect((await decide(false, facts('high', 'prod'))).requirements.map(({ rule, need }) => [rule, need])).toEqual([
    ['high-risk', { who: 'scopeApprovers', count: 1 }],
    ['production', { who: 'scopeApprovers', count: 1 }],
  ]);
});

test('while one person is all there is, nobody is asked, and the decision says why', async () => {
  expect(await decide(true, facts('high'))).toEqual({ requirements: [], rules: ['built-in/high-risk@1', 'built-in/sole-member@1'] });
});

test('what asks for nobody does not look who is there', async () => {
  asked.length = 0;
  expect(await decide(true, facts('write', 'lab'))).toEqual({ requirements: [], rules: [] });
  expect(asked).toEqual([]);
});
