import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Profile } from '../profile/port.ts';
import { fromOf } from '../registration/from.ts';
import { LinkToken } from '../registration/schemas.ts';

export const authConfirmEmail = defineOperation({
  name: 'auth.confirmEmail',
  summary: 'Confirm a new address with the link of a mail',
  description: 'From then on it is the address of the account. The old address hears of it, with a link that undoes the change for 72 hours.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken }),
  output: z.object({ status: z.literal('changed'), email: z.string() }),
  targets: 'none',
  async run(ctx, { token }) {
    return { status: 'changed' as const, ...(await ctx.provider(Profile).confirmEmail(token, fromOf(ctx))) };
  },
});
