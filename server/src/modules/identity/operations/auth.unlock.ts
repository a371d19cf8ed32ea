import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { LinkToken } from '../registration/schemas.ts';

export const authUnlock = defineOperation({
  name: 'auth.unlock',
  summary: 'End the lock of your address with the link of a mail',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken }),
  output: z.object({ status: z.literal('unlocked') }),
  targets: 'none',
  async run(ctx, { token }) {
    await ctx.provider(Registration).unlock(token, fromOf(ctx));
    return { status: 'unlocked' as const };
  },
});
