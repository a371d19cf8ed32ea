import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findMemory, memoryTarget } from '../find.ts';
import { withId } from '../store.ts';
import { memories } from '../tables.ts';

export const memoriesDelete = defineOperation({
  name: 'memories.delete',
  summary: 'Forget a memory',
  description: 'With its versions and links.',
  permission: 'memory:write',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  async plan(ctx, { id }) {
    const row = await findMemory(ctx, id);
    return {
      summary: `Forget "${row.key}" of ${row.space}`,
      changes: [{ action: 'delete', type: 'memory', id, name: row.key }],
      dataLoss: 'The memory with its versions and links',
      observed: { [`memory ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    await findMemory(ctx, id, true);
    await ctx.db.delete(memories).where(withId(ctx, id));
    ctx.emit('memory.deleted', { memoryId: id });
    return { id };
  },
});
