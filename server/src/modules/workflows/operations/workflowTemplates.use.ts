import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { makeWorkflow } from '../model/making.ts';
import { labelsOf, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Requirements, TemplateId, Workflow, workflowFields } from '../schemas.ts';
import { startOf } from '../templates/start.ts';
import { findTemplate, missingFor } from '../templates/store.ts';

export const workflowTemplatesUse = defineOperation({
  name: 'workflowTemplates.use',
  summary: 'Make a workflow from a template',
  description: 'The answer lists what is missing: secrets, variables, permissions and Operations.',
  permission: 'workflows:create',
  risk: 'write',
  makes: true,
  location: ({ workflow }) => `/workflows/${workflow.id}`,
  input: z.object({
    id: TemplateId,
    name: workflowFields.name.optional(),
    tags: workflowFields.tags.default([]),
    folder: workflowFields.folder.nullable().optional(),
  }),
  output: z.object({ workflow: Workflow, missing: Requirements }),
  async targets(ctx, { id, name, tags, folder = null }) {
    const template = await findTemplate(ctx, id);
    return [targetOf({ id: 'new', name: name ?? template.name, environment: template.settings.environment ?? null, labels: labelsOf(tags, folder) })];
  },
  async plan(ctx, { id, name }) {
    const template = await findTemplate(ctx, id);
    await requireRoom(ctx);
    const missing = await missingFor(ctx, template.graph, template.settings.environment ?? null);
    const lacking = Object.entries(missing).filter(([, names]) => names.length > 0);
    return {
      summary: `Create workflow ${name ?? template.name} from a template`,
      changes: [{ action: 'create', type: 'workflow', name: name ?? template.name }],
      warnings: lacking.map(([kind, names]) => `Missing ${kind}: ${names.join(', ')}.`),
      reversible: 'Delete the workflow.',
    };
  },
  async run(ctx, { id, name, tags, folder }) {
    const template = await findTemplate(ctx, id);
    const start = await startOf(ctx, id, { counted: true });
    const row = await makeWorkflow(ctx, { ...start, name: name ?? template.name, tags, folder, from: 'template', template: id });
    return { workflow: await workflowView(ctx, row), missing: await missingFor(ctx, row.draft, row.environment) };
  },
});
