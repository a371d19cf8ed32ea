import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { requireSession } from '../own.ts';
import { Accounts, Standing } from '../providers/port.ts';
import { KEY } from '../rules.ts';
import { ApiKey, apiKey } from '../schemas.ts';

const DAY = 86_400_000;

export const apiKeysCreate = defineOperation({
  name: 'apiKeys.create',
  summary: 'Make an API key for yourself',
  description:
    'The key is shown in this answer and never again. It may do what you may, cut down to `permissions`; when you lose a right, so does the key.',
  permission: 'apiKeys:write',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  input: ApiKey.pick({ name: true }).extend({
    permissions: z
      .array(z.string().max(100))
      .min(1)
      .max(100)
      .optional()
      .meta({ title: 'Permissions', help: 'Patterns such as `servers:*` or `*:read`; all of yours when left out' }),
    expiresInDays: z.coerce.number().int().min(1).max(KEY.maxDays).default(KEY.defaultDays).meta({ title: 'Ends after (days)' }),
  }),
  output: ApiKey.extend({ key: z.string().meta({ secret: true, help: 'Send it as `Authorization: Bearer …`' }) }),
  targets: 'none',
  async run(ctx, { name, permissions, expiresInDays }) {
    requireSession(ctx.actor);
    if (permissions) await ctx.provider(Standing).requireHeld(ctx.db, ctx.actor, permissions);
    const expiresAt = new Date(ctx.now().getTime() + expiresInDays * DAY);
    const { key, ...record } = await ctx
      .provider(Accounts)
      .createKey({ userId: ctx.actor.id, tenantId: ctx.tenantId }, { name, permissions: permissions ?? null, expiresAt });
    ctx.emit('apiKey.created', { keyId: record.id, userId: ctx.actor.id, name, permissions: permissions ?? null });
    return { ...apiKey(record), key };
  },
});
