import type { Context, ReadContext } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import type { Graph, WorkflowSettings } from '../graph.ts';
import { withNewIds } from '../model/copies.ts';
import { templateUses } from '../tables.ts';
import { findTemplate } from './store.ts';

interface Start {
  description: string;
  icon: string | null;
  graph: Graph;
  settings: WorkflowSettings;
}

/** What a workflow made from a template begins with, with ids of its own. Throws `workflow-template-not-found`. `counted`: it was used once more. */
export async function startOf(ctx: ReadContext | Context, templateId: string, { counted = false } = {}): Promise<Start> {
  const { description, icon, graph, settings } = await findTemplate(ctx, templateId);
  if (counted)
    await ctx.db
      .insert(templateUses)
      .values({ tenantId: ctx.tenantId, template: templateId, uses: 1 })
      .onConflictDoUpdate({ target: [templateUses.tenantId, templateUses.template], set: { uses: sql`${templateUses.uses} + 1` } });
  return { description, icon, graph: withNewIds(graph), settings };
}
