import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Offered } from '../providers/port.ts';

export const operationsDescribe = defineOperation({
  name: 'operations.describe',
  summary: 'Show what operations take and answer',
  permission: 'operations:read',
  risk: 'read',
  access: 'self',
  input: z.object({
    names: z
      .array(z.string().max(100))
      .min(1)
      .max(10)
      .meta({ title: 'Operations', examples: [['servers.list']] }),
  }),
  output: z.object({ items: z.array(z.looseObject({ name: z.string() })), nextCursor: z.null() }),
  targets: 'none',
  async run(ctx, { names }) {
    const { operations, describe } = ctx.provider(Offered);
    const offered = new Map((await operations(ctx.db, ctx.actor)).map((operation) => [operation.name as string, operation]));
    const items = names.map((name) => {
      const operation = offered.get(name) ?? offered.get(name.replaceAll('_', '.'));
      if (!operation)
        throw new Problem('not-found', `There is no operation "${name.slice(0, 100)}" that you may call. Find one with operations.search.`);
      return { name: operation.name, ...describe(operation) };
    });
    return { items, nextCursor: null };
  },
});
