import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { findDomain, tenantHost } from '../domains/rows.ts';
import { Domain } from '../domains/schemas.ts';
import { DomainClaims, DomainLookups } from '../providers/port.ts';
import { tenantId } from '../schemas.ts';

const PAUSE_MS = 30_000;
const Check = Domain.shape.checks;

export const tenantsDomainsVerify = defineOperation({
  name: 'tenants.domains.verify',
  summary: 'Look now whether a domain is proven',
  description:
    'Asks the authoritative servers of the zone and two resolvers, without any cache of ours; all have to show the record. At most twice a minute. `checks` says what each of them answered.',
  permission: 'domains:write',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/tenants/{id}/domains/{domainId}/verify' },
  tenantField: 'id',
  input: z.object({ id: tenantId, domainId: z.uuid().meta({ title: 'Domain', widget: 'domain' }) }),
  output: z.object({ state: Domain.shape.state, verified: z.boolean(), checks: Check }),
  targets: async (ctx, { domainId }) => [{ type: 'domain', id: domainId, name: (await findDomain(ctx, domainId)).domain }],
  async run(ctx, { domainId }) {
    const row = await findDomain(ctx, domainId);
    const waits = row.lastCheckedAt ? row.lastCheckedAt.getTime() + PAUSE_MS - ctx.now().getTime() : 0;
    if (waits > 0)
      throw new Problem('rate-limited', `${row.domain} was looked at just now. Records take a while to spread.`, {
        retryAfterSeconds: Math.ceil(waits / 1000),
      });
    const looked = await ctx.provider(DomainLookups).look({ domain: row.domain, token: row.token, tenantHost: tenantHost(ctx) });
    const after = await ctx.provider(DomainClaims).settle(ctx.tenantId, row.id, looked, true);
    if (!after) throw new Problem('not-found', 'The domain was removed in the meantime.');
    return { state: after.state, verified: after.state === 'verified' || after.state === 'live', checks: [...looked.proof, ...looked.traffic] };
  },
});
