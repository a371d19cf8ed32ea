import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import type { RateLimitCheck, Refusal } from './engine/index.ts';
import type { CounterKey, CounterState, Counters } from './providers/port.ts';

const keyOf = ({ key, limit, windowSeconds, algorithm, enforcement }: RateLimitCheck): CounterKey => ({
  key,
  limit,
  windowSeconds,
  algorithm,
  lenient: enforcement !== 'enforce',
});

const secondsTo = (reset: Date, at: Date): number => Math.max(1, Math.ceil((reset.getTime() - at.getTime()) / 1000));

interface Over {
  check: RateLimitCheck;
  state: CounterState;
}

const over = (checks: readonly RateLimitCheck[], states: readonly CounterState[]): Over[] =>
  checks.flatMap((check, place) => (states[place]!.isExceeded ? [{ check, state: states[place]! }] : []));

/** Of several limits that are used up, the one that lasts longest. */
function refusal({ check, state }: Over, at: Date): Refusal {
  const retryAfterSeconds = secondsTo(state.resetAt, at);
  const text = `${check.text} The limit of ${check.limit} in ${check.windowSeconds} s is used up until ${state.resetAt.toISOString()}.`;
  const extras = { limit: check.limit, window: check.windowSeconds, resetAt: state.resetAt.toISOString(), scope: 'policy', retryAfterSeconds };
  return { rule: check.rule, text, slug: check.onExceeded as Refusal['slug'], extras };
}

const lasting = (found: readonly Over[]): Over | undefined => found.toSorted((a, b) => b.state.resetAt.getTime() - a.state.resetAt.getTime())[0];

/** Looks at every limit without charging any. */
export async function checkLimits(counters: Counters, db: Database, tenantId: string, checks: readonly RateLimitCheck[], at: Date) {
  const found = over(checks, await counters.check(db, tenantId, checks.map(keyOf), at));
  const binding = lasting(found.filter(({ check }) => check.enforcement === 'enforce'));
  return {
    denied: binding ? refusal(binding, at) : undefined,
    warnings: found.filter(({ check }) => check.enforcement === 'warn').map(({ check }) => ({ rule: check.rule, text: check.text })),
  };
}

/** Charges all of them, or throws when another call took the last one meanwhile. */
export async function chargeLimits(counters: Counters, db: Database, tenantId: string, checks: readonly RateLimitCheck[], at: Date): Promise<void> {
  const found = over(checks, await counters.consume(db, tenantId, checks.map(keyOf), at));
  const binding = lasting(found.filter(({ check }) => check.enforcement === 'enforce'));
  if (!binding) return;
  const { rule, text, slug, extras } = refusal(binding, at);
  throw new Problem(slug, text, { ...extras, rule, policyId: rule });
}
