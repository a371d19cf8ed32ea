import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { LogoDrawing } from '../port.ts';
import { Branding } from '../schemas.ts';
import { brandingOf, brandingView, requireSeen, writeBranding } from '../store.ts';

export const exchangeBrandingUpload = defineOperation({
  name: 'exchange.branding.upload',
  summary: 'Upload the logo of the exchange',
  description:
    'A PNG, JPEG or WebP of at most 2 MiB. It is drawn anew, at most 640 by 240 pixels, and shown in place of the logo of the organisation on the pages of the exchange.',
  permission: 'exchange:manage',
  risk: 'write',
  route: { method: 'PUT', path: '/exchange/branding/logo' },
  upload: 'file',
  bodyLimit: 3_000_000,
  input: z.object({ file: z.base64().max(3_000_000).meta({ title: 'File', widget: 'file' }) }),
  output: Branding,
  targets: 'none',
  async plan(ctx) {
    const { version } = brandingView(await brandingOf(ctx));
    requireSeen(version, ctx);
    return {
      summary: 'Replace the logo of the exchange',
      changes: [{ action: 'update', type: 'exchangeBranding', id: ctx.tenantId, name: 'Branding of the exchange', fields: [{ path: 'logo' }] }],
      observed: { 'exchange branding': String(version) },
    };
  },
  async run(ctx, { file }) {
    requireSeen(brandingView(await brandingOf(ctx)).version, ctx);
    const { content, mediaType } = await ctx.provider(LogoDrawing).draw(file);
    const row = await writeBranding(ctx, { logo: content, logoType: mediaType });
    ctx.emit('exchange.branding.updated', { version: row.version });
    return brandingView(row);
  },
});
