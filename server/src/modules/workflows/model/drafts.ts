import type { Context } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq, gt, lte } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { workflowEdits, workflows, type WorkflowRow } from '../tables.ts';
import type { Draft, Edit } from './edits.ts';
import { SIZES } from './facts.ts';
import { asVersion } from './hash.ts';
import { indexDraft } from './indexing.ts';
import { authorOf } from './store.ts';

/** Revisions whose edits are kept for those who were overtaken. */
const KEPT_REVISIONS = 500;

type Writing = Pick<Context, 'db' | 'tenantId' | 'provider' | 'now' | 'actor' | 'emit'>;

/** Edits made since a revision, in their order; null when some of them are no longer kept. */
async function missedSince(db: Database, row: WorkflowRow, revision: number): Promise<Edit[] | null> {
  const rows = await db
    .select({ revision: workflowEdits.revision, ops: workflowEdits.ops })
    .from(workflowEdits)
    .where(and(eq(workflowEdits.tenantId, row.tenantId), eq(workflowEdits.workflowId, row.id), gt(workflowEdits.revision, revision)))
    .orderBy(asc(workflowEdits.revision));
  return rows.length === row.revision - revision ? rows.flatMap(({ ops }) => ops) : null;
}

/** Throws `revision-required` or `revision-conflict`: whoever edits a draft names the revision that it was read at. */
export async function requireRevision(db: Database, row: WorkflowRow, ifMatch: string | undefined): Promise<void> {
  const seen = ifMatch?.replaceAll(/^W\/|"/g, '').trim();
  const { name, revision } = row;
  if (seen === undefined || seen === '') throw new Problem('revision-required', `Send If-Match with the revision of "${name}" that you read.`);
  if (seen === '*' || seen === String(revision)) return;
  const number = /^\d{1,9}$/.test(seen) ? Number(seen) : undefined;
  const missed = number === undefined || number > revision ? null : await missedSince(db, row, number);
  throw new Problem(
    'revision-conflict',
    `"${name}" is at revision ${revision}, and your edit is based on ${seen.slice(0, 20)}. Nothing was changed.`,
    {
      revision,
      missed,
    },
  );
}

const tooMuch = (limit: string, used: number, most: number): Problem =>
  new Problem('limit-exceeded', `The draft would have ${used} of ${limit}, and ${most} is the most.`, { limit, used, most });

/** Throws `plan-limit` or `limit-exceeded` for a graph that is too large. */
export async function requireSize(ctx: Pick<Context, 'db' | 'tenantId' | 'provider'>, graph: Graph): Promise<void> {
  const { plan, nodes, connections } = await ctx.provider(Surroundings).limits(ctx.db, ctx.tenantId);
  for (const [limit, used, most] of [['nodes', graph.nodes.length, nodes], ['connections', graph.connections.length, connections]] as const)
    if (used > most) throw new Problem('plan-limit', `The plan ${plan} has room for ${most} ${limit} in a workflow, and these are ${used}.`, { limit, used, most });
  const all = JSON.stringify(graph).length;
  const plain = all <= SIZES.graphBytes ? all : JSON.stringify(asVersion(graph)).length;
  if (plain > SIZES.graphBytes) throw tooMuch('bytes of the graph', plain, SIZES.graphBytes);
  if (all - plain > SIZES.pinnedBytes) throw tooMuch('bytes of pinned data', all - plain, SIZES.pinnedBytes);
} // prettier-ignore

/** The draft is the next revision from now on. What runs stays as it is. */
export async function saveDraft(ctx: Writing, row: WorkflowRow, next: Draft, edits: readonly Edit[]): Promise<WorkflowRow> {
  await requireSize(ctx, next.graph);
  const { db, tenantId } = ctx;
  const [at, author, revision] = [ctx.now(), authorOf(ctx.actor), row.revision + 1];
  const mine = and(eq(workflows.tenantId, tenantId), eq(workflows.id, row.id));
  const environment = next.settings.environment ?? null;
  const [saved] = await db.update(workflows).set({ draft: next.graph, settings: next.settings, environment, revision, updatedBy: author, updatedAt: at }).where(mine).returning(); // prettier-ignore
  await db
    .insert(workflowEdits)
    .values({ tenantId, id: newId(), workflowId: row.id, revision, ops: [...edits], author, createdAt: at, updatedAt: at });
  if (revision % 50 === 0) await db.delete(workflowEdits).where(and(eq(workflowEdits.tenantId, tenantId), eq(workflowEdits.workflowId, row.id), lte(workflowEdits.revision, revision - KEPT_REVISIONS))); // prettier-ignore
  await indexDraft(db, row, row.draft, next.graph);
  ctx.emit('workflow.updated', { workflowId: row.id, name: row.name, revision, fields: ['draft'], by: author.id });
  return saved!;
}
