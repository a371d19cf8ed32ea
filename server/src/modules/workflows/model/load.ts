import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, WorkflowSettings } from '../graph.ts';
import { workflows, workflowVersions, type WorkflowStatus } from '../tables.ts';
import { draftHash } from './hash.ts';

/** What of a workflow runs, and on whose authority. */
export interface LoadedGraph {
  graph: Graph;
  settings: WorkflowSettings;
  /** Equal for equal content; programs are kept by it. */
  hash: string;
  workflow: {
    id: string;
    name: string;
    slug: string;
    environment: string | null;
    runAs: 'invoker' | 'service';
    /** Service account that it runs as; null for `invoker` and for drafts, which run as whoever tries them. */
    serviceAccountId: string | null;
    status: WorkflowStatus;
    activeVersion: number | null;
    ownerId: string;
    /** Deleted workflows are loaded too: what runs may end. */
    deletedAt: Date | null;
  };
}

const columns = {
  id: workflows.id, name: workflows.name, slug: workflows.slug, environment: workflows.environment, status: workflows.status,
  activeVersion: workflows.activeVersion, ownerId: workflows.ownerId, deletedAt: workflows.deletedAt,
}; // prettier-ignore

/** A version of a workflow, or its draft. Throws `workflow-not-found` or `version-not-found`. */
export async function loadGraph(db: Database, tenantId: string, workflowId: string, version: number | 'draft'): Promise<LoadedGraph> {
  const mine = and(eq(workflows.tenantId, tenantId), eq(workflows.id, workflowId));
  if (version === 'draft') {
    const [row] = await db
      .select({ ...columns, graph: workflows.draft, settings: workflows.settings })
      .from(workflows)
      .where(mine);
    if (!row) throw new Problem('workflow-not-found', `There is no workflow "${workflowId.slice(0, 64)}" in this tenant.`);
    const { graph, settings, ...workflow } = row;
    return { graph, settings, hash: draftHash(graph, settings), workflow: { ...workflow, runAs: 'invoker', serviceAccountId: null } };
  }
  const { graph, settings, hash, serviceAccountId } = workflowVersions;
  const [row] = await db
    .select({ ...columns, graph, settings, hash, serviceAccountId })
    .from(workflows)
    .innerJoin(workflowVersions, and(eq(workflowVersions.tenantId, workflows.tenantId), eq(workflowVersions.workflowId, workflows.id)))
    .where(and(mine, eq(workflowVersions.number, version)));
  if (!row) throw new Problem('version-not-found', `There is no version ${version} of workflow "${workflowId.slice(0, 64)}".`);
  const { graph: nodes, settings: set, hash: content, serviceAccountId: account, ...workflow } = row;
  const runAs = set.runAs;
  // The environment of the version, not the one that the draft has meanwhile: it decides on secrets and variables.
  const environment = set.environment ?? null;
  return {
    graph: nodes,
    settings: set,
    hash: content,
    workflow: { ...workflow, environment, runAs, serviceAccountId: runAs === 'service' ? account : null },
  };
}
