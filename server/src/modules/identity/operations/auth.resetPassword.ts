import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { fromOf } from '../registration/from.ts';
import { Registration } from '../registration/port.ts';
import { LinkToken, Password } from '../registration/schemas.ts';

export const authResetPassword = defineOperation({
  name: 'auth.resetPassword',
  summary: 'Set another password with the link of a mail',
  description: 'Ends every session and every trusted device of the account. It does not sign in: a second factor is asked for as always.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'public',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ token: LinkToken, password: Password }),
  output: z.object({ status: z.literal('reset') }),
  targets: 'none',
  async run(ctx, { token, password }) {
    await ctx.provider(Registration).reset(token, password, fromOf(ctx));
    return { status: 'reset' as const };
  },
});
