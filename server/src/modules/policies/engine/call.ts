import { Actor, Change, Counts, History, OperationFacts, Plan, Tenant, Time, User } from './cel/objects.ts';
import { present, text, toCel, toInt, toMap, toResource } from './cel/values.ts';
import { clockIn, type Clock } from './clock.ts';
import type { EngineFacts, ResourceFacts } from './facts.ts';
import type { Json, Phase } from './types.ts';

/** One call in one phase as rules look at it; what is costly to make is made once, when a rule first asks for it. */
export interface Call {
  facts: EngineFacts;
  phase: Phase;
  now: Date;
  environments: ReadonlySet<string>;
  /** The moment by clocks of a zone. */
  clock: (zone: string) => Clock;
  /** Variables of expressions, for the parameters of a set and a zone; with a resource, for that one. */
  variables: (params: Record<string, Json>, zone: string, resource?: ResourceFacts) => object;
}

/** The one environment of all resources, or `mixed`; absent when there is none. */
export function commonEnvironment({ environment, resources }: Pick<EngineFacts, 'environment' | 'resources'>): string | undefined {
  if (environment != null) return environment;
  const all = new Set(resources.map((resource) => resource.environment ?? ''));
  if (all.size === 1) return [...all][0] || undefined;
  return all.size === 0 ? undefined : 'mixed';
}

function remembering<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}

/** A field that is made when it is first read: inputs and plans can be long, and few rules read them. */
function lazily(target: object, makers: Record<string, () => unknown>): object {
  for (const [name, make] of Object.entries(makers))
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = make();
        Object.defineProperty(target, name, { value });
        return value;
      },
    });
  return target;
}

const list = (values: Json[] | undefined): unknown[] => (values ?? []).map(toCel);

const planOf = (plan: NonNullable<EngineFacts['plan']>): Plan =>
  new Plan({
    riskScore: toInt(plan.riskScore),
    findings: list(plan.findings),
    steps: list(plan.steps),
    counts: new Counts({
      add: toInt(plan.counts?.add ?? 0),
      update: toInt(plan.counts?.update ?? 0),
      remove: toInt(plan.counts?.remove ?? 0),
    }),
    reversible: plan.reversible,
    estimatedSeconds: toInt(plan.estimatedSeconds),
    costDelta: toInt(plan.costDelta),
    conflicts: list(plan.conflicts),
  });

function changeOf({ change = {} }: EngineFacts): Change {
  const { id, comment, ticket, emergency = false, requester, approvals, ageSeconds } = change;
  return new Change({
    id: present(id),
    comment: text(comment),
    ticket: text(ticket),
    emergency,
    requester: present(requester),
    approvals: list(approvals),
    ageSeconds: toInt(ageSeconds),
  });
}

const shared = (facts: EngineFacts, resource: (one: ResourceFacts) => unknown): object =>
  lazily(Object.create(null) as object, {
    user: () => {
      const { email, name, attributes, mfaAgeSeconds, amr = [], isServiceAccount = false, ...rest } = facts.user;
      return new User({ ...rest, email: present(email), name: text(name), attributes: toMap(attributes), mfaAgeSeconds: toInt(mfaAgeSeconds), amr, isServiceAccount });
    },
    actor: () => {
      const { kind, clientId, agentName, chain = [], ip, country, surface } = facts.actor;
      return new Actor({ kind, clientId: present(clientId), agentName: present(agentName), chain, ip: present(ip), country: present(country), surface });
    },
    tenant: () => new Tenant({ id: facts.tenant.id, slug: facts.tenant.slug, plan: present(facts.tenant.plan), settings: toMap(facts.tenant.settings) }),
    operation: () => {
      const { name, module = name.split('.')[0], risk, permission, idempotent = false } = facts.operation;
      return new OperationFacts({ name, module, risk, permission, idempotent });
    },
    resources: () => facts.resources.map(resource),
    // A rule may ask for it of every call: what is about no environment is simply in none.
    environment: () => commonEnvironment(facts) ?? '',
    input: () => toMap(facts.input),
    plan: () => (facts.plan ? planOf(facts.plan) : undefined),
    change: () => changeOf(facts),
    quota: () => toMap(facts.quota),
    history: () => new History({ count24h: toInt(facts.history?.count24h ?? 0), failures30d: toInt(facts.history?.failures30d ?? 0) }),
  }); // prettier-ignore

export function callOf(facts: EngineFacts, phase: Phase): Call {
  const now = new Date(facts.now);
  if (Number.isNaN(now.getTime())) throw new RangeError(`"${facts.now}" is not a moment`);
  const clock = remembering((zone: string) => clockIn(zone, now));
  const resourceOf = remembering(toResource);
  const base = shared(facts, resourceOf);
  const withParams = remembering((params: Record<string, Json>) =>
    remembering((zone: string) => Object.assign(Object.create(base) as object, { params: toMap(params), time: new Time(clock(zone)) })),
  );
  const common = commonEnvironment(facts);
  return {
    facts,
    phase,
    now,
    environments: new Set(
      [...facts.resources.map(({ environment }) => environment ?? ''), common ?? ''].filter((one) => one !== '' && one !== 'mixed'),
    ),
    clock,
    variables: (params, zone, resource) => {
      const variables = withParams(params)(zone);
      return resource ? Object.assign(Object.create(variables) as object, { resource: resourceOf(resource) }) : variables;
    },
  };
}
