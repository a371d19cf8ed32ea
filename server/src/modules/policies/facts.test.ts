import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Plan } from '#kernel/plan.ts';
import { inputOf, kindOf, planFacts, proofOf, surfaceOf } from './facts.ts';
import { riskScore } from './risk-score.ts';
import { percentileOf } from './trials.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

test('whatever comes through the door for agents is an agent, whichever credential it has', () => {
  const kinds = (['user', 'apiKey', 'agent'] as const).map((kind) => [kindOf({ kind }, 'rest'), kindOf({ kind }, 'mcp')]);
  expect(kinds).toEqual([['user', 'agent'], ['apiKey', 'agent'], ['agent', 'agent']]); // prettier-ignore
  expect([kindOf({ kind: 'apiKey', ownerId: 'o' }, 'rest'), kindOf({ kind: 'system' }, 'mcp'), kindOf({ kind: 'user' }, 'workflow')]).toEqual(['service', 'system', 'workflow']); // prettier-ignore
  expect((['web', 'cli', 'rest', 'job', 'internal'] as const).map(surfaceOf)).toEqual(['ui', 'cli', 'rest', 'rest', 'rest']);
});

test('a proof by less than the person has is none', () => {
  const proof = { at: ago(60), methods: ['pwd', 'otp', 'mfa'] };
  expect(proofOf({ proof: { ...proof, level: 2, factors: ['totp'] } }, NOW)).toEqual({ mfaAgeSeconds: 60, amr: ['pwd', 'otp', 'mfa'] });
  expect(proofOf({ proof: { ...proof, level: 1, factors: ['totp'] } }, NOW)).toEqual({ mfaAgeSeconds: null, amr: [] });
  expect(proofOf({ proof: { at: ago(5), level: 1, factors: ['password'], methods: ['pwd'] } }, NOW)).toEqual({ mfaAgeSeconds: 5, amr: ['pwd'] });
  expect(proofOf({ proof: undefined }, NOW)).toEqual({ mfaAgeSeconds: null, amr: [] });
});

test('no secret of an input is among the facts, however deep it stands', () => {
  const schema = z.object({ name: z.string(), auth: z.object({ token: z.string().meta({ secret: true }) }), keys: z.array(z.object({ value: z.string().meta({ secret: true }) })) }); // prettier-ignore
  const word = fc.string({ minLength: 8 }).map((text) => `canary-${text}`);
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (token, values) => {
      const facts = inputOf(schema, { name: 'plain', auth: { token }, keys: values.map((value) => ({ value })) });
      expect(facts).toEqual({ name: 'plain', auth: { token: '<secret>' }, keys: values.map(() => ({ value: '<secret>' })) });
    }),
  );
});

test('a plan is told by what it touches before and after, how much and how long', () => {
  const plan = Plan.parse({
    summary: 'x',
    steps: [{ title: 'a', seconds: 100 }, { title: 'b' }, { title: 'c', seconds: 20.4 }],
    changes: [
      { action: 'update', type: 'rule', id: 'r', name: 'r', fields: [{ path: 'action', before: 'accept', after: 'drop' }, { path: 'match.chain', after: 'input' }] },
      { action: 'create', type: 'rule', name: 'n' },
    ],
    cost: { before: { amount: 400, currency: 'EUR' }, after: { amount: 900, currency: 'EUR' }, exact: true },
    warnings: ['Mind it.'],
  }); // prettier-ignore
  const facts = planFacts(plan, { risk: 'high', targets: [{ type: 'rule', id: 'r', environment: 'prod' }] });
  expect(facts).toMatchObject({ counts: { add: 1, update: 1, remove: 0 }, reversible: false, estimatedSeconds: 120, costDelta: 500, riskScore: 70 });
  expect(facts.steps![0]).toEqual({ action: 'update', type: 'rule', id: 'r', name: 'r', before: { action: 'accept', match: { chain: null } }, after: { action: 'drop', match: { chain: 'input' } } }); // prettier-ignore
  expect(planFacts(Plan.parse({ summary: 'x', facts: { riskScore: 91.6 } }), { risk: 'write', targets: [] }).riskScore).toBe(92);
});

test('what is graver never scores less, and nothing scores more than a hundred', () => {
  const plan = fc.record({
    dataLoss: fc.constantFrom(null, 'all'),
    downtime: fc.constantFrom({ kind: 'none' as const, seconds: 0 }, { kind: 'outage' as const, seconds: 9 }),
    reversible: fc.constantFrom(null, 'yes'),
    warnings: fc.constantFrom<string[]>([], ['w']),
  });
  fc.assert(
    fc.property(plan, fc.nat(30), (one, count) => {
      const targets = Array.from({ length: count }, (_, n) => ({ type: 't', id: `${n}`, environment: 'lab' }));
      const score = riskScore(one, { risk: 'write', targets });
      expect(score).toBeLessThanOrEqual(riskScore({ ...one, dataLoss: 'all' }, { risk: 'high', targets }));
      expect(score).toBeLessThanOrEqual(riskScore(one, { risk: 'write', targets: [...targets, { type: 't', id: 'p', environment: 'prod' }] }));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(riskScore(one, { risk: 'high', targets })).toBeLessThanOrEqual(100);
    }),
  );
});

test('a person stands at one place among a hundred, evenly and for each set another', () => {
  const people = Array.from({ length: 2_000 }, (_, n) => `person-${n}`);
  const below = people.filter((id) => percentileOf('a', id) < 25).length;
  expect(below).toBeGreaterThan(400);
  expect(below).toBeLessThan(600);
  expect(people.filter((id) => percentileOf('a', id) === percentileOf('b', id)).length).toBeLessThan(100);
});
