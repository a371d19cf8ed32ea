import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Branding } from '../schemas.ts';
import { brandingOf, brandingView, requireSeen, writeBranding } from '../store.ts';

export const exchangeBrandingRemoveLogo = defineOperation({
  name: 'exchange.branding.removeLogo',
  summary: 'Take the logo of the exchange away',
  description: 'From then on the logo of the organisation is shown on the pages of the exchange.',
  permission: 'exchange:manage',
  risk: 'write',
  route: { method: 'DELETE', path: '/exchange/branding/logo' },
  input: z.object({}),
  output: Branding,
  targets: 'none',
  async plan(ctx) {
    const { version, logoUrl } = brandingView(await brandingOf(ctx));
    requireSeen(version, ctx);
    const fields = logoUrl === null ? [] : [{ path: 'logo' }];
    return {
      summary: logoUrl === null ? 'Change nothing: the exchange has no logo of its own' : 'Take the logo of the exchange away',
      changes: [
        { action: logoUrl === null ? 'none' : 'update', type: 'exchangeBranding', id: ctx.tenantId, name: 'Branding of the exchange', fields },
      ],
      observed: { 'exchange branding': String(version) },
      reversible: 'Upload it again.',
    };
  },
  async run(ctx) {
    const before = brandingView(await brandingOf(ctx));
    requireSeen(before.version, ctx);
    if (before.logoUrl === null) return before;
    const row = await writeBranding(ctx, { logo: null, logoType: null });
    ctx.emit('exchange.branding.updated', { version: row.version });
    return brandingView(row);
  },
});
