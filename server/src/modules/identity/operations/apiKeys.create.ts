import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { lendingAccount, requireLendable } from '../keys/allowed.ts';
import { Keys } from '../keys/port.ts';
import { KEYS } from '../keys/rules.ts';
import { apiKey, FreshKey, KeyFields } from '../keys/schemas.ts';
import { requireSession } from '../own.ts';

export const apiKeysCreate = defineOperation({
  name: 'apiKeys.create',
  summary: 'Make an API key for yourself, or for a service account',
  description:
    'The key is shown in this answer and never again. It may do what its owner may, cut down to `permissions` and `scope`, from `cidrs` only; when the owner loses a right, so does the key.',
  permission: 'apiKeys:write',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({
    name: KeyFields.name,
    permissions: KeyFields.permissions.optional(),
    scope: KeyFields.scope.optional(),
    cidrs: KeyFields.cidrs.default([]),
    expiresInDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(KEYS.maxDays)
      .optional()
      .meta({ title: 'Ends after (days)', help: `${KEYS.defaultDays} when left out, or what the tenant allows`, examples: [90] }),
    serviceAccountId: z.uuid().optional().meta({ title: 'Service account', help: 'Whose key it is; yours when left out', widget: 'serviceAccount' }),
  }),
  output: FreshKey,
  targets: 'none',
  async run(ctx, { serviceAccountId, permissions = null, scope = null, ...wanted }) {
    requireSession(ctx.actor);
    const userId = serviceAccountId === undefined ? ctx.actor.id : (await lendingAccount(ctx, serviceAccountId)).id;
    await requireLendable(ctx, userId, permissions);
    const { key, ...record } = await ctx
      .provider(Keys)
      .create({ userId, tenantId: ctx.tenantId }, { ...wanted, permissions, scope, expiresInDays: wanted.expiresInDays, createdBy: ctx.actor.id });
    ctx.emit('apiKey.created', { keyId: record.id, userId, by: ctx.actor.id, name: record.name, permissions, scope, cidrs: record.cidrs });
    return { ...apiKey(record), key };
  },
});
