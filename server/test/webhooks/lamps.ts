import { z } from 'zod';
import { defineModule } from '#kernel/module.ts';

/** Something to hear of, without anything that only a test runner has: processes of their own know it too. */
export const lamps = defineModule({
  name: 'lamps',
  operations: [],
  events: { 'lamp.lit': { summary: 'A lamp was lit', data: z.object({ lampId: z.string(), environment: z.string().optional() }) } },
});
