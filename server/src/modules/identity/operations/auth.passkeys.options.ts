import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireMayAdd, selfOf } from '../factors/own.ts';
import { Passkeys } from '../factors/ports.ts';
import { Password, WebauthnOptions } from '../factors/schemas.ts';

export const authPasskeysOptions = defineOperation({
  name: 'auth.passkeys.options',
  summary: 'Ask what a new passkey has to be made for',
  description: 'Needs the password or a proof of the last 15 minutes; who has a second factor already proves that.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  route: { method: 'POST', path: '/auth/passkeys/options' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ password: Password.optional() }),
  output: WebauthnOptions,
  targets: 'none',
  async run(ctx, { password }) {
    const self = selfOf(ctx);
    await requireMayAdd(ctx, self, password);
    return { ...(await ctx.provider(Passkeys).creationOptions(self)) };
  },
});
