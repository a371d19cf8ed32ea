import { z } from 'zod';
import type { Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { sealedPlace } from '../federation/directory.ts';
import { ClientSecrets } from '../federation/port.ts';
import { differences, findRow, oneRow, requireSeen, requireSound, targetOf, view, warningsOf } from '../federation/provider-rows.ts';
import { fields, IdentityProvider } from '../federation/provider-schemas.ts';
import { identityProviders } from '../federation/tables.ts';

const input = z.object({ id: z.uuid(), ...z.object(fields).partial().shape });

const patchOf = ({ id: _, clientSecret: __, ...wish }: z.output<typeof input>) =>
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as typeof wish;
const secretWord = (secret: string | null | undefined) =>
  secret === undefined ? undefined : secret === null ? ('removed' as const) : ('set' as const);

export const identityProvidersUpdate = defineOperation({
  name: 'identityProviders.update',
  summary: 'Change an identity provider',
  description: 'Roles by group take effect with the next sign-in of each person. Sessions go on; switch it off to let nobody in by it.',
  permission: 'identityProviders:write',
  risk: 'high',
  input,
  output: IdentityProvider,
  targets: async (ctx, { id }) => [targetOf(await oneRow(ctx, id))],
  async plan(ctx, wish) {
    const row = await oneRow(ctx, wish.id);
    requireSeen(row, ctx as Partial<Context>);
    const patch = patchOf(wish);
    await requireSound(ctx, patch);
    return {
      summary: `Change the identity provider ${row.name}`,
      changes: [
        { action: 'update', type: 'identityProvider', id: row.id, name: row.name, fields: differences(row, patch, secretWord(wish.clientSecret)) },
      ],
      warnings: warningsOf(patch),
      observed: { [`identityProvider:${row.id}`]: String(row.version) },
      reversible: 'Change it back.',
    };
  },
  async run(ctx, wish) {
    const row = await findRow(ctx, wish.id, true);
    const patch = patchOf(wish);
    await requireSound(ctx, patch);
    const { tenantId, db } = ctx;
    const { clientSecret: secret } = wish;
    const sealed =
      secret === undefined
        ? {}
        : { clientSecretSealed: secret === null ? null : await ctx.provider(ClientSecrets).seal(db, sealedPlace(tenantId, row.id), secret) };
    const [after] = await db
      .update(identityProviders)
      .set({ ...patch, ...sealed, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.id, row.id)))
      .returning();
    ctx.emit('identityProvider.updated', { id: row.id, key: row.key, fields: [...Object.keys(patch), ...Object.keys(sealed)] });
    return view(ctx, after!);
  },
});
