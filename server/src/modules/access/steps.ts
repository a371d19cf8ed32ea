import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Live } from '#kernel/live.ts';
import type { Risk } from '#kernel/operation.ts';
import type { Reach, Scope } from '#kernel/scope.ts';
import { denial } from './denial.ts';
import { capped } from './patterns.ts';
import type { People, RightsChanged } from './providers/port.ts';
import { decide, isValid, type Right, type Wanted } from './rules.ts';
import { rightsOf, rolesIn } from './rights.ts';

const REMEMBERED_MS = 30_000;
const TOPIC = 'access';

export interface PermitDeps {
  now: Clock;
  live: Live;
  people: People;
}

/** Permission patterns of one grant, cut down by the key's cap. */
interface HeldRight {
  grantId: string;
  patterns: readonly string[];
  maxRisk: Risk;
  scope: Scope;
}

export interface Permit extends RightsChanged {
  /** Step 4 of the Gate: what the actor reaches with the permission. Throws `permission-denied` or `insufficient-token-scope`. */
  permit: (db: Database, actor: Actor, wanted: Wanted) => Promise<Reach>;
  /** What the actor holds now. */
  rights: (db: Database, actor: Actor) => Promise<HeldRight[]>;
  /** The same with roles and times, without the cap. */
  held: (db: Database, actor: Actor) => Promise<Right[]>;
}

/**
 * Rights are remembered for 30 s per person and tenant; whether a grant is in force is decided at each call. A change is felt at once
 * in the process that makes it and by a hint in the others, normally within a second. While a change is under way nothing is
 * remembered, since a reader beside it still sees the old rows.
 */
export function createPermit({ now, live, people }: PermitDeps): Permit {
  const remembered = createCache<Right[]>({ ttlMs: REMEMBERED_MS, max: 20_000, now });
  const roles = createCache<Awaited<ReturnType<typeof rolesIn>>>({ ttlMs: REMEMBERED_MS, max: 1_000, now });
  const unsettled = new Map<string, number>();
  const forget = (): void => {
    remembered.clear();
    roles.clear();
  };
  live.subscribe(TOPIC, forget);

  const isUnsettled = (tenantId: string): boolean => {
    const until = unsettled.get(tenantId);
    if (until === undefined) return false;
    if (until > now().getTime()) return true;
    unsettled.delete(tenantId);
    return false;
  };

  async function held(db: Database, actor: Actor): Promise<Right[]> {
    // Parts of the system and strangers have no grants; only persons do, themselves or through a key or agent.
    if (actor.kind === 'system' || actor.kind === 'anonymous') return [];
    const load = () => rightsOf(db, people, actor.tenantId, actor.id, now());
    return isUnsettled(actor.tenantId) ? load() : remembered.read(`${actor.tenantId} ${actor.id}`, load);
  }

  return {
    held,
    async permit(db, actor, wanted) {
      const verdict = decide(await held(db, actor), actor.permissionCap, wanted, now());
      if (verdict.allowed) return verdict.reach;
      const load = () => rolesIn(db, actor.tenantId);
      throw denial(verdict, wanted, actor.permissionCap, isUnsettled(actor.tenantId) ? await load() : await roles.read(actor.tenantId, load));
    },
    async rights(db, actor) {
      const at = now();
      return (await held(db, actor))
        .filter((right) => isValid(right, at))
        .map(({ grantId, patterns, maxRisk, scope }) => ({ grantId, patterns: capped(patterns, actor.permissionCap), maxRisk, scope }));
    },
    changing(tenantId) {
      forget();
      unsettled.set(tenantId, now().getTime() + REMEMBERED_MS);
    },
    changed: () => live.publish(TOPIC),
  };
}
