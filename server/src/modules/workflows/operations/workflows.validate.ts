import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Graph } from '../graph.ts';
import { factsFor } from '../model/facts.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { Finding, WorkflowId } from '../schemas.ts';
import { validateGraph } from '../validation/index.ts';

export const workflowsValidate = defineOperation({
  name: 'workflows.validate',
  summary: 'Say what is wrong with the draft of a workflow',
  description:
    'Of the draft as it is kept, or of a graph that is sent along and not kept. Errors refuse publishing; warnings and infos do not. Where a mistake can be put right by itself, `fix` holds the edits for `PATCH /workflows/{id}`.',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'POST', path: '/workflows/{id}/validate' },
  bodyLimit: 8 * 1_048_576,
  input: z.object({ id: WorkflowId, graph: Graph.optional().meta({ title: 'Graph', help: 'In place of the draft', widget: 'json' }) }),
  output: z.object({
    valid: z.boolean(),
    errors: z.array(Finding),
    warnings: z.array(Finding),
    infos: z.array(Finding),
    summary: z.string().meta({ help: 'In one line' }),
  }),
  targets: workflowTarget,
  async run(ctx, { id, graph }) {
    const row = await findWorkflow(ctx, id);
    const looked = graph ?? row.draft;
    const facts = await factsFor(ctx, looked, { workflowId: row.id, environment: row.environment });
    return validateGraph(facts, looked, row.settings);
  },
});
