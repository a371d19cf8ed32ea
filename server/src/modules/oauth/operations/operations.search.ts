import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Offered } from '../providers/port.ts';
import { ranked } from '../search.ts';

export const operationsSearch = defineOperation({
  name: 'operations.search',
  summary: 'Find operations that you may call, by words',
  description: 'Answers names, what they do and how risky they are, the best match first; `operations.describe` shows what one takes.',
  permission: 'operations:read',
  risk: 'read',
  access: 'self',
  input: z.object({
    q: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .meta({ title: 'Words', examples: ['restart a server'] }),
    limit: z.coerce.number().int().min(1).max(50).default(10).meta({ title: 'At most' }),
  }),
  output: z.object({
    items: z.array(z.object({ name: z.string(), summary: z.string(), risk: z.enum(['read', 'write', 'high']), permission: z.string() })),
    nextCursor: z.null(),
  }),
  targets: 'none',
  async run(ctx, { q, limit }) {
    const offered = await ctx.provider(Offered).operations(ctx.db, ctx.actor);
    const items = ranked(offered, q).slice(0, limit).map(({ name, summary, risk, permission }) => ({ name, summary, risk, permission })); // prettier-ignore
    return { items, nextCursor: null };
  },
});
