import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { Site } from '../providers/port.ts';
import { tenantDomains, type DomainRow } from '../tables.ts';

export const findDomain = (ctx: ReadContext, id: string): Promise<DomainRow> =>
  ctx.once(`domain ${id}`, async () => {
    const [row] = await ctx.db
      .select()
      .from(tenantDomains)
      .where(and(eq(tenantDomains.tenantId, ctx.tenantId), eq(tenantDomains.id, id)));
    if (!row) throw new Problem('not-found', 'There is no such domain in this tenant.');
    return row;
  });

/** `acme.switchyard.example`, where the installation has a base domain; else its own host name. */
export function hostOf(site: Pick<Site, 'baseDomain' | 'publicUrl'>, slug: string): string | undefined {
  if (site.baseDomain !== undefined) return `${slug}.${site.baseDomain}`;
  const { hostname } = new URL(site.publicUrl);
  return hostname.includes('.') ? hostname : undefined;
}

export const tenantHost = (ctx: ReadContext): string | undefined => hostOf(ctx.provider(Site), ctx.actor.tenantSlug);
