import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Faces } from '../port.ts';
import { Face } from '../schemas.ts';

export const exchangeBrandingShow = defineOperation({
  name: 'exchange.branding.show',
  summary: 'Show the face of an exchange to the world',
  description: 'Name, logo, links and colours of pages that anybody may see. Null of an exchange that shows nothing to the world and has said nothing of itself, and where there is none.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/branding' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }) }),
  // A page asks before it knows whether there is one: that there is none is an answer.
  output: z.object({ face: Face.nullable() }),
  targets: 'none',
  async run(ctx, { tenant }) {
    return { face: (await ctx.provider(Faces).of(tenant)) ?? null };
  },
}); // prettier-ignore
