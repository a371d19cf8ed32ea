import { NO_TENANT, type Actor } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Holder } from './holders.ts';
import { isFrom } from './keys/rules.ts';
import type { Membership, Memberships } from './providers/port.ts';
import { breaksGlass, entryRefused, mayEnter } from './sessions/entry.ts';

const NOWHERE = { tenantId: NO_TENANT, slug: '' };

function requireClaimed(claimed: string | undefined, found: Membership | undefined): void {
  if (!found || claimed === undefined || claimed === found.tenantId) return;
  throw new Problem(
    'tenant-ambiguous',
    'The access token is for another tenant than the one that the request names. Switch the tenant, or leave the name out.',
  );
}

/** Where the call goes; nowhere for a person who names no tenant and may not go on in theirs, so that they can choose another. */
async function membershipOf(
  memberships: Memberships,
  { kind, userId, tenantId, entry, ...holder }: Holder,
  wanted: string | undefined,
): Promise<Membership | undefined> {
  const found = holder.memberships.find((one) => (wanted === undefined ? one.tenantId === tenantId : one.slug === wanted || one.tenantId === wanted));
  if (!found && (wanted !== undefined || kind !== 'user')) throw await memberships.refusal(userId, wanted ?? tenantId ?? NO_TENANT);
  requireClaimed(holder.claimed, found);
  // Past an enforced provider one goes by choosing the tenant, which is told, and not by naming it in a call.
  if (!found || !entry || (mayEnter(found, entry) && (found.tenantId === tenantId || !breaksGlass(found, entry)))) return found;
  if (wanted !== undefined) throw entryRefused(found);
  return undefined;
}

/** Who calls, there. Throws what keeps the caller out of the tenant, or the key off the network. */
export async function actorOf(memberships: Memberships, holder: Holder, wanted: string | undefined, ip: string | null): Promise<Actor> {
  const membership = await membershipOf(memberships, holder, wanted);
  if (membership) memberships.admit(membership, ip);
  if (!isFrom(ip, holder.cidrs ?? []))
    throw new Problem('ip-not-allowed', 'This API key is bound to networks, and you do not call from one of them.');
  const { kind, userId: id, name, email, credentialId, permissionCap, proof } = holder;
  const { tenantId, slug: tenantSlug } = membership ?? NOWHERE;
  const limited = holder.limitedIn.includes(tenantId) ? { limitedTo: 'enrolment' as const } : {};
  return {
    kind,
    id,
    name,
    email,
    tenantId,
    tenantSlug,
    credentialId,
    permissionCap,
    ip,
    ...holder.bounds,
    ...(proof ? { proof } : {}),
    ...limited,
  };
}
