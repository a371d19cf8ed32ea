import { setTimeout as pause } from 'node:timers/promises';
import { createCache } from '#kernel/cache.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { ALIVE_SPACE } from './claim.ts';
import { workflowTurns } from './tables.ts';
import type { Spot, Walk } from './walk.ts';

/** A secret that only so many nodes may use at the same time (workflows.md 9.6). */
interface Limit {
  id: string;
  most: number;
}

/** Secrets that a node may use now. */
export interface Turn {
  ids: readonly string[];
  giveBack: () => Promise<void>;
}

interface TurnDeps {
  databases: Databases;
  owner: number;
  limitsOf: (db: Database, walk: Walk, names: readonly string[]) => Promise<readonly Limit[]>;
  onError: (error: Error) => void;
}

/** Milliseconds: for which a limit is kept in mind, and between two looks whether there is a place. */
const KEPT = 5_000;
const LOOK = 100;
/** Seconds that a node may take where it says nothing, and beyond what it may take. */
const LONG = 3_600;
const SPARE = 60;

const NONE: Turn = { ids: [], giveBack: () => Promise.resolve() };

/** Turns that nobody takes any more: their time is over, or the process that took them is gone. Under the lock of each secret. */
const clear = (db: Database, tenantId: string, owner: number, ids: readonly string[]) =>
  db.execute(sql`delete from workflow_turns where tenant_id = ${tenantId} and secret_id = any (${sql.param(ids)}::uuid[]) and (until < now() or (owner <> ${owner} and owner not in
    (select objid::bigint from pg_locks where locktype = 'advisory' and classid = ${ALIVE_SPACE} and granted and database = (select oid from pg_database where datname = current_database()))))`); // prettier-ignore

async function isFull(db: Database, tenantId: string, limits: readonly Limit[]): Promise<boolean> {
  const ids = limits.map(({ id }) => id);
  const { rows } = await db.execute<{ id: string; n: number }>(
    sql`select secret_id as id, count(*)::int as n from workflow_turns where tenant_id = ${tenantId} and secret_id = any (${sql.param(ids)}::uuid[]) group by 1`,
  );
  const used = new Map(rows.map(({ id, n }) => [id, n]));
  return limits.some(({ id, most }) => (used.get(id) ?? 0) >= most);
}

/** Turns at secrets, over all processes. All that a node needs are taken together, or none: nobody waits with one in hand. */
export function createTurns({ databases, owner, limitsOf, onError }: TurnDeps) {
  const known = createCache<readonly Limit[]>({ ttlMs: KEPT, max: 5_000, now: () => new Date() });

  const limitsAt = (walk: Walk, names: readonly string[]): Promise<readonly Limit[]> => {
    const { tenantId } = walk.row;
    const key = [tenantId, walk.workflow.environment ?? '', ...names].join(' ');
    return known.read(key, () => databases.tenant({ tenantId, readOnly: true }, (db) => limitsOf(db, walk, names)));
  };

  async function giveBack(tenantId: string, ids: readonly string[]): Promise<void> {
    const mine = and(eq(workflowTurns.tenantId, tenantId), inArray(workflowTurns.id, [...ids]));
    // One that is not given back is over when its time is.
    await databases.tenant({ tenantId, operation: 'workflow turn' }, (db) => db.delete(workflowTurns).where(mine)).catch(onError);
  }

  /** Undefined while others use one of them. */
  async function take({ row }: Walk, { node, frame }: Spot, limits: readonly Limit[]): Promise<Turn | undefined> {
    const { tenantId, id: executionId } = row;
    const ids = limits.map(({ id }) => id).toSorted();
    const until = new Date(Date.now() + ((node.timeoutSeconds ?? LONG) + SPARE) * 1_000);
    const taken = ids.map((secretId) => ({ tenantId, id: newId(), secretId, executionId, nodeId: node.id, path: frame.path, owner, until }));
    const isMine = await databases.tenant({ tenantId, operation: 'workflow turn' }, async (db) => {
      for (const id of ids) await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`workflow turn ${tenantId} ${id}`}, 0))`);
      await clear(db, tenantId, owner, ids);
      // What this very place took before it was lost is not waited for.
      await db.execute(sql`delete from workflow_turns where tenant_id = ${tenantId} and execution_id = ${executionId} and node_id = ${node.id} and path = ${frame.path}`);
      if (await isFull(db, tenantId, limits)) return false;
      await db.insert(workflowTurns).values(taken);
      return true;
    }); // prettier-ignore
    return isMine ? { ids, giveBack: () => giveBack(tenantId, taken.map(({ id }) => id)) } : undefined; // prettier-ignore
  }

  /** Undefined while others use one of them; nothing is taken of what is not limited, or is held by the agent that calls. */
  async function turn(walk: Walk, spot: Spot, names: readonly string[]): Promise<Turn | undefined> {
    const limits = (await limitsAt(walk, names)).filter(({ id }) => !spot.turns?.includes(id));
    return limits.length === 0 ? NONE : take(walk, spot, limits);
  }

  return {
    turn,
    /** Waits for its turn, for as long as the node may take. */
    async soon(walk: Walk, spot: Spot, names: readonly string[]): Promise<Turn> {
      for (;;) {
        const mine = await turn(walk, spot, names);
        if (mine) return mine;
        await pause(LOOK, undefined, spot.abort ? { signal: spot.abort.signal } : {});
      }
    },
  };
}
export type Turns = ReturnType<typeof createTurns>;
