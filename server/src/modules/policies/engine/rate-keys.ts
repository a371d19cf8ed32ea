import type { CompiledPolicy, CompiledSet } from './compile.ts';
import { commonEnvironment } from './call.ts';
import type { EngineFacts } from './facts.ts';
import type { RateLimitCheck } from './ruling.ts';
import type { RateKey } from './types.ts';

/** Whom a call counts for. Several resources or teams count each by itself; none counts as `-`. */
const PARTS: Readonly<Record<RateKey, (facts: EngineFacts) => readonly string[]>> = {
  user: ({ user }) => [user.id],
  tenant: ({ tenant }) => [tenant.id],
  operation: ({ operation }) => [operation.name],
  environment: (facts) => [commonEnvironment(facts) ?? '-'],
  resource: ({ resources }) => resources.map(({ type, id }) => `${type}:${id}`),
  team: ({ user }) => user.teams,
  surface: ({ actor }) => [actor.surface],
  client: ({ actor }) => [actor.clientId ?? actor.agentName ?? '-'],
};

/** The counters that one rate-limit rule looks at: one for each combination of what its key names. */
export function rateLimitsOf({ layer, set }: CompiledSet, { policy, rule }: CompiledPolicy, facts: EngineFacts, text: string): RateLimitCheck[] {
  if (policy.type !== 'rate-limit') return [];
  const { limit, windowSeconds, algorithm, onExceeded, key } = policy.rateLimit;
  let keys = [`${facts.tenant.id}/${layer}/${set.name}/${policy.id}`];
  for (const part of key) {
    const values = PARTS[part](facts);
    keys = keys.flatMap((one) => (values.length > 0 ? values : ['-']).map((value) => `${one}/${part}=${encodeURIComponent(value)}`));
  }
  const distinct = keys.length > 1 ? [...new Set(keys)] : keys;
  return distinct.map((one) => ({ rule, text, key: one, limit, windowSeconds, algorithm, onExceeded, enforcement: policy.enforcement }));
}
