import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { picture } from '../branding/image.ts';
import { branding, Branding } from '../branding/schemas.ts';
import { readBranding, requireBranding, writeBranding } from '../branding/store.ts';
import { tenantId } from '../schemas.ts';

export const tenantsBrandingUpload = defineOperation({
  name: 'tenants.branding.upload',
  summary: 'Upload the logo or icon of a tenant',
  description: 'A PNG, JPEG or WebP of at most 2 MiB. It is drawn anew: a logo of at most 640 by 240 pixels, an icon of 128 by 128.',
  permission: 'branding:write',
  risk: 'write',
  route: { method: 'PUT', path: '/tenants/{id}/branding/{kind}' },
  upload: 'file',
  bodyLimit: 3_000_000,
  tenantField: 'id',
  input: z.object({
    id: tenantId,
    kind: z.enum(['logo', 'icon']).meta({ title: 'Picture' }),
    file: z.base64().max(3_000_000).meta({ title: 'File', widget: 'file' }),
  }),
  output: Branding,
  targets: 'none',
  async plan(ctx, { id, kind }) {
    await requireBranding(ctx);
    const row = await readBranding(ctx);
    return {
      summary: `Replace the ${kind}`,
      changes: [{ action: 'update', type: 'branding', id, name: 'Branding', fields: [{ path: kind }] }],
      observed: { branding: String(row.version) },
    };
  },
  async run(ctx, { kind, file }) {
    const { content, mediaType } = await picture(file, kind);
    const columns = kind === 'logo' ? { logo: content, logoType: mediaType } : { icon: content, iconType: mediaType };
    return branding(await writeBranding(ctx, columns));
  },
});
