import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findRow, oneRow, targetOf } from '../federation/provider-rows.ts';
import { identityProviders } from '../federation/tables.ts';

export const identityProvidersDelete = defineOperation({
  name: 'identityProviders.delete',
  summary: 'Remove an identity provider',
  description: 'Identities that were known by it are unlinked. Whoever has no other way in sets a password by mail. Memberships and roles stay.',
  permission: 'identityProviders:write',
  risk: 'high',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { id }) => [targetOf(await oneRow(ctx, id))],
  async plan(ctx, { id }) {
    const row = await oneRow(ctx, id);
    return {
      summary: `Let nobody sign in through ${row.name} any more`,
      changes: [{ action: 'delete', type: 'identityProvider', id, name: row.name }],
      dataLoss: 'The client secret, and which of its identities belongs to whom.',
      observed: { [`identityProvider:${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findRow(ctx, id, true);
    await ctx.db.delete(identityProviders).where(and(eq(identityProviders.tenantId, ctx.tenantId), eq(identityProviders.id, id)));
    ctx.emit('identityProvider.deleted', { id, key: row.key, name: row.name });
    return { id };
  },
});
