import { networkOf } from '#kernel/network.ts';
import { provide, providerOf, type Port } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { Faces, LogoDrawing } from '#modules/exchange/branding/port.ts';
import { faceOf, logoOf } from '#modules/exchange/branding/store.ts';
import { PeerStanding } from '#modules/exchange/joining/port.ts';
import { GlassLimits, PublicGlasses } from '#modules/exchange/looking/port.ts';
import { memberExport, type Listed } from '#modules/exchange/publishing/ixf.ts';
import { listedOf } from '#modules/exchange/publishing/listed.ts';
import { listOf } from '#modules/exchange/publishing/lists.ts';
import { PublicExchanges } from '#modules/exchange/publishing/port.ts';
import { rightsOfPerson, spokenFor } from '#modules/identity/federation/asn-rights.ts';
import { fabricsOf } from '#modules/identity/local/associations.ts';
import { picture } from '#modules/tenancy/branding/image.ts';
import { branding } from '#modules/tenancy/branding/schemas.ts';
import { readBranding } from '#modules/tenancy/branding/store.ts';
import { tenantById, tenantBySlug } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';
import type { Around } from './wired.ts';

/** Networks and fabrics of a person, as module identity knows them. */
const peerStanding = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): PeerStanding => ({
  of: (tenantId, userId) =>
    databases.platform('networks that a person speaks for', async (db) => {
      const rights = await rightsOfPerson(db, userId, now());
      return {
        rights: rights.map(({ asn, source, state, netName, verifiedAt }) => ({ asn, source, state, name: netName, verifiedAt })),
        fabrics: await fabricsOf(db, { tenantId, userId }),
      };
    }),
  spokenFor: (asns) => databases.platform('networks that anybody speaks for', (db) => spokenFor(db, asns)),
});

/** Tenants that are open show what they have published; of one that is suspended or gone nothing is shown. */
const SHOWN = ['active', 'trialing', 'past_due', 'read_only'];

async function openTenant({ databases }: Pick<Parts, 'databases'>, slug: string): Promise<{ id: string; name: string } | undefined> {
  const tenant = await databases.platform('the exchange of a tenant, for the world', (db) => tenantBySlug(db, slug));
  return tenant && SHOWN.includes(tenant.status) ? tenant : undefined;
}

const publicExchanges = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): PublicExchanges => {
  async function published(slug: string, operation: string): Promise<Listed | undefined> {
    const tenant = await openTenant({ databases }, slug);
    if (!tenant) return undefined;
    const listed = await databases.tenant({ tenantId: tenant.id, operation, readOnly: true }, (db) => listedOf({ db, tenantId: tenant.id }));
    return listed.fabrics.length === 0 ? undefined : listed;
  }
  return {
    async members(slug) {
      const listed = await published(slug, 'exchange.members.export');
      return listed && memberExport(listed, now());
    },
    async list(slug, list) {
      const listed = await published(slug, 'exchange.members.lists');
      return listed && listOf(list, listed);
    },
  };
};

const faces = ({ databases }: Pick<Parts, 'databases'>): Faces => ({
  async of(slug) {
    const tenant = await openTenant({ databases }, slug);
    if (!tenant) return undefined;
    return databases.tenant({ tenantId: tenant.id, operation: 'exchange.branding.show', readOnly: true }, async (db) => {
      const row = await readBranding({ db, tenantId: tenant.id });
      const { logoUrl, supportLink } = row ? branding(row) : { logoUrl: null, supportLink: null };
      return faceOf({ db, tenantId: tenant.id }, { name: tenant.name, logoUrl, supportUrl: supportLink });
    });
  },
  async logo(id) {
    const tenant = await databases.platform('the logo of an exchange, for the world', (db) => tenantById(db, id));
    if (!tenant || !SHOWN.includes(tenant.status)) return undefined;
    return databases.tenant({ tenantId: id, operation: 'exchange.branding.logo', readOnly: true }, (db) => logoOf({ db, tenantId: id }));
  },
});

/** Of one person, or of one network that has not signed in (exchange.md 19); and of all who have not. */
const MOST_LOOKS = 30;
const MOST_STRANGERS = 600;
const MINUTE = 60;

const glassLimits = ({ counters }: Pick<Around, 'counters'>): GlassLimits => {
  async function take(tenantId: string, limits: readonly [readonly [string, number], ...(readonly [string, number])[]]): Promise<void> {
    const [first, ...more] = limits.map(([who, limit]) => ({ key: `glass ${who}`, name: 'looking-glass', limit, seconds: MINUTE }));
    const { allowed, tightest } = await counters.take(tenantId, [first!, ...more]);
    if (allowed) return;
    const seconds = Math.max(1, Math.ceil(tightest.waitMs / 1_000));
    throw new Problem('rate-limited', `More than ${tightest.quota.limit} looks a minute through the looking glass. Wait ${seconds} s.`, { retryAfterSeconds: seconds }); // prettier-ignore
  }
  return {
    person: (tenantId, personId) => take(tenantId, [[`person ${personId}`, MOST_LOOKS]]),
    stranger: (tenantId, ip) => take(tenantId, [[`network ${networkOf(ip)}`, MOST_LOOKS], ['strangers', MOST_STRANGERS]]), // prettier-ignore
  };
};

const publicGlasses = ({ databases }: Pick<Parts, 'databases'>, around: Pick<Around, 'adapters' | 'counters'>): PublicGlasses => ({
  async of(slug, ip) {
    const tenant = await openTenant({ databases }, slug);
    if (!tenant) return undefined;
    await glassLimits(around).stranger(tenant.id, ip);
    const where = { tenantId: tenant.id, operation: 'exchange.publicGlass', readOnly: true } as const;
    return { tenantId: tenant.id, provider: providerOf(around.adapters()), read: (work) => databases.tenant(where, work) };
  },
});

/** What the exchange asks of other modules about the people and tenants whose networks are on it. */
export const memberAdapters = (
  parts: Pick<Parts, 'databases' | 'now'>,
  around: Pick<Around, 'adapters' | 'counters'>,
): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(PeerStanding, peerStanding(parts)),
  provide(PublicExchanges, publicExchanges(parts)),
  provide(Faces, faces(parts)),
  provide(LogoDrawing, { draw: (base64) => picture(base64, 'logo') }),
  provide(GlassLimits, glassLimits(around)),
  provide(PublicGlasses, publicGlasses(parts, around)),
];
