import { compileSet, createEvaluator, evaluate, parseSet, testFacts, type EngineFacts } from '../../server/src/modules/policies/engine/index.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const CALLS = 10_000;

/** One of each kind in turn, most of them about the call: nothing is won by rules that fall out at once. */
const KINDS = [
  (n: number) => `type: deny, match: { operations: ["servers.**", "!servers.get"] }, when: 'input.count > ${1_000 + n} && "team-${n}" in user.teams'`,
  (n: number) => `type: approval-required, phase: request, match: { environments: [prod] }, when: 'size(resources) > ${n % 20}', approval: { group: board, count: 1 }`,
  () => `type: require-comment, match: { risk: [high] }, comment: { minLength: 10 }`,
  (n: number) => `type: rate-limit, match: { risk: [write, high] }, rateLimit: { limit: ${n + 1}, window: 24h, key: [user] }`,
  () => `type: time-window, match: { environments: [prod] }, timeWindow: { mode: deny, timezone: America/New_York, windows: [{ days: [sat, sun], from: "08:00", to: "18:00" }] }`,
  (n: number) => `type: deny, when: 'operation.risk == "high" && resource.environment == "prod" && hasLabel(resource, "frozen-${n}")'`,
  (n: number) => `type: deny, match: { roles: [ops_rw] }, unless: 'resources.all(r, r.labels.app == "x" || glob(r.name, "srv-${n}-*"))'`,
  () => `type: limit-targets, match: { operations: ["servers.*"] }, limitTargets: { max: 50 }`,
]; // prettier-ignore

function setOf(rules: number): string {
  const lines = Array.from({ length: rules }, (_, n) => `    - { id: rule-${n}, ${KINDS[n % KINDS.length]!(n)} }`);
  return ['apiVersion: switchyard/v1', 'kind: PolicySet', 'metadata: { name: bench }', 'spec:', '  policies:', ...lines].join('\n');
}

/** Calls on one to three resources, as people and agents make them. */
const factsOf = (n: number): EngineFacts =>
  testFacts({
    operation: { name: 'servers.create', permission: 'servers:create', risk: n % 3 === 0 ? 'high' : 'write' },
    user: { id: `u${n % 100}`, roles: ['ops_rw'], teams: ['netops'] },
    resources: Array.from({ length: 1 + (n % 3) }, (_, at) => ({ type: 'server', id: `s${at}`, name: `srv-${at}`, environment: n % 7 === 0 ? 'prod' : 'dev', labels: { app: 'x' } })),
    input: { count: n % 50, name: `srv-${n}`, size: 'small' },
    now: new Date(Date.UTC(2026, 0, 7) + n * 60_000).toISOString(),
  }); // prettier-ignore

const { set, faults } = parseSet(setOf(200));
const compiled = set && compileSet(set);
if (!compiled || Array.isArray(compiled)) throw new Error(JSON.stringify(compiled ?? faults));
const sets = [compiled];

const asked = Array.from({ length: CALLS }, (_, n) => factsOf(n));
for (const facts of asked.slice(0, 2_000)) evaluate(sets, facts, 'request'); // until the code is hot
const times = asked.map((facts) => {
  const from = performance.now();
  evaluate(sets, facts, 'request');
  return performance.now() - from;
});
note('policy decision, 200 rules, p50', quantile(times, 0.5), 'ms');
atMost('policy decision, 200 rules, p99', quantile(times, 0.99), 'ms', 0.5);

const apart = parseSet(
  setOf(0).replace(
    'policies:',
    `policies:\n    - { id: pairs, type: deny, when: 'resources.exists(a, resources.exists(b, a.id != b.id && a.name == b.name))' }`,
  ),
).set!;
const expensive = compileSet(apart);
if (Array.isArray(expensive)) throw new Error(JSON.stringify(expensive));
const evaluator = createEvaluator();
for (const facts of asked.slice(0, 200)) await evaluator.evaluate([expensive], facts, 'request');
const far: number[] = [];
for (const facts of asked.slice(0, 1_000)) {
  const from = performance.now();
  const { errors } = await evaluator.evaluate([expensive], facts, 'request');
  if (errors.length > 0) throw new Error(errors[0]!.message);
  far.push(performance.now() - from);
}
await evaluator.close();
note('policy decision, one costly rule in the worker, p50', quantile(far, 0.5), 'ms');
note('policy decision, one costly rule in the worker, p99', quantile(far, 0.99), 'ms');
