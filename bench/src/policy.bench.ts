import type { PolicyFacts } from '../../server/src/kernel/gate-steps.ts';
import { judge } from '../../server/src/modules/governance/policy.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const CALLS = 20_000;

const facts = (n: number): PolicyFacts => ({
  phase: 'request',
  actor: { kind: 'user', id: `u${n % 100}`, name: 'Bench', email: null, tenantId: 't', tenantSlug: 't', credentialId: null, permissionCap: null, ip: null },
  operation: { name: 'servers.create', permission: 'servers:create' },
  risk: n % 3 === 0 ? 'high' : 'write',
  targets: Array.from({ length: 1 + (n % 20) }, (_, at) => ({ type: 'server', id: `s${at}`, environment: n % 7 === 0 ? 'prod' : 'dev', labels: { app: 'x' } })),
  plan: undefined,
  envelope: {},
  surface: 'rest',
  now: new Date(),
}); // prettier-ignore

/** The rules that are built in; a tenant's own come with the policy language. */
for (let n = 0; n < CALLS; n++) judge(facts(n)); // until the code is hot
const asked = Array.from({ length: CALLS }, (_, n) => facts(n));
const times = asked.map((one) => {
  const from = performance.now();
  judge(one);
  return performance.now() - from;
});
note('policy decision, built-in rules, p50', quantile(times, 0.5), 'ms');
atMost('policy decision, built-in rules, p99', quantile(times, 0.99), 'ms', 0.5);
