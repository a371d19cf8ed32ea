import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import type { Context, ReadContext } from '#kernel/context.ts';
import { findGeneration } from '../generation/generations.ts';
import { Graph, Json } from '../graph.ts';
import { DEFAULT_SETTINGS, emptyGraph, withNewIds } from '../model/copies.ts';
import { requireSize } from '../model/drafts.ts';
import { requireWhole } from '../model/edits.ts';
import { makeWorkflow } from '../model/making.ts';
import { settingsWith } from '../model/settings.ts';
import { labelsOf, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, workflowFields } from '../schemas.ts';
import { startOf } from '../templates/start.ts';

const input = z.object({
  name: workflowFields.name,
  slug: workflowFields.slug.optional(),
  description: workflowFields.description.nullable().optional(),
  icon: workflowFields.icon.nullable().optional(),
  tags: workflowFields.tags.default([]),
  folder: workflowFields.folder.nullable().optional(),
  graph: Graph.optional().meta({ title: 'Graph', help: 'A trigger that is started by hand when left out', widget: 'json' }),
  settings: z.record(z.string(), Json).optional().meta({ title: 'Settings', help: 'Those that differ from the usual', widget: 'json' }),
  templateId: z.string().max(100).optional().meta({ title: 'Template', help: 'Begin with its graph' }),
  generationId: z
    .uuid()
    .optional()
    .meta({ title: 'Generation', help: 'Begin with what workflows.generate drafted for you; a graph or settings that are sent along count instead' }),
});

type Wish = z.output<typeof input>;

/** What it begins with: a template, what was drafted from a goal, or nothing but a start by hand. */
async function beginning(ctx: Context | ReadContext, { templateId, generationId }: Pick<Wish, 'templateId' | 'generationId'>, counted: boolean) {
  if (templateId !== undefined) return { from: 'template' as const, ...(await startOf(ctx, templateId, { counted })) };
  if (generationId === undefined) return { from: 'new' as const, graph: emptyGraph(), settings: DEFAULT_SETTINGS };
  const { graph, settings } = await findGeneration(ctx, generationId);
  return { from: 'generation' as const, graph: withNewIds(graph), settings: settingsWith(DEFAULT_SETTINGS, settings) };
} // prettier-ignore

export const workflowsCreate = defineOperation({
  name: 'workflows.create',
  summary: 'Create a workflow',
  description: 'It begins as a draft that nothing starts. With `templateId`, `generationId` or `graph` it begins with that graph.',
  permission: 'workflows:create',
  risk: 'write',
  bodyLimit: 8 * 1_048_576,
  input,
  output: Workflow,
  async targets(ctx, { name, tags, folder = null, settings = {}, ...from }) {
    // What it begins with may bring an environment along: nothing is made in one that the caller does not reach.
    const { environment = null } = settingsWith((await beginning(ctx, from, false)).settings, settings);
    return [targetOf({ id: 'new', name, environment, labels: labelsOf(tags, folder) })];
  },
  async plan(ctx, { name, graph: given, settings, ...from }) {
    await requireRoom(ctx);
    if (settings) settingsWith(DEFAULT_SETTINGS, settings);
    const graph = given ?? (await beginning(ctx, from, false)).graph;
    requireWhole(graph);
    await requireSize(ctx, graph);
    return {
      summary: `Create workflow ${name}`,
      changes: [{ action: 'create', type: 'workflow', name, fields: [{ path: 'nodes', before: null, after: graph.nodes.length }] }],
      reversible: 'Delete the workflow.',
    };
  },
  async run(ctx, { settings = {}, templateId, generationId, ...wish }) {
    const start = await beginning(ctx, { templateId, generationId }, true);
    const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Pick<typeof wish, 'name' | 'tags'>;
    const row = await makeWorkflow(ctx, {
      ...start,
      ...given,
      settings: settingsWith(start.settings, settings),
      template: templateId,
    });
    return workflowView(ctx, row);
  },
}); // prettier-ignore
