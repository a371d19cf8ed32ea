import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Json, NodeSettings } from '../graph.ts';
import { authorOf } from '../model/store.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { NodeTemplate, workflowFields } from '../schemas.ts';
import { nodeTemplateView } from '../templates/presets.ts';
import { nameTaken } from '../templates/store.ts';
import { nodeTemplates } from '../tables.ts';

const MOST = 500;

export const nodeTemplatesCreate = defineOperation({
  name: 'nodeTemplates.create',
  summary: 'Keep a configured node as a preset for others',
  description: 'It appears in the palette. Secrets stay names.',
  permission: 'workflowTemplates:manage',
  risk: 'write',
  change: 'none',
  bodyLimit: 2 * 1_048_576,
  input: z.object({
    name: workflowFields.name,
    description: workflowFields.description.nullable().default(null),
    type: z.string().max(60).meta({ title: 'Type', examples: ['http_api'] }),
    config: z.record(z.string(), Json).default({}).meta({ title: 'Configuration' }),
    settings: NodeSettings.optional(),
  }),
  output: NodeTemplate,
  targets: 'none',
  async run(ctx, { type, settings = {}, ...wish }) {
    const known = NODE_TYPES.get(type);
    if (!known) throw new Problem('node-type-unknown', `There is no node type "${type}".`);
    const used = await ctx.db.$count(nodeTemplates);
    if (used >= MOST) throw new Problem('limit-exceeded', `A tenant keeps ${MOST} presets of nodes at most.`, { limit: 'presets', used, most: MOST });
    const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const content = { type, typeVersion: known.version, settings, createdBy: authorOf(ctx.actor) };
    const [row] = await ctx.db.insert(nodeTemplates).values({ tenantId: ctx.tenantId, id: newId(), ...wish, ...content, ...times }).returning().catch(nameTaken(wish.name));
    return nodeTemplateView(row!);
  },
}); // prettier-ignore
