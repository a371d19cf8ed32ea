import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { selfOf } from '../factors/own.ts';
import { Passkeys } from '../factors/ports.ts';
import { Label, passkeyView, PasskeyView } from '../factors/schemas.ts';

export const authPasskeysUpdate = defineOperation({
  name: 'auth.passkeys.update',
  summary: 'Rename a passkey',
  permission: 'auth:login',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  input: z.object({ id: z.uuid(), label: Label.min(1) }),
  output: PasskeyView,
  targets: 'none',
  run: async (ctx, { id, label }) => passkeyView(await ctx.provider(Passkeys).rename(selfOf(ctx).userId, id, label)),
});
