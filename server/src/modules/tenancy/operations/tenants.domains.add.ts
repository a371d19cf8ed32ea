import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { count, eq } from '#kernel/drizzle.ts';
import { newId, randomToken } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { tenantHost } from '../domains/rows.ts';
import { domainFault, KEPT_MS, nextCheck, normalDomain } from '../domains/rules.ts';
import { domain as view, Domain } from '../domains/schemas.ts';
import { lockTenant, ownTenant } from '../own.ts';
import { limitOf } from '../plans.ts';
import { Site } from '../providers/port.ts';
import { tenantId } from '../schemas.ts';
import { requireFeature } from '../settings/store.ts';
import { tenantDomains } from '../tables.ts';

const wrong = (message: string): Problem =>
  new Problem('validation-failed', `The domain cannot be used: ${message}.`, { errors: [{ pointer: '/domain', message }] });

function usable(ctx: ReadContext, text: string): string {
  const name = normalDomain(text);
  if (name === undefined) throw wrong('It is no full host name, such as portal.acme.example');
  const { hosts, baseDomain, allowSpecial } = ctx.provider(Site);
  const fault = domainFault(name, [...hosts, ...(baseDomain === undefined ? [] : [baseDomain])], allowSpecial);
  if (fault !== undefined) throw wrong(fault);
  return name;
}

async function requireRoom(ctx: ReadContext, plan: string): Promise<void> {
  requireFeature(plan, 'customDomain', 'A domain of your own');
  const limit = limitOf(plan, 'domains') ?? 5;
  const [had] = await ctx.db.select({ count: count() }).from(tenantDomains).where(eq(tenantDomains.tenantId, ctx.tenantId));
  if (had!.count >= limit)
    throw new Problem('quota-exceeded', `The tenant has ${had!.count} domains; ${limit} is the most.`, { limit, used: had!.count });
}

export const tenantsDomainsAdd = defineOperation({
  name: 'tenants.domains.add',
  summary: 'Claim a domain for a tenant',
  description: 'The answer says which records to publish. Until the proof is seen the claim is worth nothing; after seven days it ends.',
  permission: 'domains:write',
  risk: 'write',
  route: { method: 'POST', path: '/tenants/{id}/domains' },
  tenantField: 'id',
  input: z.object({
    id: tenantId,
    domain: z
      .string()
      .trim()
      .min(3)
      .max(253)
      .meta({ title: 'Domain', examples: ['portal.acme.example'] }),
  }),
  output: Domain,
  targets: 'none',
  async plan(ctx, { domain }) {
    const name = usable(ctx, domain);
    await requireRoom(ctx, (await ownTenant(ctx)).plan);
    return { summary: `Claim the domain ${name}`, changes: [{ action: 'create', type: 'domain', name }], reversible: 'Remove it again.' };
  },
  async run(ctx, { domain }) {
    const name = usable(ctx, domain);
    await requireRoom(ctx, (await lockTenant(ctx)).plan);
    const at = ctx.now();
    const [row] = await ctx.db
      .insert(tenantDomains)
      .values({
        tenantId: ctx.tenantId, id: newId(), domain: name, token: randomToken(32), nextCheckAt: nextCheck({ state: 'pending', checks: 1 }, at),
        endsAt: new Date(at.getTime() + KEPT_MS), createdBy: ctx.actor.id, createdAt: at, updatedAt: at,
      })
      .returning()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'tenant_domains_once') ? new Problem('domain-taken', `${name} is claimed by this tenant already.`) : error;
      }); // prettier-ignore
    ctx.emit('domain.added', { domainId: row!.id, domain: name });
    return view(row!, tenantHost(ctx));
  },
});
