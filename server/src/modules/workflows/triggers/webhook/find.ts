import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/context.ts';
import type { Databases } from '#kernel/database.ts';
import { and, eq, gt, ne, or } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../../graph.ts';
import { loadGraph, type LoadedGraph } from '../../model/load.ts';
import { workflowTriggers } from '../../tables.ts';
import { WebhookTrigger } from '../config.ts';
import { TRIGGERS_TOPIC } from '../topic.ts';
import type { FoundHook } from '#kernel/hooks.ts';

/** A trigger of mode webhook, with all that its calls need. */
export interface Hook extends FoundHook {
  tenantId: string;
  workflowId: string;
  triggerId: string;
  nodeId: string;
  version: number;
  state: 'active' | 'paused' | 'retired';
  config: WebhookTrigger;
  inputSchema: Json;
  /** Value of the secret; read when the first call needs it. */
  secret: () => Promise<string>;
  /** On whose authority it runs; undefined when that is said by each call. */
  principal: Actor | undefined;
  workflow: LoadedGraph['workflow'];
}

export interface FindDeps {
  databases: Databases;
  live: Live;
  now: Clock;
  /** The tenant of an address by path; undefined for none. */
  tenantBySlug: (slug: string) => Promise<string | undefined>;
  asService: (tenantId: string, id: string) => Promise<Actor>;
  secretOf: (hook: Pick<Hook, 'tenantId' | 'workflowId' | 'workflow'>, reference: string) => Promise<string>;
}

/** Milliseconds for which a trigger, its account and its secret are kept in mind; changes are heard of at once. */
const KEPT = 30_000;

export const hookNotFound = (): Problem => new Problem('hook-not-found', 'Nothing listens at this address.');

type TriggerRow = typeof workflowTriggers.$inferSelect;

/** Nobody outside is told more than that it cannot run. */
const accountOf = (found: Promise<Actor>): Promise<Actor> =>
  found.catch((error: unknown) => {
    throw error instanceof Problem && error.slug === 'unauthenticated'
      ? new Problem('hook-account-gone', 'The workflow has no account to run as at present.')
      : error;
  });

/** Loads what a trigger's calls need, in one transaction of its tenant. */
async function loaded({ databases, asService, secretOf }: FindDeps, row: TriggerRow): Promise<Hook> {
  const { tenantId, workflowId, id: triggerId, nodeId, version, state } = row;
  const { workflow } = await databases.tenant({ tenantId, operation: 'hooks.find', readOnly: true }, (db) => loadGraph(db, tenantId, workflowId, version));
  if (workflow.deletedAt !== null) throw hookNotFound();
  const config = WebhookTrigger.parse(row.config);
  const { methods, maxBodyBytes, cors } = config;
  const principal = workflow.serviceAccountId === null ? undefined : await accountOf(asService(tenantId, workflow.serviceAccountId));
  let secret: Promise<string> | undefined;
  const hook: Hook = {
    tenantId, workflowId, triggerId, nodeId, version, state, config, inputSchema: row.config['inputSchema'] ?? null, principal, workflow, methods, maxBodyBytes, cors,
    secret: () => (secret ??= secretOf(hook, config.secret ?? '').catch((error: unknown) => ((secret = undefined), Promise.reject(error as Error)))),
  };
  return hook;
} // prettier-ignore

/** Triggers by token and by path, kept in mind: the way of a call from its address to its workflow costs no query. */
export function createFinder(deps: FindDeps) {
  const { databases, live, now } = deps;
  const kept = createCache<Hook>({ ttlMs: KEPT, max: 20_000, now });
  const stop = live.subscribe(TRIGGERS_TOPIC, kept.clear);
  const isThere = and(eq(workflowTriggers.kind, 'webhook'), ne(workflowTriggers.state, 'retired'));

  async function only(rows: readonly TriggerRow[]): Promise<Hook> {
    if (!rows[0]) throw hookNotFound();
    return loaded(deps, rows[0]);
  }

  return {
    stop,
    known: (token: string): boolean => kept.peek(sha256(token)) !== undefined,
    knownPath: (slug: string, path: string): boolean => kept.peek(`${slug}/${path}`) !== undefined,
    /** Looked up by its hash, so that the time it takes tells nothing of tokens that there are. */
    byToken(token: string): Promise<Hook> {
      const hash = sha256(token);
      return kept.read(hash, async () => {
        const old = and(eq(workflowTriggers.oldTokenHash, hash), gt(workflowTriggers.oldTokenUntil, now()));
        return only(await databases.lookUp((db) => db.select().from(workflowTriggers).where(and(isThere, or(eq(workflowTriggers.tokenHash, hash), old))).limit(1))); // prettier-ignore
      });
    },
    byPath(slug: string, path: string): Promise<Hook> {
      return kept.read(`${slug}/${path}`, async () => {
        const tenantId = (await deps.tenantBySlug(slug)) ?? '00000000-0000-0000-0000-000000000000';
        return only(await databases.lookUp((db) => db.select().from(workflowTriggers).where(and(isThere, eq(workflowTriggers.tenantId, tenantId), eq(workflowTriggers.path, path))).limit(1))); // prettier-ignore
      });
    },
  };
}
