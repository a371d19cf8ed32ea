import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileSet, type CompiledSet } from './compile.ts';
import { evaluate } from './evaluate.ts';
import { testFacts } from './test-facts.ts';
import { documentOf, readSet } from './testing/sets.ts';
import type { Given, Phase, Policy } from './types.ts';

/** One rule of each kind, with choices inside: what they ask is small, so that they often meet. */
const expression = fc.constantFrom(
  '',
  ", when: 'true'",
  ", when: 'input.n > 5'",
  ", unless: 'input.n > 5'",
  ', when: \'resource.name == "resource-2"\'',
  ", when: 'input.missing == 1'",
);
const enforcement = fc.constantFrom('', ', enforcement: warn', ', enforcement: audit');
const match = fc.constantFrom(
  '',
  ', match: { environments: [prod] }',
  ', match: { risk: [high] }',
  ', match: { operations: ["devices.**", "!devices.delete"] }',
  ', match: { actors: [agent] }',
);
const block = fc.constantFrom(
  'deny',
  'deny',
  'allow-only',
  'approval-required, approval: { scopeApprovers: true, count: 1 }',
  "approval-required, approval: { any: [{ group: board, count: 2 }, { role: admin, when: 'input.n > 5' }], distinct: true }",
  'require-comment, comment: { minLength: 5 }',
  'require-comment, comment: { minLength: 9, pattern: "x" }',
  'require-ticket',
  'rate-limit, rateLimit: { limit: 5, window: 1h, key: [user, resource] }',
  'time-window, timeWindow: { mode: deny, windows: [{ from: "11:00", to: "13:00" }] }',
  'require-step-up, stepUp: { within: 15m, amr: [hwk] }',
  'require-step-up, stepUp: { within: 5m }',
  'require-dry-run, dryRun: { maxAge: 30m }',
  'limit-targets, limitTargets: { max: 1 }',
  'canary, canary: { targets: 2 }',
  'notify, notify: { to: ["team:noc"] }',
);
const rule = fc.tuple(block, match, expression, enforcement).map((parts) => `type: ${parts.join('')} }`);
const ruleSet = fc.array(rule, { maxLength: 8 }).map((all) => all.map((one, at) => `{ id: rule-${at}, ${one}`));
const given: fc.Arbitrary<Given> = fc.record({
  operation: fc.constantFrom('devices.update', 'devices.delete', 'servers.create'),
  risk: fc.constantFrom('read', 'write', 'high'),
  environment: fc.constantFrom('prod', 'lab'),
  resourcesCount: fc.integer({ min: 0, max: 3 }),
  input: fc.record({ n: fc.integer({ min: 0, max: 10 }) }),
  actor: fc.record({ kind: fc.constantFrom('user', 'agent') }),
  change: fc.record({ comment: fc.constantFrom('', 'because', 'because of x and y'), emergency: fc.boolean() }),
});
const phase = fc.constantFrom<Phase>('request', 'plan', 'apply');

function compile(lines: readonly string[], reorder: (policies: Policy[]) => Policy[] = (all) => all): CompiledSet {
  const set = readSet(documentOf(lines));
  const done = compileSet({ ...set, policies: reorder(set.policies) });
  if (Array.isArray(done)) throw new Error(done[0]!.message);
  return done;
}

const PROPERTY = { numRuns: 300 };

test('the order of rules never matters', () => {
  const shuffled = ruleSet.chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines.map((_, at) => at), { minLength: lines.length, maxLength: lines.length })));
  fc.assert(
    fc.property(shuffled, given, phase, ([lines, order], facts, when) => {
      const there = evaluate([compile(lines)], testFacts(facts), when);
      const back = evaluate([compile(lines, (policies) => order.map((at) => policies[at]!))], testFacts(facts), when);
      expect(back).toEqual(there);
    }),
    PROPERTY,
  );
}); // prettier-ignore

test('the order of sets never matters', () => {
  fc.assert(
    fc.property(fc.array(ruleSet, { maxLength: 3 }), given, phase, (sets, facts, when) => {
      const compiled = sets.map((lines, at) => {
        const set = { ...readSet(documentOf(lines)), name: `set-${at}` };
        return compileSet(set, [], { layer: at === 0 ? 'platform' : 'tenant' }) as CompiledSet;
      });
      expect(evaluate(compiled.toReversed(), testFacts(facts), when)).toEqual(evaluate(compiled, testFacts(facts), when));
    }),
    PROPERTY,
  );
});

test('adding a deny never allows more, and an enforced deny always wins', () => {
  fc.assert(
    fc.property(ruleSet, given, phase, (lines, facts, when) => {
      const before = evaluate([compile(lines)], testFacts(facts), when);
      const after = evaluate([compile([...lines, `{ id: last, type: deny, phase: ${when} }`])], testFacts(facts), when);
      expect(after.effect).toBe('deny');
      expect(after.refusals.map(({ rule: name }) => name)).toEqual(expect.arrayContaining(['guardrails/last', ...before.refusals.map(({ rule: name }) => name)]));
      const narrow = evaluate([compile([...lines, `{ id: last, type: deny, phase: ${when}, match: { environments: [prod] } }`])], testFacts(facts), when);
      if (before.effect === 'deny') expect(narrow.effect).toBe('deny');
    }),
    PROPERTY,
  );
}); // prettier-ignore

/** A rule of type allow-only is the one kind that may allow what others of its kind do not. */
test('adding any rule but allow-only never takes a refusal, an approval or a demand away', () => {
  fc.assert(
    fc.property(ruleSet, rule.filter((one) => !one.includes('allow-only')), given, phase, (lines, more, facts, when) => {
      const before = evaluate([compile(lines)], testFacts(facts), when);
      const after = evaluate([compile([...lines, `{ id: more, ${more}`])], testFacts(facts), when);
      expect(after.refusals).toEqual(expect.arrayContaining(before.refusals));
      expect(after.requirements).toEqual(expect.arrayContaining(before.requirements));
      expect(after.unmet.map(({ slug }) => slug)).toEqual(expect.arrayContaining(before.unmet.map(({ slug }) => slug)));
      expect(after.rateLimits).toEqual(expect.arrayContaining(before.rateLimits));
    }),
    PROPERTY,
  );
}); // prettier-ignore

test('the same facts give the same ruling', () => {
  fc.assert(
    fc.property(ruleSet, given, phase, (lines, facts, when) => {
      expect(evaluate([compile(lines)], testFacts(facts), when)).toEqual(evaluate([compile(lines)], testFacts(facts), when));
    }),
    { numRuns: 50 },
  );
});

test('a trace changes nothing but itself', () => {
  fc.assert(
    fc.property(ruleSet, given, phase, (lines, facts, when) => {
      const traced = evaluate([compile(lines)], testFacts(facts), when, { trace: true });
      expect({ ...traced, matched: traced.matched.map(({ trace: _, ...one }) => one) }).toEqual(evaluate([compile(lines)], testFacts(facts), when));
    }),
    { numRuns: 100 },
  );
}); // prettier-ignore
