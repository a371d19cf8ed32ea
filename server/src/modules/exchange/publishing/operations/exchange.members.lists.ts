import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { LISTS } from '../lists.ts';
import { PublicExchanges } from '../port.ts';

export const exchangeMembersLists = defineOperation({
  name: 'exchange.members.lists',
  summary: 'Show an exchange to the world as lists for filters',
  description:
    'Plain text of the fabrics that the tenant has published. `as-set`: an AS-SET of each fabric’s route servers, for a routing registry; `asns`: the ASNs of their members; `prefixes`: those of the LANs, which nobody else may announce.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/lists/{list}' },
  hiddenFrom: ['mcp', 'workflow'],
  download: 'inline',
  input: z.object({
    tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }),
    list: z.enum(LISTS).meta({ title: 'List' }),
  }),
  output: z.object({ content: z.string(), mediaType: z.literal('text/plain; charset=utf-8') }),
  targets: 'none',
  async run(ctx, { tenant, list }) {
    const content = await ctx.provider(PublicExchanges).list(tenant, list);
    if (content === undefined) throw new Problem('not-found', 'There is no exchange here that shows its members.');
    return { content, mediaType: 'text/plain; charset=utf-8' as const };
  },
});
