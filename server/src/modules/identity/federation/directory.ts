import { isUuid, type Database } from '#kernel/database.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { FederationDeps } from './deps.ts';
import type { Provider } from './idps/provider.ts';
import { tenantProvider } from './idps/tenant.ts';
import type { Offer, OfferedProvider } from './port.ts';
import { domainOf } from './rules.ts';
import { identityProviders, type IdentityProviderRow } from './tables.ts';

export const sealedPlace = (tenantId: string, id: string) => ({ tenantId, table: 'identity_providers', row: id, field: 'client_secret' });

const startOf = (id: string, isTenants: boolean): string => (isTenants ? `/api/v1/auth/oidc/${id}/login` : `/api/v1/auth/oauth/${id}`);
const offered = ({ client: { id, kind, name, tenantId } }: Provider): OfferedProvider => ({
  id,
  kind,
  name,
  startUrl: startOf(id, tenantId !== null),
});
const offeredRow = ({ id, name }: IdentityProviderRow): OfferedProvider => ({ id, kind: 'oidc', name, startUrl: startOf(id, true) });

export const providerMissing = (): Problem => new Problem('provider-not-found', 'There is no such identity provider, or it is switched off.');

export interface Directory {
  /** Throws `provider-not-found`. */
  find: (id: string) => Promise<Provider>;
  /** The name to show for a provider that may be gone. */
  nameOf: (id: string) => Promise<string>;
  offer: (wanted: { email?: string | undefined; tenant?: string | undefined }) => Promise<Offer>;
  only: () => Promise<string>;
  /** In the caller's platform transaction: where people of this address have to sign in instead. */
  enforcedFor: (db: Database, email: string) => Promise<OfferedProvider | null>;
}

/** Every provider there is: those of the installation by name, those of tenants by id. */
export function createDirectory(deps: FederationDeps): Directory {
  const { databases, doors, sealer, core } = deps;
  const installed = new Map(deps.installed.map((provider) => [provider.client.id, provider]));

  const rowOf = (id: string): Promise<IdentityProviderRow | undefined> =>
    databases.platform('identity provider by id', async (db) => {
      if (!isUuid(id)) return undefined;
      const [row] = await db.select().from(identityProviders).where(eq(identityProviders.id, id));
      return row && row.enabled && (await doors.isOpen(db, row.tenantId)) ? row : undefined;
    });

  /** Opened when it is needed, and in the tenant's own context: the platform has no key to a tenant's secrets. */
  const secretOf = (row: IdentityProviderRow) => async (): Promise<string | null> => {
    const sealed = row.clientSecretSealed;
    if (sealed === null) return null;
    return databases.tenant({ tenantId: row.tenantId, readOnly: true }, (db) => sealer.open(db, sealedPlace(row.tenantId, row.id), sealed));
  };
  const holds = (tenantId: string) => (domain: string) =>
    databases.platform('who holds a domain', async (db) => (await doors.holderOf(db, domain))?.tenantId === tenantId);

  const rowsOf = (db: Database, tenantId: string): Promise<IdentityProviderRow[]> =>
    db
      .select()
      .from(identityProviders)
      .where(and(eq(identityProviders.tenantId, tenantId), eq(identityProviders.enabled, true)))
      .orderBy(asc(identityProviders.id));

  /** The tenant that holds the domain of an address, with its first provider. */
  async function ssoOf(db: Database, email: string): Promise<Offer['sso']> {
    const holder = await doors.holderOf(db, domainOf(email));
    const first = holder && (await rowsOf(db, holder.tenantId))[0];
    return holder && first ? { provider: offeredRow(first), enforced: holder.ssoEnforced } : null;
  }

  return {
    async find(id) {
      const own = installed.get(id);
      if (own) return own;
      const row = await rowOf(id);
      if (!row) throw providerMissing();
      return tenantProvider(core, row, secretOf(row), holds(row.tenantId));
    },
    async nameOf(id) {
      return installed.get(id)?.client.name ?? (await rowOf(id))?.name ?? 'A former identity provider';
    },
    offer: ({ email, tenant }) =>
      databases.platform('ways to sign in', async (db) => {
        const tenantId = tenant === undefined ? null : await doors.idOf(db, tenant);
        const own = tenantId === null ? [] : await rowsOf(db, tenantId);
        return {
          providers: [...own.map(offeredRow), ...[...installed.values()].map(offered)],
          sso: email === undefined ? null : await ssoOf(db, email),
        };
      }),
    async only() {
      const names = [...installed.keys()];
      if (names.length !== 1) throw new Problem('provider-not-found', 'There is not exactly one provider; name the one you want.');
      return names[0]!;
    },
    async enforcedFor(db, email) {
      const sso = await ssoOf(db, email);
      return sso?.enforced ? sso.provider : null;
    },
  };
}
