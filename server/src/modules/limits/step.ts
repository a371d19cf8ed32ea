import { RateLimiterMemory } from 'rate-limiter-flexible';
import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import { NO_TENANT, type Actor } from '#kernel/context.ts';
import type { Counters, Quota, Standing } from '#kernel/counters.ts';
import type { Databases } from '#kernel/database.ts';
import type { Call, RateState, Steps } from '#kernel/gate-steps.ts';
import type { Live } from '#kernel/live.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Limits } from './providers/port.ts';
import { createConcurrency, type ConcurrencyDeps } from './concurrency.ts';
import { createTelling } from './exceeded.ts';
import { quotasFor, ROLE_DEFAULTS, type Caller, type Override } from './quotas.ts';
import { limitOverrides } from './tables.ts';

/** Heard when a tenant's quotas change anywhere. */
const LIMITS_TOPIC = 'limits';
const REMEMBERED_MS = 30_000;

export interface LimitDeps {
  counters: Counters;
  databases: Databases;
  live: Live;
  now: Clock;
  /** Keys of the roles that somebody holds now. */
  rolesOf: (actor: Actor) => Promise<readonly string[]>;
  /** Processes that share the counters. */
  processes: () => number;
  /** Multiplies every quota; for load tests. */
  factor: number;
  leases: ConcurrencyDeps['leases'];
  /** Told of each refusal, with a role of who was refused and the quota; for metrics. */
  observe?: ((role: string, layer: string) => void) | undefined;
  onError: (error: Error) => void;
}

const KINDS: Record<Actor['kind'], Caller['kind']> = { user: 'session', apiKey: 'key', agent: 'agent', system: 'session', anonymous: 'stranger' };
const stateOf = ({ quota, remaining, waitMs }: Standing): RateState => ({
  limit: quota.limit,
  remaining,
  resetSeconds: Math.max(1, Math.ceil(waitMs / 1_000)),
  policy: quota.name,
});

const WORDS: Record<string, string> = { burst: 'a minute', tenant: 'an hour for your whole organisation', hour: 'an hour', day: 'a day', 'key-hour': 'an hour with this key', 'key-day': 'a day with this key' }; // prettier-ignore

/** The refusal, with what a client needs to wait just long enough. */
function refusal({ quota, waitMs }: Standing, now: Date): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const resetAt = new Date(now.getTime() + waitMs).toISOString();
  return new Problem('rate-limited', `More than ${quota.limit} calls ${WORDS[quota.name] ?? quota.name}. Wait ${seconds} s.`, {
    retryAfterSeconds: seconds,
    limit: quota.limit,
    window: quota.seconds,
    resetAt,
    scope: quota.name,
  });
}

/** Counts in this process alone, at its share of the limit, while the common counters do not answer. */
function createFallback(processes: () => number) {
  const limiters = new Map<string, RateLimiterMemory>();
  return async (tenantId: string, { key, name, limit, seconds }: Quota): Promise<boolean> => {
    const points = Math.max(1, Math.floor(limit / Math.max(1, processes())));
    const kind = `${points} ${seconds}`;
    let limiter = limiters.get(kind);
    if (!limiter) limiters.set(kind, (limiter = new RateLimiterMemory({ points, duration: seconds })));
    return limiter.consume(`${tenantId} ${key} ${name}`).then(() => true, () => false); // prettier-ignore
  };
}

/** Step 3 of the Gate: quotas of person, key, agent and tenant, over all processes together. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createLimits(deps: LimitDeps): { step: Steps['rateLimit']; enter: NonNullable<Steps['enter']>; limits: Limits } {
  const { counters, databases, live, now, rolesOf, processes, factor, leases, observe = () => undefined, onError } = deps;
  const concurrency = createConcurrency({ leases, processes, factor });
  const tell = createTelling({ counters, databases, live, now });
  const remembered = createCache<readonly Override[]>({ ttlMs: REMEMBERED_MS, max: 10_000, now });
  live.subscribe(LIMITS_TOPIC, remembered.clear);
  const fallback = createFallback(processes);

  const overridesOf = (tenantId: string): Promise<readonly Override[]> =>
    tenantId === NO_TENANT
      ? Promise.resolve([])
      : remembered.read(tenantId, () => databases.tenant({ tenantId, readOnly: true }, (db) => db.select().from(limitOverrides)));

  async function callerOf(actor: Actor): Promise<Caller> {
    const kind = KINDS[actor.kind];
    const knowsRoles = kind !== 'stranger' && actor.tenantId !== NO_TENANT;
    return {
      personId: actor.id,
      credentialId: actor.credentialId,
      kind,
      isServiceAccount: actor.ownerId !== undefined,
      roles: knowsRoles ? await rolesOf(actor) : [],
      ip: actor.ip,
    };
  }
  const quotasOf = async (actor: Actor, cost: 0 | 1): Promise<[Quota, ...Quota[]]> =>
    quotasFor(await callerOf(actor), cost, await overridesOf(actor.tenantId), factor);

  /** Reading goes on at this process's share; what writes waits until it is counted properly again. */
  async function without(cause: unknown, actor: Actor, quotas: readonly Quota[], risk: Risk): Promise<RateState | null> {
    if (risk !== 'read')
      throw new Problem('dependency-unavailable', 'Calls cannot be counted at the moment, so nothing is changed. Try again in a few seconds.', { retryAfterSeconds: 5 }, { cause }); // prettier-ignore
    for (const quota of quotas)
      if (!(await fallback(actor.tenantId, quota))) throw refusal({ quota, remaining: 0, waitMs: quota.seconds * 1_000 }, now());
    return null;
  }

  /** A person who looks around in a browser is not counted as a program is. */
  const costOf = (risk: Risk, credentials: Call['credentials']): 0 | 1 => (risk === 'read' && credentials?.kind === 'session' ? 0 : 1);

  /** One that comes with the product, so that a label takes few values. */
  const roleOf = async (actor: Actor): Promise<string> => {
    if (actor.kind === 'anonymous') return 'none';
    if (actor.ownerId !== undefined) return 'service-account';
    const roles = actor.tenantId === NO_TENANT ? [] : await rolesOf(actor).catch(() => []);
    return roles.find((role) => role in ROLE_DEFAULTS) ?? (roles.length === 0 ? 'none' : 'own');
  };
  /** Behind the caller's back, who has been refused already. */
  const noteRefused = (actor: Actor, layer: string, standing?: Standing): void => {
    const noted = async (): Promise<void> => {
      observe(await roleOf(actor), layer);
      if (standing) await tell(actor, standing);
    };
    noted().catch(onError);
  };

  return {
    async enter(actor) {
      return concurrency.enter(actor).catch((error: unknown) => {
        noteRefused(actor, 'concurrency');
        throw error;
      });
    },
    async step(actor, { risk }, { credentials }) {
      const quotas = await quotasOf(actor, costOf(risk, credentials));
      const taken = await counters.take(actor.tenantId, quotas).catch((cause: unknown) => ({ cause }));
      if ('cause' in taken) return without(taken.cause, actor, quotas, risk);
      if (taken.allowed) return stateOf(taken.tightest);
      noteRefused(actor, taken.tightest.quota.name, taken.tightest);
      throw Object.defineProperty(refusal(taken.tightest, now()), 'rate', { value: stateOf(taken.tightest), enumerable: false });
    },
    limits: {
      standing: async (actor) => counters.look(actor.tenantId, await quotasOf(actor, 1)),
      changed: () => live.publish(LIMITS_TOPIC),
    },
  };
}
