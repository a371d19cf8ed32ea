import type { AsnEvidence, AsnRight } from '../types.ts';

/** "Update": the one bit that PeeringDB's documents and its code agree on (exchange.md 4.1). */
const UPDATE = 2;
const MAX_ASN = 4_294_967_295;

/** Public networks only: 0, 23456, the last ones, documentation (RFC 5398) and private ranges (RFC 6996) are nobody's. */
export const isPublicAsn = (asn: number): boolean =>
  asn > 0 && asn < MAX_ASN && asn !== 23_456 && !(asn >= 64_496 && asn <= 65_551) && !(asn >= 4_200_000_000 && asn <= 4_294_967_294);

interface Listed {
  id?: unknown;
  name?: unknown;
  asn?: unknown;
  perms?: unknown;
}

const isAsn = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= MAX_ASN;

/** One malformed entry costs the others nothing; one without the right to update is simply no right. */
function rightOf(entry: unknown): AsnRight | 'none' | 'malformed' {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return 'malformed';
  const { id, name, asn, perms } = entry as Listed;
  if (!isAsn(asn)) return 'malformed';
  if (!Number.isSafeInteger(perms) || ((perms as number) & UPDATE) === 0 || !isPublicAsn(asn)) return 'none';
  return {
    asn,
    perms: perms as number,
    netId: Number.isSafeInteger(id) ? (id as number) : null,
    netName: typeof name === 'string' ? name.slice(0, 255) : null,
  };
}

/** Which networks somebody may speak for, and why not for more. */
export function rightsOf(profile: Record<string, unknown>, { amr, requireMfa }: { amr: readonly string[]; requireMfa: boolean }): AsnEvidence {
  if (profile['verified_user'] !== true) return { rights: [], reasons: ['peeringdb_user_unverified'] };
  if (requireMfa && !amr.includes('mfa')) return { rights: [], reasons: ['mfa_required'] };
  const { networks } = profile;
  if (!Array.isArray(networks)) return { rights: [], reasons: ['scope_networks_missing'] };
  const read = networks.map(rightOf);
  const rights = read.filter((one): one is AsnRight => typeof one === 'object');
  return {
    rights: [...new Map(rights.map((right) => [right.asn, right])).values()],
    reasons: read.includes('malformed') ? ['network_malformed'] : [],
  };
}
