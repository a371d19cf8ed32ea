import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { findMemory, linksOf, linkView, memoryTarget } from '../find.ts';
import { Memory, MemoryLink } from '../schemas.ts';
import { memoryView } from '../view.ts';

export const memoriesGet = defineOperation({
  name: 'memories.get',
  summary: 'Show a memory and what it is linked to',
  permission: 'memory:read',
  risk: 'read',
  input: z.object({ id: z.uuid().meta({ title: 'Memory' }) }),
  output: Memory.extend({ links: z.array(MemoryLink) }),
  targets: async (ctx, { id }) => [memoryTarget(await findMemory(ctx, id))],
  run: async (ctx, { id }) => ({ ...memoryView(await findMemory(ctx, id)), links: (await linksOf(ctx, id)).map(linkView) }),
});
