import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Passkeys } from '../factors/ports.ts';
import { passkeyView, PasskeyView } from '../factors/schemas.ts';

export const authPasskeysList = defineOperation({
  name: 'auth.passkeys.list',
  summary: 'List your passkeys',
  permission: 'auth:login',
  risk: 'read',
  access: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(PasskeyView), nextCursor: z.null() }),
  targets: 'none',
  run: async ({ actor, provider }) => ({ items: (await provider(Passkeys).list(actor.id)).map(passkeyView), nextCursor: null }),
});
