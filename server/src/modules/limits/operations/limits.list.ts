import { z } from 'zod';
import { eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Limit } from '../schemas.ts';
import { limitOverrides } from '../tables.ts';
import { allLimits } from '../view.ts';

export const limitsList = defineOperation({
  name: 'limits.list',
  summary: 'List the quotas of the tenant',
  description: 'What each role gets, what the whole tenant gets, and what is set for single people and keys.',
  permission: 'limits:read',
  risk: 'read',
  route: { method: 'GET', path: '/limits' },
  input: z.object({}),
  output: z.object({ items: z.array(Limit) }),
  targets: 'none',
  run: async ({ db, tenantId }) => ({ items: allLimits(await db.select().from(limitOverrides).where(eq(limitOverrides.tenantId, tenantId))) }),
});
