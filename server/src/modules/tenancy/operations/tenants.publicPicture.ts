import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Hosts } from '../providers/port.ts';

export const tenantsPublicPicture = defineOperation({
  name: 'tenants.publicPicture',
  summary: 'Fetch the logo or icon of a tenant',
  permission: 'tenants:look',
  risk: 'read',
  access: 'public',
  route: { method: 'GET', path: '/public/tenants/{id}/{kind}' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  download: 'inline',
  input: z.object({ id: z.uuid(), kind: z.enum(['logo', 'icon']), v: z.string().max(20).optional().meta({ help: 'Version; only so that browsers may keep the picture' }) }), // prettier-ignore
  output: z.object({ content: z.string(), mediaType: z.enum(['image/png', 'image/webp']), encoding: z.literal('base64') }),
  targets: 'none',
  async run(ctx, { id, kind }) {
    const found = await ctx.provider(Hosts).picture(id, kind);
    if (!found) throw new Problem('not-found', 'There is no such picture.');
    const mediaType = found.mediaType === 'image/png' ? ('image/png' as const) : ('image/webp' as const);
    return { content: found.content.toString('base64'), mediaType, encoding: 'base64' as const };
  },
});
