import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { MemberExport } from '../ixf.ts';
import { PublicExchanges } from '../port.ts';

export const exchangeMembersExport = defineOperation({
  name: 'exchange.members.export',
  summary: 'Show the members of an exchange to the world',
  description:
    'The IX-F member export 1.0 of the fabrics that the tenant has published, for PeeringDB, IXPDB and whoever peers by it. Only active connections; a network may keep its name out of it, not its ASN.',
  permission: 'exchange:look',
  access: 'public',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/{tenant}/participants.json' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ tenant: z.string().min(1).max(64).meta({ title: 'Tenant', help: 'Its short name' }) }),
  output: MemberExport,
  targets: 'none',
  async run(ctx, { tenant }) {
    const found = await ctx.provider(PublicExchanges).members(tenant);
    if (!found) throw new Problem('not-found', 'There is no exchange here that shows its members.');
    return found;
  },
});
