import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, isNull, sql } from '#kernel/drizzle.ts';
import type { Graph } from '../graph.ts';
import { workflows, workflowVersions } from '../tables.ts';

type Asking = Pick<ReadContext, 'db' | 'tenantId'>;

const ofTenant = ({ tenantId }: Asking) => and(eq(workflows.tenantId, tenantId), isNull(workflows.deletedAt));
const versionOf = and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.workflowId, workflows.id));

interface Part {
  workflow: string;
  version?: number;
}
const partsIn = ({ nodes }: Graph): Part[] =>
  nodes.flatMap(({ type, config, settings }) => {
    const { workflow, version } = config;
    if (type !== 'sub_workflow' || settings?.disabled || typeof workflow !== 'string') return [];
    return [{ workflow, ...(typeof version === 'number' ? { version } : {}) }];
  });

async function graphOf(ctx: Asking, { workflow, version }: Part): Promise<{ key: string; graph: Graph } | undefined> {
  const named = isUuid(workflow) ? eq(workflows.id, workflow) : eq(workflows.slug, workflow);
  const number = version === undefined ? eq(workflowVersions.number, workflows.activeVersion) : eq(workflowVersions.number, version);
  const [row] = await ctx.db
    .select({ id: workflows.id, number: workflowVersions.number, graph: workflowVersions.graph })
    .from(workflows)
    .innerJoin(workflowVersions, versionOf)
    .where(and(ofTenant(ctx), named, number));
  return row && { key: `${row.id} ${row.number}`, graph: row.graph };
}

/** The graph and those of all workflows that it calls as its parts: they act on the same authority. */
export async function withParts(ctx: Asking, graph: Graph): Promise<Graph[]> {
  const found = new Map([['', graph]]);
  const waiting = partsIn(graph);
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const next = await graphOf(ctx, part);
    if (!next || found.has(next.key)) continue;
    found.set(next.key, next.graph);
    waiting.push(...partsIn(next.graph));
  }
  return [...found.values()];
}

const callers = sql`'$.nodes[*] ? (@.type == "sub_workflow" && (@.config.workflow == $id || @.config.workflow == $slug))'`;

/** Service accounts of the active workflows that call this one, through whatever others: what it does it does as them. */
export async function accountsAbove(ctx: Asking, workflow: { id: string; slug: string }): Promise<string[]> {
  const accounts = new Set<string>();
  const met = new Set([workflow.id]);
  const waiting = [workflow];
  for (let below = waiting.pop(); below; below = waiting.pop()) {
    const names = JSON.stringify({ id: below.id, slug: below.slug });
    const rows = await ctx.db
      .select({ id: workflows.id, slug: workflows.slug, account: workflowVersions.serviceAccountId })
      .from(workflows)
      .innerJoin(workflowVersions, and(versionOf, eq(workflowVersions.number, workflows.activeVersion)))
      .where(and(ofTenant(ctx), sql`jsonb_path_exists(${workflowVersions.graph}, ${callers}, ${names}::jsonb)`));
    for (const { account, ...caller } of rows.filter(({ id }) => !met.has(id))) {
      met.add(caller.id);
      waiting.push(caller);
      if (account !== null) accounts.add(account);
    }
  }
  return [...accounts];
}
