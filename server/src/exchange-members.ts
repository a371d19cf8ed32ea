import { provide, type Port } from '#kernel/port.ts';
import { PeerStanding } from '#modules/exchange/joining/port.ts';
import { memberExport, type Listed } from '#modules/exchange/publishing/ixf.ts';
import { listedOf } from '#modules/exchange/publishing/listed.ts';
import { listOf } from '#modules/exchange/publishing/lists.ts';
import { PublicExchanges } from '#modules/exchange/publishing/port.ts';
import { rightsOfPerson, spokenFor } from '#modules/identity/federation/asn-rights.ts';
import { fabricsOf } from '#modules/identity/local/associations.ts';
import { tenantBySlug } from '#modules/tenancy/tenants.ts';
import type { Parts } from './core.ts';

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

const publicExchanges = ({ databases, now }: Pick<Parts, 'databases' | 'now'>): PublicExchanges => {
  async function published(slug: string, operation: string): Promise<Listed | undefined> {
    const tenant = await databases.platform('the exchange of a tenant, for the world', (db) => tenantBySlug(db, slug));
    if (!tenant || !SHOWN.includes(tenant.status)) return undefined;
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

/** What the exchange asks of other modules about the people and tenants whose networks are on it. */
export const memberAdapters = (parts: Pick<Parts, 'databases' | 'now'>): readonly (readonly [Port<unknown>, unknown])[] => [
  provide(PeerStanding, peerStanding(parts)),
  provide(PublicExchanges, publicExchanges(parts)),
];
