import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { view } from '../federation/provider-rows.ts';
import { IdentityProvider } from '../federation/provider-schemas.ts';
import { identityProviders } from '../federation/tables.ts';

export const identityProvidersList = defineOperation({
  name: 'identityProviders.list',
  summary: 'List the identity providers of the tenant',
  permission: 'identityProviders:read',
  risk: 'read',
  input: z.object({ ...pageInput }),
  output: pageOf(IdentityProvider),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    const rows = await ctx.db
      .select()
      .from(identityProviders)
      .where(
        and(
          eq(identityProviders.tenantId, ctx.tenantId),
          after ? gt(identityProviders.key, String(after[0])) : undefined,
          withinReach(ctx.reach, { type: 'identityProvider', id: identityProviders.id }),
        ),
      )
      .orderBy(asc(identityProviders.key))
      .limit(limit + 1);
    return toPage(rows, limit, (row) => [row.key], (row) => view(ctx, row)); // prettier-ignore
  },
});
