import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { diffSets } from './diff.ts';
import { evaluate } from './evaluate.ts';
import { createEvaluator } from './evaluator.ts';
import { explain } from './explain.ts';
import { lint } from './lint.ts';
import { runTests } from './run-tests.ts';
import { createStrikes } from './strikes.ts';
import { testFacts } from './test-facts.ts';
import { compiled, documentOf, readSet, rules } from './testing/sets.ts';

const APPROVAL = '{ id: prod, type: approval-required, match: { environments: [prod] }, approval: { group: board, count: 2 } }';
const withTests = (tests: string, spec = '') => readSet(`${documentOf([APPROVAL], spec)}\n  tests:\n${tests}`);

test('tests of a set say what they expected and what came', () => {
  const report = runTests(
    withTests(`    - { name: asks the board, given: { environment: prod }, expect: { effect: require, matched: [prod], approval: { groups: [board], count: 2 } } }
    - { name: leaves the lab alone, given: { environment: lab }, expect: { effect: allow, notMatched: [prod] } }
    - { name: is wrong, given: { environment: prod }, expect: { effect: allow, notMatched: [prod], problem: policy-denied, approval: { groups: [cab], count: 1 } } }
    - { name: knows no such rule, given: {}, expect: { matched: [nope] } }
    - { name: has no such risk, given: { risk: odd }, expect: { effect: allow } }`),
  );
  expect(report.results.map(({ name, passed }) => [name, passed])).toEqual([['asks the board', true], ['leaves the lab alone', true], ['is wrong', false], ['knows no such rule', false], ['has no such risk', false]]);
  expect(report.results[2]!.failures).toEqual(['expected effect allow, got require', 'expected prod not to match', 'expected problem policy-denied, got none', 'expected approval by cab; asked: board']);
  expect(report.results[4]!.failures[0]).toContain('"odd" is not a risk');
  expect(report).toMatchObject({ passed: false, uncovered: [] });
}); // prettier-ignore

test.each(['policies', 'secrets'])('the example in the guide %s passes its own tests, with every rule covered', (name) => {
  const guide = readFileSync(new URL(`../../../../../docs/guides/${name}.md`, import.meta.url), 'utf8');
  const set = readSet(/```yaml\n(.*?)```/s.exec(guide)![1]!);
  expect(runTests(set)).toMatchObject({ passed: true, uncovered: [], results: [{ passed: true }, { passed: true }, { passed: true }] });
});

test('a table of cases is one test for each row', () => {
  const { results } = runTests(withTests(`    - name: environments
      given: { operation: devices.update }
      cases:
        - { name: prod, given: { environment: prod }, expect: { effect: require } }
        - { given: { environment: lab }, expect: { effect: allow } }`));
  expect(results.map(({ name, pointer, passed }) => [name, pointer, passed])).toEqual([['environments: prod', '/spec/tests/0/cases/0', true], ['environments: 2', '/spec/tests/0/cases/1', true]]);
}); // prettier-ignore

test('where tests are required every rule has a case in which it matches and one in which it does not', () => {
  const one = '    - { name: prod only, given: { environment: prod }, expect: { effect: require } }';
  expect(runTests(withTests(one))).toMatchObject({ passed: false, uncovered: [{ policy: 'prod', missing: 'not-matching' }] });
  expect(runTests(withTests(one, '  requireTests: false'))).toMatchObject({ passed: true, uncovered: [{ policy: 'prod' }] });
});

test('lint finds what is allowed but seldom meant', () => {
  const text = documentOf(
    ['{ id: all, type: deny }', '{ id: nothing, type: deny, match: { operations: ["devcies.*"] }, onError: ignore }', '{ id: off, type: deny, enabled: false, when: "false" }'],
    '  params: { used: 1, unused: 2 }',
  );
  const found = lint(text.replace('when: "false"', `when: 'params.used == 1'`), [{ name: 'devices.update' }]).map(({ line, message }) => `${line} ${message}`);
  expect(found).toEqual([
    '7 all denies every call of the tenant, reads too',
    '8 nothing fits no Operation there is, so the rule never applies',
    '8 nothing lets calls pass when the rule cannot be evaluated',
    '9 off is switched off',
    '5 no expression reads params.unused',
  ]);
  expect(lint(documentOf(['{ id: bad, type: deny, when: "user.nme == 1" }']))[0]).toMatchObject({ severity: 'error', line: 6 });
}); // prettier-ignore

test('a difference says what may let more pass', () => {
  const set = (...lines: string[]) => readSet(documentOf(lines));
  const limit = (max: number, more = '') => `{ id: few, type: limit-targets, limitTargets: { max: ${max} }${more} }`;
  const loosens = (before: string[], after: string[]) => diffSets(set(...before), set(...after)).map(({ path, loosens: one }) => [path, one]);
  expect(loosens([limit(1)], [limit(1)])).toEqual([]);
  expect(loosens([limit(1)], [limit(2)])).toEqual([['/spec/policies/few/limitTargets/max', true]]);
  expect(loosens([limit(2)], [limit(1)])).toEqual([['/spec/policies/few/limitTargets/max', false]]);
  expect(loosens([limit(1), APPROVAL], [limit(1)])).toContainEqual(['/spec/policies/prod', true]);
  expect(loosens([limit(1)], [limit(1), APPROVAL])).toContainEqual(['/spec/policies/prod', false]);
  expect(loosens([limit(1)], [limit(1, ', enforcement: audit')])).toEqual([['/spec/policies/few/enforcement', true]]);
  expect(loosens([limit(1)], [limit(1, ', message: Fewer.')])).toEqual([['/spec/policies/few/message', false]]);
  expect(loosens([APPROVAL, limit(1)], [limit(1), APPROVAL])).toEqual([]);
});

test('a decision is told in sentences, with the values of what was asked', () => {
  const set = rules(
    `{ id: agents, type: deny, when: 'actor.kind == "agent" && size(resources) > 1', message: One at a time. }`,
    '{ id: prod, type: approval-required, phase: request, match: { environments: [prod] }, approval: { any: [{ group: board, count: 2 }, { all: [{ role: admin }, { scopeApprovers: true }] }] } }',
    '{ id: few, type: rate-limit, rateLimit: { limit: 5, window: 24h } }',
  );
  const facts = testFacts({ environment: 'prod', resourcesCount: 2, actor: { kind: 'agent' } });
  const lines = explain(evaluate([set], facts, 'request', { trace: true }));
  expect(lines[0]).toBe('Denied.');
  expect(lines).toContain('guardrails/agents forbids it: One at a time.');
  expect(lines).toContain('guardrails/prod needs approval by 2 of the team board or (1 of the role admin and 1 of who may decide over all the resources).');
  expect(lines).toContain('guardrails/few counts it: at most 5 in 24 h.');
  expect(lines).toContain('  actor.kind == "agent" → true');
  expect(lines).toContain('  size(resources) → 2');
  expect(explain(evaluate([], facts, 'request'))).toEqual(['Allowed.', 'No rule is about this call.']);
}); // prettier-ignore

const evaluator = createEvaluator();
afterAll(() => evaluator.close());

test('what the worker says is what the main thread says', async () => {
  const pairs = `resources.exists(a, resources.exists(b, a.id != b.id && a.name == b.name))`;
  const set = compiled(
    documentOf([
      `{ id: pairs, type: deny, when: '${pairs}', messageExpr: '"two are called " + resource.name' }`,
      `{ id: approve, type: approval-required, phase: request, approval: { scopeApprovers: true, when: '${pairs}' } }`,
      '{ id: cheap, type: deny, enforcement: warn }',
    ]),
    { version: '7', layer: 'platform' },
  );
  expect(set.policies.map(({ expensive }) => expensive)).toEqual([true, true, false]);
  for (const names of [['a', 'a'], ['a', 'b'], []]) {
    const facts = testFacts({ resources: names.map((name, at) => ({ id: `r${at}`, name })) });
    for (const trace of [false, true]) expect(await evaluator.evaluate([set], facts, 'request', { trace })).toEqual(evaluate([set], facts, 'request', { trace }));
  }
}); // prettier-ignore

test('a closed evaluator holds nothing open, and what waits for it counts as failed', async () => {
  const short = createEvaluator();
  const set = rules(`{ id: pairs, type: deny, when: 'resources.exists(a, resources.exists(b, a.id != b.id && a.name == b.name))' }`);
  const waiting = short.evaluate([set], testFacts({}), 'request');
  await short.close();
  expect(await waiting).toMatchObject({ effect: 'deny', errors: [{ message: 'the evaluator was closed' }] });
});

test('a set that had to be stopped three times in a row rests for a minute', () => {
  let now = 1_000;
  const strikes = createStrikes(() => now);
  const set = rules('{ id: one, type: deny }');
  for (const expected of [false, false, true]) {
    strikes.strike(set);
    expect(strikes.rests(set)).toBe(expected);
  }
  now += 60_000;
  expect(strikes.rests(set)).toBe(false);
  strikes.strike(set);
  expect(strikes.rests(set)).toBe(true);
  strikes.forgive(set);
  expect(strikes.rests(set)).toBe(false);
});
