import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Profile } from '../profile/port.ts';
import { fromOf } from '../registration/from.ts';
import { LinkToken } from '../registration/schemas.ts';

export const authUndoEmailChange = defineOperation({
  name: 'auth.undoEmailChange',
  summary: 'Take back a change of address with the link of a mail',
  description:
    'Whoever made the change may hold the account, so every session, API key and connected agent ends, the password is void, the ways in that were added since the 72 hours before it are gone, and a link to set another password is mailed.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken }),
  output: z.object({ status: z.literal('restored'), email: z.string() }),
  targets: 'none',
  async run(ctx, { token }) {
    return { status: 'restored' as const, ...(await ctx.provider(Profile).undoEmail(token, fromOf(ctx))) };
  },
});
