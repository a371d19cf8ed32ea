import { jsonb, text, uuid } from '#kernel/columns.ts';
import type { Context, ReadContext } from '#kernel/context.ts';
import { tenantTable, type Database } from '#kernel/database.ts';
import { and, eq, lt } from '#kernel/drizzle.ts';
import { definePort } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, Json } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';

/** Drafts that were made from a goal, until somebody makes a workflow of them or nobody does. */
const workflowGenerations = tenantTable('workflow_generations', {
  actorId: uuid('actor_id').notNull(),
  goal: text('goal').notNull(),
  name: text('name').notNull(),
  source: text('source').notNull(),
  model: text('model'),
  graph: jsonb('graph').$type<Graph>().notNull(),
  settings: jsonb('settings').$type<Record<string, Json>>().notNull(),
});
export type Generation = typeof workflowGenerations.$inferInsert;

/** What generation asks of the process around it. */
export interface Generations {
  /** Counts one request of AI-assisted creation; throws `rate-limited` above what the plan allows in a minute. */
  count: (tenantId: string, perMinute: number) => Promise<void>;
  /** Writes down what a model made of a goal, in a transaction of its own: none is open while a model thinks. */
  keep: (generation: Generation) => Promise<void>;
}
export const Generations = definePort<Generations>('workflows.generations');

const KEPT_DAYS = 30;

/** Kept in place of what was made of the goal before. */
export async function keepGeneration(db: Database, row: Generation): Promise<void> {
  const { id: _, tenantId: __, ...set } = row;
  await db
    .insert(workflowGenerations)
    .values(row)
    .onConflictDoUpdate({ target: [workflowGenerations.tenantId, workflowGenerations.id], set });
}

/** What the caller had drafted. Throws `generation-not-found`, also for what somebody else had drafted. */
export async function findGeneration({ db, tenantId, actor }: Pick<ReadContext, 'db' | 'tenantId' | 'actor'>, id: string) {
  const { tenantId: tenant, id: key, actorId } = workflowGenerations;
  const [row] = await db
    .select()
    .from(workflowGenerations)
    .where(and(eq(tenant, tenantId), eq(key, id), eq(actorId, actor.id)));
  if (!row) throw new Problem('generation-not-found', `Nothing that you had drafted has the id "${id.slice(0, 64)}", or it is no longer kept.`);
  return row;
}

/** Of somebody who has left: nobody else could make a workflow of it. */
export async function forgetGenerations(db: Database, tenantId: string, actorId: string): Promise<void> {
  await db.delete(workflowGenerations).where(and(eq(workflowGenerations.tenantId, tenantId), eq(workflowGenerations.actorId, actorId)));
}

/** Every day: what nobody made a workflow of is forgotten. */
export async function pruneGenerations({ db, tenantId, now }: Pick<Context, 'db' | 'tenantId' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - KEPT_DAYS * 86_400_000);
  await db.delete(workflowGenerations).where(and(eq(workflowGenerations.tenantId, tenantId), lt(workflowGenerations.createdAt, before)));
}

/** One request of AI-assisted creation (workflows.md 15). Throws `rate-limited`. */
export async function countRequest({ db, tenantId, provider }: Pick<ReadContext, 'db' | 'tenantId' | 'provider'>): Promise<void> {
  const { generationsPerMinute } = await provider(Surroundings).limits(db, tenantId);
  await provider(Generations).count(tenantId, generationsPerMinute);
}
