import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq, isNull, sql } from '#kernel/drizzle.ts';
import type { Risk } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Json } from '../../graph.ts';
import { workflows, workflowTriggers, workflowVersions } from '../../tables.ts';

type Reading = Pick<ReadContext, 'db' | 'tenantId'>;

/** A workflow that its tenant has published as an Operation. */
export interface Published {
  id: string;
  slug: string;
  name: string;
  description: string;
  /** Of the version that is called. */
  environment: string | null;
  labels: Record<string, string>;
  version: number;
  nodeId: string;
  triggerId: string;
  config: Record<string, Json>;
}

/** Those of the tenant that can be called now: what is paused or put away cannot. */
export async function publishedOf({ db, tenantId }: Reading, slug?: string): Promise<Published[]> {
  const rows = await db
    .select({
      id: workflows.id, slug: workflows.slug, name: workflows.name, description: workflows.description, environment: sql<string | null>`${workflowVersions.settings} ->> 'environment'`, labels: workflows.labels,
      version: workflowTriggers.version, nodeId: workflowTriggers.nodeId, triggerId: workflowTriggers.id, config: workflowTriggers.config,
    })
    .from(workflowTriggers)
    .innerJoin(workflows, and(eq(workflows.tenantId, workflowTriggers.tenantId), eq(workflows.id, workflowTriggers.workflowId)))
    .innerJoin(workflowVersions, and(eq(workflowVersions.tenantId, workflowTriggers.tenantId), eq(workflowVersions.workflowId, workflowTriggers.workflowId), eq(workflowVersions.number, workflowTriggers.version)))
    .where(
      and(
        eq(workflowTriggers.tenantId, tenantId),
        eq(workflowTriggers.kind, 'operation'),
        eq(workflowTriggers.state, 'active'),
        eq(workflows.status, 'active'),
        isNull(workflows.deletedAt),
        slug === undefined ? undefined : eq(workflows.slug, slug),
      ),
    )
    .orderBy(asc(workflows.slug), asc(workflowTriggers.createdAt), asc(workflowTriggers.id));
  // The name is that of the workflow, so of several triggers the first is it.
  return rows.filter((row, at) => rows[at - 1]?.slug !== row.slug).map((row) => ({ ...row, description: row.description ?? '' }));
} // prettier-ignore

/** Throws `workflow-not-found`, as for what never was. */
export async function findPublished(ctx: Reading, slug: string): Promise<Published> {
  const [found] = await publishedOf(ctx, slug);
  if (!found) throw new Problem('workflow-not-found', `No workflow is published as an Operation under "${slug.slice(0, 64)}" in this tenant.`);
  return found;
}

/** What was said when it was published; what says nothing may do everything that it needs to. */
export const declaredRisk = ({ config }: Pick<Published, 'config'>): Risk => {
  const { risk } = config;
  return risk === 'read' || risk === 'write' ? risk : 'high';
};
