import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findDomain } from '../domains/rows.ts';
import { tenantId } from '../schemas.ts';
import { tenantDomains } from '../tables.ts';

export const tenantsDomainsRemove = defineOperation({
  name: 'tenants.domains.remove',
  summary: 'Give up a domain',
  permission: 'domains:write',
  risk: 'high',
  route: { method: 'DELETE', path: '/tenants/{id}/domains/{domainId}' },
  aliases: [{ method: 'DELETE', path: '/tenants/{id}/domains' }],
  tenantField: 'id',
  input: z.object({ id: tenantId, domainId: z.uuid().meta({ title: 'Domain', widget: 'domain' }) }),
  output: z.object({ id: z.uuid() }),
  targets: async (ctx, { domainId }) => [{ type: 'domain', id: domainId, name: (await findDomain(ctx, domainId)).domain }],
  async plan(ctx, { domainId }) {
    const { domain, state } = await findDomain(ctx, domainId);
    const used = state === 'live' || state === 'verified';
    return {
      summary: `Give up the domain ${domain}`,
      changes: [{ action: 'delete', type: 'domain', id: domainId, name: domain, fields: [{ path: 'state', before: state }] }],
      downtime: { kind: used ? 'outage' : 'none', seconds: 0 },
      warnings: used ? [`Nobody reaches the tenant as ${domain} any more, and another tenant may claim the name.`] : [],
      reversible: 'Claim it again, with a new proof.',
    };
  },
  async run(ctx, { domainId }) {
    const { domain } = await findDomain(ctx, domainId);
    await ctx.db.delete(tenantDomains).where(and(eq(tenantDomains.tenantId, ctx.tenantId), eq(tenantDomains.id, domainId)));
    ctx.emit('domain.removed', { domainId, domain });
    return { id: domainId };
  },
});
