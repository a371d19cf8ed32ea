import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { accountViews } from '../keys/account-edit.ts';
import { ServiceAccounts } from '../keys/port.ts';
import { ServiceAccount } from '../keys/schemas.ts';

export const serviceAccountsList = defineOperation({
  name: 'serviceAccounts.list',
  summary: 'List service accounts',
  permission: 'serviceAccounts:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(ServiceAccount), nextCursor: z.null() }),
  targets: 'filter',
  async run(ctx) {
    const all = await ctx.provider(ServiceAccounts).list(ctx.tenantId);
    const seen = all.filter(({ id }) => coveringGrant(ctx.reach, [{ type: 'serviceAccount', id }]) !== undefined);
    return { items: await accountViews(ctx, seen), nextCursor: null };
  },
});
