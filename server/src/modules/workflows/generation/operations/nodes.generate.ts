import { defineOperation } from '#kernel/operation.ts';
import { countRequest } from '../generations.ts';
import { configured, configuredBy } from '../node.ts';
import { NodeGenerated, NodeInput } from '../schemas.ts';

export const nodesGenerate = defineOperation({
  name: 'nodes.generate',
  summary: 'Configure one node from a description in words',
  description: 'The configuration is checked against the type; what is wrong with it, or has still to be filled in, is told with it. Nothing is saved. Without a model, an Operation is looked up by the words, and times, addresses and conditions are read from them.',
  permission: 'ai:generate',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/nodes/generate' },
  input: NodeInput,
  output: NodeGenerated,
  bodyLimit: 8 * 1_048_576,
  targets: 'none',
  async run(ctx, input) {
    await countRequest(ctx);
    return configured(ctx, input);
  },
  finish: configuredBy,
  finishesOnce: true,
}); // prettier-ignore
