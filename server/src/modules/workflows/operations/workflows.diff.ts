import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Json } from '../graph.ts';
import { compare, type Side } from '../model/compare.ts';
import { findVersion } from '../model/frozen.ts';
import { findWorkflow, workflowTarget } from '../model/store.ts';
import { Surroundings } from '../surroundings.ts';
import { WorkflowId } from '../schemas.ts';
import type { WorkflowRow } from '../tables.ts';

const Which = z.union([z.literal('draft'), z.literal('active'), z.coerce.number().int().min(1).max(1_000_000)]);
const Field = z.object({ path: z.string(), before: Json, after: Json });
const NodeRef = z.object({ id: z.uuid(), key: z.string(), name: z.string(), type: z.string() });
const Link = z.object({ kind: z.string(), source: z.string(), sourcePort: z.string(), target: z.string(), targetPort: z.string() });
const Gained = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

async function sideOf(ctx: ReadContext, row: WorkflowRow, which: z.output<typeof Which>): Promise<Side> {
  const number = which === 'active' ? row.activeVersion : which;
  if (number === 'draft' || number === null) return { graph: row.draft, settings: row.settings };
  return findVersion(ctx, row, number);
}

export const workflowsDiff = defineOperation({
  name: 'workflows.diff',
  summary: 'Compare two versions of a workflow, or one with the draft',
  description: 'Nodes that were only moved are told apart, and are no change.',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/diff' },
  input: z.object({
    id: WorkflowId,
    from: Which.default('active').meta({ title: 'From', help: 'A number, active or draft' }),
    to: Which.default('draft').meta({ title: 'To', help: 'A number, active or draft' }),
  }),
  output: z.object({
    same: z.boolean().meta({ help: 'What runs is the same' }),
    added: z.array(NodeRef),
    removed: z.array(NodeRef),
    changed: z.array(NodeRef.extend({ fields: z.array(Field) })),
    moved: z.array(NodeRef),
    connections: z.object({ added: z.array(Link), removed: z.array(Link) }),
    settings: z.array(Field),
    operations: z.object({ added: z.array(z.object({ name: z.string(), risk: z.string().nullable() })), removed: z.array(z.string()) }),
    permissions: Gained,
    secrets: Gained,
    variables: Gained,
  }),
  targets: workflowTarget,
  async run(ctx, { id, from, to }) {
    const row = await findWorkflow(ctx, id);
    return compare(await sideOf(ctx, row, from), await sideOf(ctx, row, to), ctx.provider(Surroundings).operations);
  },
});
