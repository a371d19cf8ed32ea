import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Graph, Json } from '../graph.ts';
import { DEFAULT_SETTINGS, emptyGraph } from '../model/copies.ts';
import { requireSize } from '../model/drafts.ts';
import { requireWhole } from '../model/edits.ts';
import { makeWorkflow } from '../model/making.ts';
import { settingsWith } from '../model/settings.ts';
import { labelsOf, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, workflowFields } from '../schemas.ts';
import { startOf } from '../templates/start.ts';
import { findTemplate } from '../templates/store.ts';

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
});

/** What a workflow begins with when nothing is said. */
const blank = () => ({ from: 'new' as const, graph: emptyGraph(), settings: DEFAULT_SETTINGS });

export const workflowsCreate = defineOperation({
  name: 'workflows.create',
  summary: 'Create a workflow',
  description: 'It begins as a draft that nothing starts. With `templateId` or `graph` it begins with that graph.',
  permission: 'workflows:create',
  risk: 'write',
  bodyLimit: 8 * 1_048_576,
  input,
  output: Workflow,
  async targets(ctx, { name, tags, folder = null, settings = {}, templateId }) {
    // A template may bring an environment along: nothing is made in one that the caller does not reach.
    const start = templateId === undefined ? DEFAULT_SETTINGS : (await findTemplate(ctx, templateId)).settings;
    const { environment = null } = settingsWith(start, settings);
    return [targetOf({ id: 'new', name, environment, labels: labelsOf(tags, folder) })];
  },
  async plan(ctx, { name, graph: given, settings, templateId }) {
    await requireRoom(ctx);
    if (settings) settingsWith(DEFAULT_SETTINGS, settings);
    const graph = given ?? (templateId === undefined ? undefined : (await startOf(ctx, templateId)).graph);
    if (graph) {
      requireWhole(graph);
      await requireSize(ctx, graph);
    }
    return {
      summary: `Create workflow ${name}`,
      changes: [{ action: 'create', type: 'workflow', name, fields: [{ path: 'nodes', before: null, after: graph?.nodes.length ?? 1 }] }],
      reversible: 'Delete the workflow.',
    };
  },
  async run(ctx, { settings = {}, templateId, ...wish }) {
    const start = templateId === undefined ? blank() : { from: 'template' as const, ...(await startOf(ctx, templateId, { counted: true })) };
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
