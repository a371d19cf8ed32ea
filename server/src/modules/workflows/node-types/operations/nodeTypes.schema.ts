import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { NodeTypeView, versionView } from '../view.ts';

export const nodeTypesSchema = defineOperation({
  name: 'nodeTypes.schema',
  summary: 'Show what one type of node takes and gives',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/node-types/{type}/schema' },
  input: z.object({
    type: z.string().max(60).meta({ title: 'Type', examples: ['conditional'] }), // prettier-ignore
    version: z.coerce.number().int().min(1).optional().meta({ title: 'Version', help: 'The newest when left out' }),
  }),
  output: NodeTypeView.omit({ allowed: true, missing: true }),
  targets: 'none',
  async run(_ctx, { type, version }) {
    const found = versionView(type, version);
    if (found) return found;
    const which = version === undefined ? '' : ` in version ${version}`;
    throw new Problem('node-type-unknown', `There is no node type "${type}"${which}. GET /node-types lists those that there are.`);
  },
});
