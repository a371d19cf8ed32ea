import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { announce, selfOf } from '../factors/own.ts';
import { Passkeys } from '../factors/ports.ts';
import { PROOF } from '../factors/rules.ts';

export const authPasskeysDelete = defineOperation({
  name: 'auth.passkeys.delete',
  summary: 'Remove a passkey',
  description:
    'Needs a second factor of the last five minutes. Refused when it is your only way to sign in, or the last factor where a tenant demands one.',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  stepUp: PROOF.change,
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    const { label } = await ctx.provider(Passkeys).remove(selfOf(ctx), id);
    announce(ctx, 'auth.passkey_removed', { passkeyId: id, label });
    return { id };
  },
});
