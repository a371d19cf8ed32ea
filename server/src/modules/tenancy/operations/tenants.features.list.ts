import { z } from 'zod';
import { count, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { ownTenant } from '../own.ts';
import { planOf } from '../plans.ts';
import { tenantId } from '../schemas.ts';
import { seatsUsed } from '../seats.ts';
import { tenantDomains } from '../tables.ts';

const Feature = z.object({
  enabled: z.boolean(),
  limit: z.int().nullable().optional().meta({ help: 'Null: no limit' }),
  used: z.int().optional(),
  source: z.enum(['plan', 'override', 'flag']),
  expiresAt: z.iso.datetime().nullable(),
});

export const tenantsFeaturesList = defineOperation({
  name: 'tenants.features.list',
  summary: 'Show what the plan of a tenant includes, and how much of it is used',
  permission: 'features:read',
  risk: 'read',
  route: { method: 'GET', path: '/tenants/{id}/features' },
  tenantField: 'id',
  input: z.object({ id: tenantId }),
  output: z.object({ plan: z.string(), planName: z.string(), features: z.record(z.string(), Feature) }),
  targets: 'none',
  async run(ctx) {
    const row = await ownTenant(ctx);
    const { key, name, features } = planOf(row.plan);
    const [domains] = await ctx.db.select({ count: count() }).from(tenantDomains).where(eq(tenantDomains.tenantId, ctx.tenantId));
    const used: Record<string, number> = { seats: await seatsUsed(ctx), domains: domains!.count };
    // A trial ends, and what it opened with it.
    const expiresAt = row.status === 'trialing' ? (row.trialEndsAt?.toISOString() ?? null) : null;
    const resolved = Object.entries(features).map(([feature, value]) => {
      const common = { source: 'plan' as const, expiresAt };
      if (typeof value === 'boolean') return [feature, { enabled: value, ...common }] as const;
      return [
        feature,
        { enabled: value === null || value > 0, limit: value, ...(feature in used ? { used: used[feature] } : {}), ...common },
      ] as const;
    });
    return { plan: key, planName: name, features: Object.fromEntries(resolved) };
  },
});
