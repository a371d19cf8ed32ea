import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { differences, given } from '../../plans.ts';
import { Branding, brandingFields } from '../schemas.ts';
import { brandingOf, brandingView, requireReadable, requireSeen, writeBranding } from '../store.ts';

export const exchangeBrandingUpdate = defineOperation({
  name: 'exchange.branding.update',
  summary: 'Change how the exchange presents itself',
  description:
    'On the pages that the world and members see. What is left out stays; null takes it away. The logo is uploaded with exchange.branding.upload.',
  permission: 'exchange:manage',
  risk: 'write',
  route: { method: 'PATCH', path: '/exchange/branding' },
  input: z.object(brandingFields).partial(),
  output: Branding,
  targets: 'none',
  async plan(ctx, wish) {
    const before = brandingView(await brandingOf(ctx));
    requireSeen(before.version, ctx);
    requireReadable(wish);
    const fields = differences(before, wish);
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of the branding of the exchange`,
      changes: [
        { action: fields.length > 0 ? 'update' : 'none', type: 'exchangeBranding', id: ctx.tenantId, name: 'Branding of the exchange', fields },
      ],
      observed: { 'exchange branding': String(before.version) },
      reversible: 'Change it back.',
    };
  },
  async run(ctx, wish) {
    requireSeen(brandingView(await brandingOf(ctx)).version, ctx);
    requireReadable(wish);
    const row = await writeBranding(ctx, given(wish));
    ctx.emit('exchange.branding.updated', { version: row.version });
    return brandingView(row);
  },
});
