import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Limits } from '../providers/port.ts';
import { Usage } from '../schemas.ts';

export const limitsMe = defineOperation({
  name: 'limits.me',
  summary: 'Show how much of your quotas is left',
  permission: 'limits:me',
  access: 'self',
  risk: 'read',
  route: { method: 'GET', path: '/limits/me' },
  input: z.object({}),
  output: Usage,
  targets: 'none',
  async run({ actor, provider, now }) {
    const standing = await provider(Limits).standing(actor);
    return {
      items: standing.map(({ quota, remaining, waitMs }) => ({
        name: quota.name,
        limit: quota.limit,
        remaining,
        windowSeconds: quota.seconds,
        resetAt: new Date(now().getTime() + waitMs).toISOString(),
      })),
    };
  },
});
