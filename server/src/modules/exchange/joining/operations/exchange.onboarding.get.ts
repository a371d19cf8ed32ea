import { z } from 'zod';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { withinReach } from '#kernel/scope.ts';
import { networks } from '../../controllers/tables.ts';
import { fabrics } from '../../tables.ts';
import { ACCESSES, asnFault, fabricRefusal, MOST_AN_HOUR, MOST_OPEN, type AsnRight } from '../rules.ts';
import { standingOf } from '../submit.ts';

const WHY = ['fabric-closed', 'fabric-inactive', 'fabric-not-authorized', 'asn-not-authorized', 'asn-right-stale', 'asn-not-allowed'] as const;

/** What keeps somebody from asking for this fabric whichever of their networks they name; null when one of them may. */
function whyNot(fabric: typeof fabrics.$inferSelect, networkId: string | null, rights: readonly AsnRight[], grants: readonly string[]): (typeof WHY)[number] | null {
  if (fabric.access === 'closed') return 'fabric-closed';
  if (fabric.orphanedFrom !== null) return 'fabric-inactive';
  const live = rights.filter(({ state }) => state === 'live');
  if (live.length === 0) return rights.some(({ state }) => state === 'stale') ? 'asn-right-stale' : 'asn-not-authorized';
  const fitting = live.filter(({ asn }) => asnFault(asn, fabric.allowPrivateAsns) === undefined);
  if (fitting.length === 0) return 'asn-not-allowed';
  return fitting.some((right) => fabricRefusal({ id: fabric.id, access: fabric.access, networkId }, grants, right) === undefined) ? null : 'fabric-not-authorized';
} // prettier-ignore

export const exchangeOnboardingGet = defineOperation({
  name: 'exchange.onboarding.get',
  summary: 'Show what you may ask for at the exchange',
  description: 'Networks that you speak for, and fabrics with the reason where you may not ask for one.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/onboarding' },
  input: z.object({}),
  output: z.object({
    asns: z.array(
      z.object({
        asn: z.int(),
        name: z.string().nullable(),
        source: z.enum(['peeringdb', 'local']),
        state: z.enum(['live', 'stale', 'revoked']),
        verifiedAt: z.iso.datetime(),
      }),
    ),
    fabrics: z.array(
      z.object({
        id: z.uuid(),
        slug: z.string(),
        name: z.string(),
        access: z.enum(ACCESSES),
        zerotier: z.boolean().meta({ help: 'It is on a ZeroTier network: name your node' }),
        networkId: z.string().nullable(),
        whyNot: z.enum(WHY).nullable().meta({ help: 'The problem that asking for it would answer; null when you may' }),
      }),
    ),
    limits: z.object({ open: z.int(), hour: z.int() }),
  }),
  targets: 'filter',
  async run(ctx) {
    const { rights, fabrics: grants } = await standingOf(ctx);
    const rows = await ctx.db
      .select({ fabric: fabrics, networkId: networks.networkId })
      .from(fabrics)
      .leftJoin(networks, and(eq(networks.tenantId, fabrics.tenantId), eq(networks.fabricId, fabrics.id)))
      .where(and(eq(fabrics.tenantId, ctx.tenantId), withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id })))
      .orderBy(asc(fabrics.slug));
    return {
      asns: rights.map(({ asn, name, source, state, verifiedAt }) => ({ asn, name, source, state, verifiedAt: verifiedAt.toISOString() })),
      fabrics: rows.map(({ fabric, networkId }) => {
        const { id, slug, name, access } = fabric;
        const why = whyNot(fabric, networkId, rights, grants);
        // Who may not ask for it learns that it is there, and not how to reach it.
        return { id, slug, name, access, zerotier: networkId !== null, networkId: why === null ? networkId : null, whyNot: why };
      }),
      limits: { open: MOST_OPEN, hour: MOST_AN_HOUR },
    };
  },
});
