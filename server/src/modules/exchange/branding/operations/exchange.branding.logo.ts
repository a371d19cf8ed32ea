import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { Faces } from '../port.ts';

export const exchangeBrandingLogo = defineOperation({
  name: 'exchange.branding.logo',
  summary: 'Fetch the logo of an exchange',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/public/exchanges/{id}/logo' },
  hiddenFrom: ['mcp', 'cli', 'workflow'],
  download: 'inline',
  input: z.object({ id: z.uuid(), v: z.string().max(20).optional().meta({ help: 'Version; only so that browsers may keep the picture' }) }),
  output: z.object({ content: z.string(), mediaType: z.enum(['image/png', 'image/webp']), encoding: z.literal('base64') }),
  targets: 'none',
  async run(ctx, { id }) {
    const found = await ctx.provider(Faces).logo(id);
    if (!found) throw new Problem('not-found', 'There is no such picture.');
    const mediaType = found.mediaType === 'image/png' ? ('image/png' as const) : ('image/webp' as const);
    return { content: found.content.toString('base64'), mediaType, encoding: 'base64' as const };
  },
});
