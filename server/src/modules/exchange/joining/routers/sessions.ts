/** What a member's router is told, in its own values: none of them was written by anybody but us and the operator, all are numbers or addresses. */
export interface Values {
  asn: number;
  rsAsn: number;
  addressV6: string;
  /** Null where IPv4 has no sessions of its own. */
  addressV4: string | null;
  /** IPv4 routes come over the IPv6 session (RFC 8950). */
  overV6: boolean;
  routeServers: readonly { name: string; addressV6: string; addressV4: string | null }[];
}

export type Family = 4 | 6;
export interface Session {
  name: string;
  family: Family;
  local: string;
  remote: string;
}
/** One of each family that has sessions of its own, with every route server. */
export const sessionsOf = ({ addressV4, addressV6, routeServers }: Values): Session[] =>
  routeServers.flatMap(({ name, addressV4: theirs, addressV6: remote }) => [
    { name, family: 6 as const, local: addressV6, remote },
    ...(addressV4 !== null && theirs !== null ? [{ name, family: 4 as const, local: addressV4, remote: theirs }] : []),
  ]);

/** Families whose routes a session carries, where the router can tell IPv4 routes over IPv6. */
export const familiesOf = ({ family }: Session, { overV6 }: Values): Family[] => (family === 6 && overV6 ? [6, 4] : [family]);

export const labelOf = ({ name, family }: Session): string => `${name}-v${family}`;

/** Well above what all route servers of the world know together, and below what would hurt a router. */
export const MOST_PREFIXES = 400_000;
