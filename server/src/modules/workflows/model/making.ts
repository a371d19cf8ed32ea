import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Graph, WorkflowSettings } from '../graph.ts';
import { workflows, type WorkflowRow } from '../tables.ts';
import { requireSize } from './drafts.ts';
import { requireWhole } from './edits.ts';
import { indexDraft } from './indexing.ts';
import { authorOf, freeSlug, labelsOf, requireRoom } from './store.ts';

export interface NewWorkflow {
  name: string;
  slug?: string | undefined;
  description?: string | null | undefined;
  icon?: string | null | undefined;
  tags?: readonly string[] | undefined;
  folder?: string | null | undefined;
  graph: Graph;
  settings: WorkflowSettings;
  template?: string | undefined;
  /** How it came to be, for whoever hears of it. */
  from: 'new' | 'template' | 'generation' | 'copy' | 'file';
}

const NOTHING: Graph = { nodes: [], connections: [] };

export const nameTaken = (slug: string): Problem => new Problem('workflow-name-taken', `Another workflow has the slug "${slug}".`);

/** A service account owns nothing: whoever answers for it does. */
const ownerOf = ({ id, name, ownerId }: Context['actor']) =>
  ownerId === undefined ? { ownerId: id, ownerName: name } : { ownerId, ownerName: name };

/** Stores a new draft. Throws `plan-limit`, `limit-exceeded`, `edit-invalid` or `workflow-name-taken`. */
export async function makeWorkflow(ctx: Context, { graph, settings, from, slug, ...wish }: NewWorkflow): Promise<WorkflowRow> {
  requireWhole(graph);
  await requireRoom(ctx);
  await requireSize(ctx, graph);
  const { db, tenantId } = ctx;
  const [at, author] = [ctx.now(), authorOf(ctx.actor)];
  const tags = [...(wish.tags ?? [])];
  const folder = wish.folder ?? null;
  const chosen = slug ?? (await freeSlug(ctx, wish.name));
  const [row] = await db
    .insert(workflows)
    .values({
      tenantId,
      id: newId(),
      name: wish.name,
      slug: chosen,
      description: wish.description ?? null,
      icon: wish.icon ?? null,
      tags,
      folder,
      status: 'draft',
      draft: graph,
      settings,
      environment: settings.environment ?? null,
      labels: labelsOf(tags, folder),
      template: wish.template ?? null,
      ...ownerOf(ctx.actor),
      createdBy: author,
      updatedBy: author,
      createdAt: at,
      updatedAt: at,
    })
    .returning()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? nameTaken(chosen) : error;
    });
  await indexDraft(db, row!, NOTHING, graph);
  ctx.emit('workflow.created', { workflowId: row!.id, name: row!.name, slug: chosen, from, by: author.id });
  return row!;
}
