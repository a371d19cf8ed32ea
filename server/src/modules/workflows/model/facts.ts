import { Ai } from '#kernel/ai.ts';
import type { ReadContext } from '#kernel/context.ts';
import { and, count, eq, isNotNull, isNull, ne, sql } from '#kernel/drizzle.ts';
import { embeddingModel } from '#kernel/recall/meaning.ts';
import type { Graph } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows, workflowTriggers, workflowVersions } from '../tables.ts';
import type { CallableFact, Facts } from '../validation/index.ts';
import { operationFactsOf } from './operation-facts.ts';

type Asking = Pick<ReadContext, 'db' | 'tenantId' | 'provider' | 'now'>;

/** workflows.md 15: bytes of a graph, bytes of pinned data, triggers of a workflow. */
export const SIZES = { graphBytes: 1_048_576, pinnedBytes: 5 * 1_048_576, triggers: 10 } as const;

/** Other workflows, with whom each calls as a part of it; asked only by graphs that call some. */
async function callables({ db, tenantId }: Asking, graph: Graph): Promise<CallableFact[]> {
  if (!graph.nodes.some(({ type }) => type === 'sub_workflow')) return [];
  const calls = sql<unknown[]>`jsonb_path_query_array(${workflowVersions.graph}, '$.nodes[*] ? (@.type == "sub_workflow").config.workflow')`;
  const callable = sql<boolean>`jsonb_path_exists(${workflowVersions.graph}, '$.nodes[*] ? (@.type == "trigger" && @.config.mode == "workflow")')`;
  const active = and(
    eq(workflowVersions.tenantId, workflows.tenantId),
    eq(workflowVersions.workflowId, workflows.id),
    eq(workflowVersions.number, workflows.activeVersion),
  );
  const rows = await db
    .select({ id: workflows.id, slug: workflows.slug, callable, calls })
    .from(workflows)
    .innerJoin(workflowVersions, active)
    .where(and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt)));
  const bySlug = new Map(rows.map(({ slug, id }) => [slug, id]));
  return rows.map((row) => ({ ...row, calls: row.calls.filter((one) => typeof one === 'string').map((one) => bySlug.get(one) ?? one) }));
}

async function hooks({ db, tenantId }: Asking, workflowId: string | null) {
  const others = and(
    eq(workflowTriggers.tenantId, tenantId),
    eq(workflowTriggers.kind, 'webhook'),
    ne(workflowTriggers.state, 'retired'),
    workflowId === null ? undefined : ne(workflowTriggers.workflowId, workflowId),
  );
  const [used] = await db.select({ count: count() }).from(workflowTriggers).where(others);
  const paths = await db
    .select({ path: workflowTriggers.path })
    .from(workflowTriggers)
    .where(and(others, isNotNull(workflowTriggers.path)));
  return { used: used!.count, paths: new Set(paths.map(({ path }) => path!)) };
}

/** Whether somebody thinks for agents that name no model, whether these need a bound, and whether searches are told what texts mean; asked only where there are some. */
async function modelFacts(
  { db, tenantId, provider }: Asking,
  { nodes }: Graph,
): Promise<Pick<Facts, 'hasModel' | 'hasEmbedding' | 'budgetsDemanded'>> {
  const has = (...types: string[]): boolean => nodes.some(({ type }) => types.includes(type));
  return {
    ...(has('ai_agent', 'planner') ? { hasModel: (await provider(Ai).modelFor(db, tenantId, 'agent')) !== undefined } : {}),
    ...(has('ai_agent') ? { budgetsDemanded: await provider(Surroundings).budgetsRequired(db, tenantId) } : {}),
    ...(has('memory_search', 'rag_context') ? { hasEmbedding: (await embeddingModel(provider(Ai), db, tenantId)) !== undefined } : {}),
  };
}

/** What validation has to know beside the graph. `environment` is the workflow's, which decides on the secrets and variables it sees. */
export async function factsFor(ctx: Asking, graph: Graph, { workflowId, environment }: { workflowId: string | null; environment: string | null }): Promise<Facts> {
  const surroundings = ctx.provider(Surroundings);
  const limits = await surroundings.limits(ctx.db, ctx.tenantId);
  const { used, paths } = await hooks(ctx, workflowId);
  return {
    workflowId,
    operations: operationFactsOf(surroundings.operations),
    ...(await surroundings.names(ctx.db, ctx.tenantId, environment)),
    webhookPaths: paths,
    workflows: await callables(ctx, graph),
    limits: {
      ...SIZES,
      nodes: limits.nodes,
      connections: limits.connections,
      scheduleSeconds: limits.scheduleSeconds,
      webhooks: { used, most: limits.webhooks ?? Number.MAX_SAFE_INTEGER },
    },
    ...(await modelFacts(ctx, graph)),
    timezone: await surroundings.timezone(ctx.db, ctx.tenantId),
    now: ctx.now(),
  };
} // prettier-ignore
