import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { LinkToken } from '../registration/schemas.ts';

export const authNotMe = defineOperation({
  name: 'auth.notMe',
  summary: 'Report a sign-in that was not yours, with the link of a mail',
  description:
    'Ends every session, trusted device, API key and connected agent, voids the password, takes away the ways in that were added since, and mails a link to set another password.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken }),
  output: z.object({ status: z.literal('secured') }),
  targets: 'none',
  async run(ctx, { token }) {
    await ctx.provider(Registration).notMe(token, fromOf(ctx));
    return { status: 'secured' as const };
  },
});
