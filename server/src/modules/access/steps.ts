import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Live } from '#kernel/live.ts';
import type { Risk } from '#kernel/operation.ts';
import type { Reach, Scope } from '#kernel/scope.ts';
import { denial } from './denial.ts';
import { capped, withinCap } from './patterns.ts';
import type { People, RightsChanged } from './providers/port.ts';
import { decide, isValid, riskWithin, type Verdict, type Wanted } from './rules.ts';
import { holdingsOf, rolesIn, withGroups, type Holdings } from './rights.ts';
import { scopeOfBoth } from './scopes.ts';

const REMEMBERED_MS = 30_000;
/** Heard when roles or grants change anywhere. */
export const RIGHTS_TOPIC = 'access';
/** What every key is told: who it is and what it may do, cut down to its cap. */
const FOR_EVERY_KEY: ReadonlySet<string> = new Set(['auth.me']);
const TOKEN = { allowed: false, stage: 'token' } as const;
/** An agent's token is made for reads, for writes too, or for everything. */
const isWithinRisk = ({ riskCap }: Actor, { risk }: Wanted): boolean => riskCap === undefined || riskWithin(risk, riskCap);
const OWN: Reach = [{ grantId: 'own', scope: { all: true } }];

/** What two reach both, by a grant of the first with one of the second. */
const reachOfBoth = (mine: Reach, theirs: Reach): Reach =>
  mine
    .flatMap(({ grantId, scope }) => theirs.map((other) => ({ grantId, scope: scopeOfBoth(scope, other.scope) })))
    .filter(({ scope }) => 'all' in scope || scope.any.length > 0);

export interface PermitDeps {
  now: Clock;
  live: Live;
  people: People;
}

/** Permission patterns of one grant, cut down by the key's cap. */
export interface HeldRight {
  grantId: string;
  patterns: readonly string[];
  maxRisk: Risk;
  scope: Scope;
}

export interface Permit extends RightsChanged {
  /** Step 4 of the Gate: what the actor reaches with the permission. Throws `permission-denied` or `insufficient-token-scope`. */
  permit: (db: Database, actor: Actor, wanted: Wanted) => Promise<Reach>;
  /** What anybody holds, read afresh, with the groups of Scopes by name. */
  holdings: (db: Database, tenantId: string, personId: string) => Promise<Holdings>;
  /** Keys of the roles that the actor is known to hold, without asking the database; none when nothing is remembered. */
  rolesInMind: (actor: Actor) => readonly string[];
  /** What the actor holds now, and what is denied to them. */
  rights: (db: Database, actor: Actor) => Promise<{ rights: HeldRight[]; denied: readonly string[] }>;
}

/**
 * Rights are remembered for 30 s per person and tenant, with the content of the groups they name; whether a grant is in force is
 * decided at each call. A change is felt at once in the process that makes it and by a hint in the others, normally within a second.
 * While a change is under way nothing is remembered, since a reader beside it still sees the old rows.
 */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createPermit({ now, live, people }: PermitDeps): Permit {
  const remembered = createCache<Holdings>({ ttlMs: REMEMBERED_MS, max: 20_000, now });
  const caps = createCache<Scope>({ ttlMs: REMEMBERED_MS, max: 20_000, now });
  const roles = createCache<Awaited<ReturnType<typeof rolesIn>>>({ ttlMs: REMEMBERED_MS, max: 1_000, now });
  const unsettled = new Map<string, number>();
  const forget = (): void => {
    remembered.clear();
    caps.clear();
    roles.clear();
  };
  live.subscribe(RIGHTS_TOPIC, forget);

  const isUnsettled = (tenantId: string): boolean => {
    const until = unsettled.get(tenantId);
    if (until === undefined) return false;
    if (until > now().getTime()) return true;
    unsettled.delete(tenantId);
    return false;
  };

  async function held(db: Database, actor: Actor): Promise<Holdings> {
    // Parts of the system and strangers have no grants; only persons do, themselves or through a key or agent.
    if (actor.kind === 'system' || actor.kind === 'anonymous') return { rights: [], denies: [] };
    const load = async (): Promise<Holdings> => {
      const { rights, denies } = await holdingsOf(db, people, actor.tenantId, actor.id, now());
      return { rights: await withGroups(db, actor.tenantId, rights), denies };
    };
    return isUnsettled(actor.tenantId) ? load() : remembered.read(`${actor.tenantId} ${actor.id}`, load);
  }

  /** What the key reaches at most, with the content of its groups. */
  async function capOf(db: Database, { tenantId, credentialId, scopeCap }: Actor): Promise<Scope> {
    if (scopeCap === undefined || 'all' in scopeCap) return { all: true };
    const load = async (): Promise<Scope> => (await withGroups(db, tenantId, [{ scope: scopeCap }]))[0]!.scope;
    return isUnsettled(tenantId) || credentialId === null ? load() : caps.read(`${tenantId} ${credentialId}`, load);
  }

  async function refuse(db: Database, actor: Actor, verdict: Exclude<Verdict, { allowed: true }>, wanted: Wanted): Promise<never> {
    const load = () => rolesIn(db, actor.tenantId);
    throw denial(verdict, wanted, actor, isUnsettled(actor.tenantId) ? await load() : await roles.read(actor.tenantId, load));
  }

  async function ofOne(db: Database, actor: Actor, wanted: Wanted): Promise<Reach> {
    if (wanted.access === 'self') {
      if (FOR_EVERY_KEY.has(wanted.name) || (withinCap(actor.permissionCap, wanted.permission) && isWithinRisk(actor, wanted))) return OWN;
      return refuse(db, actor, { allowed: false, stage: 'token' }, wanted);
    }
    const { rights, denies } = await held(db, actor);
    const decided = decide(rights, actor.permissionCap, wanted, now(), denies);
    // What is denied to the person is told before what the token lacks, as for keys.
    const verdict = isWithinRisk(actor, wanted) || (!decided.allowed && decided.stage === 'deny') ? decided : TOKEN;
    if (!verdict.allowed) return refuse(db, actor, verdict, wanted);
    if (actor.scopeCap === undefined) return verdict.reach;
    const cap = await capOf(db, actor);
    return verdict.reach.map(({ grantId, scope }) => ({ grantId, scope: scopeOfBoth(scope, cap) }));
  }

  return {
    async permit(db, actor, wanted) {
      let reach = await ofOne(db, actor, wanted);
      for (const bound of actor.within ?? []) reach = reachOfBoth(reach, await ofOne(db, bound, wanted));
      return reach;
    },
    holdings: (db, tenantId, personId) => holdingsOf(db, people, tenantId, personId, now()),
    async rights(db, actor) {
      // What several may do together is nothing that one of them could hand on.
      if (actor.within) return { rights: [], denied: [] };
      const at = now();
      const { rights, denies } = await held(db, actor);
      const open = rights.filter((right) => isValid(right, at));
      return {
        rights: open.map(({ grantId, patterns, maxRisk, scope }) => ({ grantId, patterns: capped(patterns, actor.permissionCap), maxRisk, scope })),
        denied: denies.filter((deny) => deny.validUntil === null || at < deny.validUntil).flatMap((deny) => deny.patterns),
      };
    },
    rolesInMind(actor) {
      const at = now();
      const rights = remembered.peek(`${actor.tenantId} ${actor.id}`)?.rights.filter((right) => isValid(right, at)) ?? [];
      return [...new Set(rights.map(({ role }) => role))];
    },
    changing(tenantId) {
      forget();
      unsettled.set(tenantId, now().getTime() + REMEMBERED_MS);
    },
    changed: () => live.publish(RIGHTS_TOPIC),
  };
}
