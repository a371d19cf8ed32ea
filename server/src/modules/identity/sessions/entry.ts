import { isUuid, type Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { identityProviders } from '../federation/tables.ts';
import type { Membership } from '../providers/port.ts';
import type { Amr, Level, ProviderIdentity } from './types.ts';

/**
 * The way somebody came in, as tenants name it in `allowedSignIn`; `ofTenant`: whose own provider it was; `level`: how many factors were
 * proven since.
 */
export interface Entry {
  way: string;
  ofTenant: string | null;
  level: Level;
}
interface Come {
  amr: readonly Amr[];
  level: Level;
  provider?: Pick<ProviderIdentity, 'id'> | null | undefined;
}

/** Read off the first proof: what was proven later in the session changes nothing of how it began. */
export async function entryOf(db: Database, { amr, level, provider }: Come): Promise<Entry> {
  if (!provider) return { way: amr[0] === 'hwk' ? 'passkey' : 'password', ofTenant: null, level };
  if (!isUuid(provider.id)) return { way: provider.id, ofTenant: null, level };
  const [row] = await db.select({ tenantId: identityProviders.tenantId }).from(identityProviders).where(eq(identityProviders.id, provider.id));
  return { way: 'oidc', ofTenant: row?.tenantId ?? null, level };
}

type Door = Pick<Membership, 'tenantId' | 'allowedSignIn' | 'ssoEnforced' | 'owns'>;

const isByOwnProvider = ({ tenantId }: Pick<Door, 'tenantId'>, { way, ofTenant }: Entry): boolean => way === 'oidc' && ofTenant === tenantId;

/**
 * A provider of a tenant speaks for that tenant alone: its administrators could otherwise let themselves into another as one of its people.
 * Where single sign-on is enforced its provider is the only way, but an owner with a second factor is never locked out by it.
 */
export function mayEnter(door: Door, entry: Entry): boolean {
  if (door.ssoEnforced) return isByOwnProvider(door, entry) || breaksGlass(door, entry);
  return door.allowedSignIn.includes(entry.way) && (entry.way !== 'oidc' || isByOwnProvider(door, entry));
}

/** Did the owner come past the provider that everybody has to use? It is told to them. */
export const breaksGlass = (door: Door, entry: Entry): boolean => door.ssoEnforced && door.owns && entry.level === 2 && !isByOwnProvider(door, entry);

export function entryRefused({ name, allowedSignIn, ssoEnforced }: Pick<Membership, 'name' | 'allowedSignIn' | 'ssoEnforced'>): Problem {
  const allowed = ssoEnforced ? ['oidc'] : allowedSignIn;
  return new Problem('sign-in-not-allowed', `${name} lets nobody in this way. Sign in by one of: ${allowed.join(', ')}.`, { allowed });
}
