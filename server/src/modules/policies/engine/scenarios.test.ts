import { afterAll, expect, test } from 'vitest';
import { compileSet } from './compile.ts';
import { parseSet } from './document/parse.ts';
import { createEvaluator } from './evaluator.ts';
import { testFacts } from './test-facts.ts';
import { ask, compiled, documentOf, faultsOf, readSet, rules } from './testing/sets.ts';

const FOUR_RULES = `
policies:
  - name: production-needs-approval
    type: approval-required
    scope: environment=prod
    description: Every change of production is agreed on first
  - name: say-why
    type: require-comment
    scope: tier=professional
  - name: fifty-a-day
    type: rate-limit
    scope: user=*
    limit: 50
  - name: not-in-office-hours
    type: time-window
    scope: environment=prod
    deny: Mon-Fri 08:00-18:00 EST
`;

test("governance 47: Given the seed's YAML example, when loaded, then four policies exist and behave as described", () => {
  const { set, faults } = parseSet(FOUR_RULES);
  expect(faults).toMatchObject([{ severity: 'warning', line: 17, column: 11, message: expect.stringContaining('EST is a fixed offset') as string }]);
  expect(set!.policies.map(({ id }) => id)).toEqual(['production-needs-approval', 'say-why', 'fifty-a-day', 'not-in-office-hours']);
  const four = compiled(FOUR_RULES);
  const prod = { operation: 'devices.update', environment: 'prod', time: '2026-07-01T02:00:00Z' };
  expect(ask(four, prod, 'plan').requirements).toEqual([
    { rule: 'imported/production-needs-approval', text: 'Every change of production is agreed on first', need: { who: 'scopeApprovers', count: 1 } },
  ]);
  expect(ask(four, { ...prod, environment: 'lab' }, 'plan').requirements).toEqual([]);
  expect(ask(four, { ...prod, risk: 'high' }).unmet).toMatchObject([{ slug: 'comment-required' }]);
  expect(ask(four, { ...prod, risk: 'high', comment: 'Line 4 moves' }).effect).toBe('allow');
  expect(ask(four, prod).rateLimits).toMatchObject([{ limit: 50, windowSeconds: 86_400, key: 'tenant-1/tenant/imported/fifty-a-day/user=user-1', onExceeded: 'policy-denied' }]);
  // EST has no daylight saving: 22:59 UTC is 17:59 in summer too.
  expect(ask(four, { ...prod, time: '2026-07-01T22:59:00Z' }).denied).toMatchObject({ rule: 'imported/not-in-office-hours', slug: 'outside-window' });
  expect(ask(four, { ...prod, time: '2026-07-01T23:00:00Z' }).denied).toBeUndefined();
  expect(ask(four, { ...prod, risk: 'read', time: '2026-07-01T22:59:00Z' }).matched).toEqual([]);
}); // prettier-ignore

test('governance 48: Given unknown field `enviroments`, when saved, then 422 with line and column', () => {
  const text = documentOf(['id: prod-only\n      type: deny\n      match:\n        enviroments: [prod]']);
  expect(faultsOf(text)).toEqual([
    {
      line: 9,
      column: 9,
      pointer: '/spec/policies/0/match/enviroments',
      message: 'unknown field "enviroments"; did you mean "environments"?',
      severity: 'error',
    },
  ]);
});

test('governance 49: Given two matching policies, one warn one deny, when evaluated in any order, then denied and both are listed', () => {
  const warn = '{ id: warns, type: deny, enforcement: warn, match: { environments: [prod] }, message: Think twice. }';
  const deny = '{ id: forbids, type: deny, match: { environments: [prod] }, message: Not here. }';
  for (const order of [[warn, deny], [deny, warn]]) {
    const ruling = ask(rules(...order), { environment: 'prod' });
    expect(ruling).toMatchObject({ effect: 'deny', denied: { rule: 'guardrails/forbids', text: 'Not here.', slug: 'policy-denied' }, warnings: [{ rule: 'guardrails/warns', text: 'Think twice.' }] });
    expect(ruling.matched.map(({ policy, effect }) => [policy, effect])).toEqual([['guardrails/forbids', 'deny'], ['guardrails/warns', 'warn']]);
  }
}); // prettier-ignore

test('governance 50: Given approvals asked by two policies, when merged, then both are needed', () => {
  const set = rules(
    '{ id: peers, type: approval-required, match: { environments: [prod] }, approval: { scopeApprovers: true, count: 1 } }',
    '{ id: board, type: approval-required, match: { risk: [high] }, approval: { group: change-board, count: 2 } }',
  );
  const { requirements, effect } = ask(set, { environment: 'prod', risk: 'high' }, 'plan');
  expect(effect).toBe('require');
  expect(requirements.map(({ rule, need }) => [rule, need])).toEqual([
    ['guardrails/board', { who: { team: 'change-board' }, count: 2 }],
    ['guardrails/peers', { who: 'scopeApprovers', count: 1 }],
  ]);
  expect(ask(set, { environment: 'prod' }, 'plan').requirements).toHaveLength(1);
});

const OFFICE =
  '{ id: office, type: time-window, timeWindow: { mode: deny, timezone: America/New_York, windows: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }] } }';

test('governance 52: Given deny Mon–Fri 08–18 New York, when 17:59 local on a day after the DST switch, then denied; 18:00 allowed', () => {
  const set = rules(OFFICE);
  // Clocks go forward on 8 March 2026 and back on 1 November: the same local hour is another hour of UTC.
  for (const [before, after] of [['2026-03-06T22:59:00Z', '2026-03-06T23:00:00Z'], ['2026-03-09T21:59:00Z', '2026-03-09T22:00:00Z'], ['2026-11-02T22:59:00Z', '2026-11-02T23:00:00Z']] as const) {
    expect(ask(set, { time: before }).denied).toMatchObject({ slug: 'outside-window', extras: { opensAt: after, timezone: 'America/New_York' } });
    expect(ask(set, { time: after }).denied).toBeUndefined();
  }
  expect(ask(set, { time: '2026-03-08T16:00:00Z' }).denied).toBeUndefined(); // a Sunday
}); // prettier-ignore

test('governance 53: Given a window crossing midnight, when 01:00 of the next day, then still inside', () => {
  const set = rules('{ id: night, type: time-window, timeWindow: { mode: allow-only, timezone: Europe/Berlin, windows: [{ days: [fri], from: "22:00", to: "02:00" }] } }');
  const denied = (time: string) => ask(set, { time }).denied?.slug;
  expect(denied('2026-01-10T00:00:00Z')).toBeUndefined(); // Saturday 01:00
  expect(denied('2026-01-10T01:00:00Z')).toBe('outside-window'); // Saturday 02:00
  expect(denied('2026-01-09T20:59:00Z')).toBe('outside-window'); // Friday 21:59
  expect(denied('2026-01-09T21:00:00Z')).toBeUndefined(); // Friday 22:00
  expect(denied('2026-01-09T00:00:00Z')).toBe('outside-window'); // Friday 01:00: Thursday has no window
}); // prettier-ignore

test('governance 54: Given a high Change estimated at 40 min and 30 min of window left, when applied, then `outside-window`', () => {
  const maintenance = (more = ''): string => `{ id: maintenance, type: time-window, timeWindow: { mode: allow-only, timezone: UTC, windows: [{ from: "20:00", to: "23:00" }]${more} } }`;
  const call = { risk: 'high', time: '2026-01-07T22:30:00Z', plan: { estimatedSeconds: 2_400 } };
  expect(ask(rules(maintenance()), call, 'apply').denied).toMatchObject({ slug: 'outside-window', extras: { reason: 'running-over', closesAt: '2026-01-07T23:00:00Z' } });
  expect(ask(rules(maintenance()), { ...call, plan: { estimatedSeconds: 1_800 } }, 'apply').denied).toBeUndefined();
  expect(ask(rules(maintenance(', allowOverrun: true')), call, 'apply').denied).toBeUndefined();
  // The gap between two times of quiet is a window too.
  expect(ask(rules(OFFICE), { ...call, time: '2026-01-07T12:30:00Z' }, 'apply').denied).toMatchObject({ extras: { closesAt: '2026-01-07T13:00:00Z' } });
}); // prettier-ignore

test('governance 55: Given a missing comment, when a high Operation is called, then 422 `comment-required` with the pattern', () => {
  const set = rules("{ id: why-high, type: require-comment, match: { risk: [high] }, comment: { minLength: 20, ticketPattern: '^(CHG|INC)-[0-9]{4,}$' } }");
  expect(ask(set, { risk: 'high' }).unmet[0]).toEqual({
    rule: 'guardrails/why-high',
    slug: 'comment-required',
    text: 'A comment of at least 20 characters is required.',
    extras: { minLength: 20, patterns: [], ticketPatterns: ['^(CHG|INC)-[0-9]{4,}$'], rules: ['guardrails/why-high'] },
  });
  const comment = 'Replace the failing optic in lon-2';
  expect(ask(set, { risk: 'high', comment, ticket: 'CHG-12' }).unmet).toMatchObject([{ slug: 'ticket-required' }]);
  expect(ask(set, { risk: 'high', comment, ticket: 'CHG-1234' })).toMatchObject({ effect: 'allow', unmet: [] });
  expect(ask(set, { risk: 'high', comment: '   x          x     ', ticket: 'CHG-1234' }).unmet).toMatchObject([{ slug: 'comment-required' }]);
  expect(ask(set, { risk: 'write' }).unmet).toEqual([]);
}); // prettier-ignore

test('governance 56: Given an expression that fails at run time on a write, when evaluated, then denied with onError noted; on a read, allowed with warning', () => {
  const rule = (more = ''): string => `{ id: fragile, type: deny, when: 'input.size > 10'${more} }`;
  expect(ask(rules(rule()), { input: {} })).toMatchObject({
    effect: 'deny',
    denied: { rule: 'guardrails/fragile', slug: 'policy-denied', extras: { onError: 'deny' } },
    errors: [{ policy: 'guardrails/fragile', message: 'No such key: size', outcome: 'denied' }],
  });
  expect(ask(rules(rule()), { input: {}, risk: 'read' })).toMatchObject({
    effect: 'warn',
    warnings: [{ rule: 'guardrails/fragile' }],
    errors: [{ outcome: 'ignored' }],
  });
  expect(ask(rules(rule(', onError: ignore')), { input: {} }).effect).toBe('warn');
  expect(ask(rules(rule(', onError: deny')), { input: {}, risk: 'read' }).effect).toBe('deny');
  expect(ask(rules(rule(', enforcement: warn')), { input: {} }).effect).toBe('warn');
  expect(ask(rules(rule(', enforcement: audit')), { input: {} })).toMatchObject({ effect: 'allow', errors: [{ outcome: 'ignored' }] });
});

test('governance 57: Given the regex `^(a+)+$` and 30 letters, when evaluated, then under 1 ms', () => {
  const set = rules(`{ id: pattern, type: deny, when: 'input.text.matches("^(a+)+$")' }`);
  // A thousand letters stand for the time: an engine that backtracks needs 2^1000 steps, this one a few for each letter.
  for (const letters of [30, 1_000]) {
    expect(ask(set, { input: { text: `${'a'.repeat(letters)}!` } })).toMatchObject({ effect: 'allow', errors: [] });
    expect(ask(set, { input: { text: 'a'.repeat(letters) } }).effect).toBe('deny');
  }
});

const evaluator = createEvaluator();
afterAll(() => evaluator.close());

test('governance 58: Given three nested comprehensions over 400 items, when saved, then refused; if forced, stopped at 50 ms', async () => {
  const text = documentOf(["{ id: spin, type: deny, when: 'input.items.all(x, input.items.all(y, input.items.all(z, x + y + z >= 0)))' }"]);
  expect(faultsOf(text)).toMatchObject([{ line: 6, column: 76, message: expect.stringContaining('2 deep at most') as string }]);
  const forced = compileSet(readSet(text), [], { limits: { comprehensionDepth: 3, iterations: Infinity, work: Infinity } });
  if (Array.isArray(forced)) throw new Error('is not forced');
  // 1 200 items: 1.7 thousand million rounds, which nobody would wait for.
  const facts = testFacts({ input: { items: Array.from({ length: 1_200 }, (_, at) => at) } });
  expect(await evaluator.evaluate([forced], facts, 'request')).toMatchObject({
    effect: 'deny',
    errors: [{ policy: 'guardrails/spin', message: 'evaluation was stopped after 50 ms', outcome: 'denied' }],
  });
  const other = rules(`{ id: twice, type: deny, when: 'input.items.exists(x, input.items.exists(y, x == 3 && y == 4))' }`);
  expect(await evaluator.evaluate([other], facts, 'request')).toMatchObject({ effect: 'deny', errors: [] });
});

test('governance 65: Given a tenant set that allows what the platform set denies, when evaluated, then denied', () => {
  const platform = (overridable: boolean) =>
    compiled(documentOf(['{ id: no-deletes, type: deny, match: { operations: ["*.delete"] } }'], `  overridable: ${overridable}`, 'platform'), { layer: 'platform' });
  const off = compiled(documentOf(['{ id: no-deletes, type: deny, enabled: false, match: { operations: ["*.delete"] } }'], '', 'ours'));
  const allowing = compiled(documentOf(['{ id: deletes, type: allow-only, match: { operations: ["*.delete"] }, when: "true" }'], '', 'ours'));
  const call = { operation: 'servers.delete' };
  expect(ask([platform(false), off], call).denied).toMatchObject({ rule: 'platform/no-deletes' });
  expect(ask([platform(false), allowing], call).denied).toMatchObject({ rule: 'platform/no-deletes' });
  expect(ask([platform(true), allowing], call).denied).toMatchObject({ rule: 'platform/no-deletes' });
  expect(ask([platform(true), off], call).effect).toBe('allow');
}); // prettier-ignore

test('governance 66: Given `actor.kind == "agent"` rule, when the same user calls by UI, then it does not match', () => {
  const set = rules(`{ id: agents, type: deny, when: 'actor.kind == "agent"' }`, '{ id: by-match, type: deny, match: { actors: [agent] } }');
  const user = { id: 'olivia', roles: ['admin'] };
  expect(ask(set, { user, actor: { kind: 'agent', agentName: 'helper', surface: 'mcp' } }).refusals).toHaveLength(2);
  expect(ask(set, { user, actor: { kind: 'user', surface: 'ui' } })).toMatchObject({ effect: 'allow', matched: [] });
});
