import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { changeableKey, requireLendable } from '../keys/allowed.ts';
import { Keys } from '../keys/port.ts';
import { KEYS } from '../keys/rules.ts';
import { apiKey, FreshKey } from '../keys/schemas.ts';

export const apiKeysRotate = defineOperation({
  name: 'apiKeys.rotate',
  summary: 'Put a new API key in the place of one',
  description: 'With the same limits and for as long as the old one was made for. The old one goes on for the overlap, so that nothing has to stop.',
  permission: 'apiKeys:write',
  risk: 'write',
  change: 'none',
  access: 'self',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/api-keys/{id}/rotate' },
  input: z.object({
    id: z.uuid(),
    overlapHours: z.coerce
      .number()
      .int()
      .min(0)
      .max(KEYS.maxOverlapHours)
      .default(KEYS.defaultOverlapHours)
      .meta({ title: 'Overlap (hours)', help: 'How long the old key goes on; 0 ends it now' }),
  }),
  output: FreshKey.extend({ predecessorEndsAt: z.iso.datetime() }),
  targets: 'none',
  async run(ctx, { id, overlapHours }) {
    const old = await changeableKey(ctx, id);
    await requireLendable(ctx, old.owner.id, old.permissions);
    const { key, predecessorEndsAt, ...record } = await ctx.provider(Keys).rotate(ctx.tenantId, id, overlapHours, ctx.actor.id);
    ctx.emit('apiKey.rotated', { keyId: record.id, rotatedFrom: id, userId: old.owner.id, by: ctx.actor.id });
    return { ...apiKey(record), key, predecessorEndsAt: predecessorEndsAt.toISOString() };
  },
});
