import { z } from 'zod';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { accountView, requireAnswerable } from '../keys/account-edit.ts';
import { ServiceAccounts } from '../keys/port.ts';
import { AccountFields, ServiceAccount } from '../keys/schemas.ts';

export const serviceAccountsCreate = defineOperation({
  name: 'serviceAccounts.create',
  summary: 'Make a service account',
  description: 'An account of a machine: no password, roles of its own, and a person who answers for it. It may do nothing until it is given a role.',
  permission: 'serviceAccounts:write',
  risk: 'high',
  input: z.object({
    name: AccountFields.name,
    description: AccountFields.description.default(''),
    ownerId: AccountFields.ownerId.optional().meta({ title: 'Answerable', help: 'You, when left out', widget: 'member' }),
  }),
  output: ServiceAccount,
  targets: (_ctx, { name }) => [{ type: 'serviceAccount', id: 'new', name }],
  async plan(ctx, { name, description, ownerId = ctx.actor.ownerId ?? ctx.actor.id }) {
    await requireAnswerable(ctx, ownerId);
    const fields = [{ path: 'description', after: description }, { path: 'ownerId', after: ownerId }]; // prettier-ignore
    return {
      summary: `Make service account ${name}`,
      changes: [{ action: 'create', type: 'serviceAccount', name, fields }],
      reversible: 'Delete the service account.',
    };
  },
  async run(ctx, { name, description, ownerId = ctx.actor.ownerId ?? ctx.actor.id }) {
    await requireAnswerable(ctx, ownerId);
    // The Change names it, so that another try after a crash finds the one that was made.
    const id = ctx.changeId ?? newId();
    const made = await ctx.provider(ServiceAccounts).create(ctx.tenantId, { id, name, description, ownerId, createdBy: ctx.actor.id });
    ctx.emit('serviceAccount.created', { serviceAccountId: id, name, ownerId });
    return accountView(ctx, made);
  },
});
