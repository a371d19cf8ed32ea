import { invalid, requireAddress } from './addresses.ts';
import type { FabricRow } from './tables.ts';

/** The addresses of a connection as they are stored, checked against the LAN. */
export function placedIn(
  operation: string,
  { ipv6Prefix, ipv4Prefix, ipv4Mode }: FabricRow,
  wish: { addressV6: string; addressV4?: string | null | undefined },
): { addressV6: string; addressV4: string | null } {
  const addressV6 = requireAddress(operation, '/addressV6', wish.addressV6, 6, ipv6Prefix);
  const v4 = wish.addressV4 ?? null;
  if (v4 === null && ipv4Mode === 'native') throw invalid(operation, '/addressV4', 'is needed: IPv4 has sessions of its own on this fabric');
  if (v4 !== null && ipv4Prefix === null) throw invalid(operation, '/addressV4', 'has no place: this fabric has no IPv4 prefix');
  return { addressV6, addressV4: v4 === null ? null : requireAddress(operation, '/addressV4', v4, 4, ipv4Prefix!) };
}
