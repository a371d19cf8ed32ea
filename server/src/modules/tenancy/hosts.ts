import { createCache } from '#kernel/cache.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, asc, desc, eq, inArray, ne } from '#kernel/drizzle.ts';
import type { Hosts, PublicTenant, Site } from './providers/port.ts';
import { SLUG, SLUG_LEADS_MS } from './rules.ts';
import { settingsOf } from './settings/schema.ts';
import { tenantBranding, tenantDomains, tenants, tenantSettings, tenantSlugs } from './tables.ts';

export interface HostsDeps {
  databases: Databases;
  now: Clock;
  site: Pick<Site, 'baseDomain' | 'hosts'>;
  /** Calls `forget` whenever a host name may lead elsewhere. */
  onChange: (forget: () => void) => void;
}

const REMEMBERED_MS = 30_000;

/** `acme` of `acme.switchyard.example`; undefined for names that are not one label below the base domain. */
export function slugOfHost(host: string, baseDomain: string | undefined): string | undefined {
  if (baseDomain === undefined || !host.endsWith(`.${baseDomain}`)) return undefined;
  const label = host.slice(0, -baseDomain.length - 1);
  return SLUG.test(label) ? label : undefined;
}

interface Lead {
  tenantId: string;
  /** The slug is one that the tenant gave up. */
  moved: boolean;
}

async function bySlug(db: Database, slug: string, at: Date): Promise<Lead | undefined> {
  const [row] = await db.select().from(tenantSlugs).where(eq(tenantSlugs.slug, slug));
  if (!row || (row.givenUpAt && row.givenUpAt.getTime() + SLUG_LEADS_MS <= at.getTime())) return undefined;
  return { tenantId: row.tenantId, moved: row.givenUpAt !== null };
}

/** A stale domain works on for its last days, unless somebody else has proven it. */
async function byDomain(db: Database, domain: string): Promise<Lead | undefined> {
  const [row] = await db
    .select({ tenantId: tenantDomains.tenantId })
    .from(tenantDomains)
    .where(and(eq(tenantDomains.domain, domain), inArray(tenantDomains.state, ['verified', 'live', 'stale'])))
    .orderBy(asc(eq(tenantDomains.state, 'stale')), desc(tenantDomains.verifiedAt))
    .limit(1);
  return row && { tenantId: row.tenantId, moved: false };
}

async function publicView(db: Database, { tenantId, moved }: Lead, baseDomain: string | undefined): Promise<PublicTenant | undefined> {
  const [row] = await db
    .select({ tenant: tenants, settings: tenantSettings.value, branding: tenantBranding })
    .from(tenants)
    .leftJoin(tenantSettings, eq(tenantSettings.tenantId, tenants.tenantId))
    .leftJoin(tenantBranding, eq(tenantBranding.tenantId, tenants.tenantId))
    .where(and(eq(tenants.tenantId, tenantId), ne(tenants.status, 'deleted')));
  if (!row) return undefined;
  const { security } = settingsOf(row.settings);
  const { branding, tenant } = row;
  return {
    id: tenant.id,
    slug: tenant.slug,
    name: tenant.name,
    status: tenant.status,
    branding: {
      hasLogo: branding?.logoType != null,
      hasIcon: branding?.iconType != null,
      primaryColor: branding?.primaryColor ?? null,
      loginText: branding?.loginText ?? null,
      supportLink: branding?.supportLink ?? null,
    },
    signIn: { methods: security.allowedSignIn, ssoEnforced: security.ssoEnforced },
    movedTo: moved && baseDomain !== undefined ? `${tenant.slug}.${baseDomain}` : null,
  };
}

/** The adapter of the port Hosts. A name that leads nowhere is remembered too: strangers ask for many. */
export function createHosts({ databases, now, site, onChange }: HostsDeps): Hosts {
  const leads = createCache<Lead | undefined>({ ttlMs: REMEMBERED_MS, max: 10_000, now });
  onChange(leads.clear);
  const lookUp = (host: string): Promise<Lead | undefined> =>
    leads.read(host, () =>
      databases.platform('tenant of a host name', (db) => {
        const slug = slugOfHost(host, site.baseDomain);
        return slug === undefined ? byDomain(db, host) : bySlug(db, slug, now());
      }),
    );
  return {
    tenantOf: async (host) => (site.hosts.includes(host) ? undefined : (await lookUp(host))?.tenantId),
    async publicTenant(hostOrSlug) {
      const name = hostOrSlug.toLowerCase();
      const known = name.includes('.') ? await lookUp(name) : undefined;
      return databases.platform('public face of a tenant', async (db) => {
        const lead = known ?? (SLUG.test(name) ? await bySlug(db, name, now()) : undefined);
        return lead && publicView(db, lead, site.baseDomain);
      });
    },
    picture: (tenantId, kind) =>
      databases.platform('picture of a tenant', async (db) => {
        const [row] = await db.select().from(tenantBranding).where(eq(tenantBranding.tenantId, tenantId));
        const content = kind === 'logo' ? row?.logo : row?.icon;
        const mediaType = kind === 'logo' ? row?.logoType : row?.iconType;
        return content && mediaType ? { content, mediaType } : undefined;
      }),
  };
}
