import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { accountTarget, accountView, findAccount, requireAnswerable, requireSeen } from '../keys/account-edit.ts';
import { ServiceAccounts } from '../keys/port.ts';
import { AccountFields, ServiceAccount } from '../keys/schemas.ts';

const input = z.object(AccountFields).partial().extend({ id: z.uuid() });

async function editFor(ctx: ReadContext, { id, name, description, ownerId }: z.output<typeof input>) {
  const row = await findAccount(ctx, id);
  requireSeen(ctx, row);
  if (ownerId !== undefined && ownerId !== row.owner?.id) await requireAnswerable(ctx, ownerId);
  const next = ownerId ?? row.owner?.id;
  if (next === undefined)
    throw new Problem('validation-failed', 'Nobody answers for it. Name a person.', {
      errors: [{ pointer: '/ownerId', message: 'Nobody answers for it' }],
    });
  return { row, after: { name: name ?? row.name, description: description ?? row.description, ownerId: next } };
}

export const serviceAccountsUpdate = defineOperation({
  name: 'serviceAccounts.update',
  summary: 'Rename a service account, or have another person answer for it',
  permission: 'serviceAccounts:write',
  risk: 'high',
  input,
  output: ServiceAccount,
  targets: accountTarget,
  async plan(ctx, wanted) {
    const { row, after } = await editFor(ctx, wanted);
    const before = { name: row.name, description: row.description, ownerId: row.owner?.id ?? null };
    const fields = (['name', 'description', 'ownerId'] as const)
      .filter((path) => before[path] !== after[path])
      .map((path) => ({ path, before: before[path], after: after[path] }));
    return {
      summary: `Change service account ${row.name}`,
      changes: [{ action: 'update', type: 'serviceAccount', id: row.id, name: row.name, fields }],
      reversible: 'Change it back.',
      observed: { [`serviceAccount ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, wanted) {
    const { row, after } = await editFor(ctx, wanted);
    const saved = await ctx.provider(ServiceAccounts).update(ctx.tenantId, row.id, row.version, after);
    if (!saved) throw new Problem('version-conflict', `"${row.name}" was changed in the meantime. Read it again and repeat your edit.`);
    ctx.emit('serviceAccount.updated', { serviceAccountId: row.id, ...after });
    return accountView(ctx, saved);
  },
});
