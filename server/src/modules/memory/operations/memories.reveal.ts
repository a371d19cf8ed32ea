import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Metadata } from '#kernel/recall/fields.ts';
import { Recall } from '#kernel/recall/port.ts';
import { findMemory, memoryTarget } from '../find.ts';
import { opened } from '../write.ts';

export const memoriesReveal = defineOperation({
  name: 'memories.reveal',
  summary: 'Show what a secret memory says',
  description: 'For people only: neither agents nor workflows are shown it, and that it was shown is kept in the trail.',
  permission: 'memory:reveal',
  risk: 'read',
  sensitive: true,
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'GET', path: '/memories/{id}/content' },
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }) }),
  output: z.object({
    id: z.uuid(),
    content: z.string().meta({ secret: true }),
    summary: z.string().nullable().meta({ secret: true }),
    metadata: Metadata.meta({ secret: true }),
  }),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async run(ctx, { id }) {
    const { content, summary, metadata } = await opened(ctx.provider(Recall).sealer, ctx, 'memories', await findMemory(ctx, id));
    return { id, content, summary, metadata };
  },
});
