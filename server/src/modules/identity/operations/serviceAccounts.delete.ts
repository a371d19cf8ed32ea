import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { accountTarget, accountView, findAccount, requireSeen } from '../keys/account-edit.ts';
import { ServiceAccounts } from '../keys/port.ts';

export const serviceAccountsDelete = defineOperation({
  name: 'serviceAccounts.delete',
  summary: 'Delete a service account',
  description: 'Its keys end and its grants are gone; what it did stays in the audit trail under its name.',
  permission: 'serviceAccounts:write',
  risk: 'high',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: accountTarget,
  async plan(ctx, { id }) {
    const row = await findAccount(ctx, id);
    requireSeen(ctx, row);
    const { roles } = await accountView(ctx, row);
    const fields = [{ path: 'roles', before: roles.map(({ key }) => key) }, { path: 'keys', before: row.keys }]; // prettier-ignore
    return {
      summary: `Delete service account ${row.name}`,
      changes: [{ action: 'delete', type: 'serviceAccount', id, name: row.name, fields }],
      dataLoss: `Service account ${row.name} with ${row.keys} live ${row.keys === 1 ? 'key' : 'keys'} and its grants`,
      warnings: row.keys > 0 ? [`${row.keys} live ${row.keys === 1 ? 'key ends' : 'keys end'}; what uses them stops.`] : [],
      observed: { [`serviceAccount ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const { name } = await findAccount(ctx, id);
    await ctx.provider(ServiceAccounts).delete(ctx.tenantId, id);
    ctx.emit('serviceAccount.deleted', { serviceAccountId: id, name });
    return { id };
  },
});
