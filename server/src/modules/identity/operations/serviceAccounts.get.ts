import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { accountTarget, accountView, findAccount } from '../keys/account-edit.ts';
import { ServiceAccount } from '../keys/schemas.ts';

export const serviceAccountsGet = defineOperation({
  name: 'serviceAccounts.get',
  summary: 'Show a service account',
  permission: 'serviceAccounts:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: ServiceAccount,
  targets: accountTarget,
  run: async (ctx, { id }) => accountView(ctx, await findAccount(ctx, id)),
});
