import { eq } from 'drizzle-orm';
import { isUuid, type Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { identityProviders } from '../federation/tables.ts';
import type { Membership } from '../providers/port.ts';
import type { Amr, ProviderIdentity } from './types.ts';

/** The way somebody came in, as tenants name it in `allowedSignIn`; `ofTenant`: whose own provider it was. */
export interface Entry {
  way: string;
  ofTenant: string | null;
}
interface Come {
  amr: readonly Amr[];
  provider?: Pick<ProviderIdentity, 'id'> | null | undefined;
}

/** Read off the first proof: what was proven later in the session changes nothing of how it began. */
export async function entryOf(db: Database, { amr, provider }: Come): Promise<Entry> {
  if (!provider) return { way: amr[0] === 'hwk' ? 'passkey' : 'password', ofTenant: null };
  if (!isUuid(provider.id)) return { way: provider.id, ofTenant: null };
  const [row] = await db.select({ tenantId: identityProviders.tenantId }).from(identityProviders).where(eq(identityProviders.id, provider.id));
  return { way: 'oidc', ofTenant: row?.tenantId ?? null };
}

/** Where a password is not enough, neither is the word of another tenant's identity provider. */
export const mayEnter = ({ tenantId, allowedSignIn }: Pick<Membership, 'tenantId' | 'allowedSignIn'>, { way, ofTenant }: Entry): boolean =>
  allowedSignIn.includes(way) && (way !== 'oidc' || ofTenant === tenantId || allowedSignIn.includes('password'));

export const entryRefused = ({ name, allowedSignIn }: Pick<Membership, 'name' | 'allowedSignIn'>): Problem =>
  new Problem('sign-in-not-allowed', `${name} lets nobody in this way. Sign in by one of: ${allowedSignIn.join(', ')}.`, { allowed: allowedSignIn });
