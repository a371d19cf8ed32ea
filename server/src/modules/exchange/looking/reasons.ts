import type { Route } from './routes.ts';

interface Reason {
  title: string;
  remedy: string;
}
/** Why a route server refused a route, by the number in the large community (route server ASN, 1101, n), and what its network does about it. */
export const REASONS = {
  1: { title: 'Prefix too long', remedy: 'Announce nothing longer than /24 of IPv4 or /48 of IPv6: aggregate it.' },
  2: { title: 'Prefix too short', remedy: 'Announce nothing shorter than /8 of IPv4 or /16 of IPv6: see whether a default route leaks.' },
  3: { title: 'Not a public prefix', remedy: 'The prefix is reserved, private or for documentation. Filter it out on your side.' },
  4: { title: 'Private or reserved ASN in the path', remedy: 'Remove private ASNs from what you announce.' },
  5: { title: 'AS path too long', remedy: 'No more than 64 ASNs are taken: prepend less.' },
  6: { title: 'AS path empty', remedy: 'A path has to begin with your ASN: your router speaks as a route server here.' },
  7: { title: 'First ASN is not yours', remedy: 'A path has to begin with your ASN: announce only your own routes and those of your customers.' },
  8: { title: 'Next hop is not yours', remedy: 'Set the next hop to the address of your port (next-hop-self).' },
  9: { title: 'Prefix not registered', remedy: 'Register a route object for the prefix in an IRR, and see that your AS-SET covers its origin.' },
  10: { title: 'Origin not in your AS-SET', remedy: 'Add the origin ASN to your AS-SET in the IRR.' },
  13: { title: 'RPKI Invalid', remedy: 'A ROA says that another ASN announces it, or nothing of this length. Correct the ROA at your registry, or stop announcing it.' },
  14: { title: 'Network that never comes by a route server', remedy: 'A large transit network is in the path: you announce what you bought. Filter the routes of your upstreams.' },
} as const satisfies Readonly<Record<number, Reason>>; // prettier-ignore

const UNKNOWN: Reason = { title: 'Refused', remedy: 'The route server gave no reason that is known here. Ask the exchange.' };

/** In words, with its number; null for what was refused without one. */
export function reasonOf({ largeCommunities }: Pick<Route, 'largeCommunities'>, rsAsn: number): Reason & { code: number | null } {
  const marks = largeCommunities.map((one) => one.split(':').map(Number)).filter(([of, what]) => of === rsAsn && what === 1_101);
  const code = marks[0]?.[2] ?? null;
  return { code, ...((REASONS as Readonly<Record<number, Reason>>)[code ?? 0] ?? UNKNOWN) };
}

export const RPKI_STATES = ['valid', 'unknown', 'unchecked', 'invalid'] as const;
/** What the validators said of its origin, as the route server marked it. */
export function rpkiOf({ largeCommunities }: Pick<Route, 'largeCommunities'>, rsAsn: number): (typeof RPKI_STATES)[number] | null {
  const mark = largeCommunities.map((one) => one.split(':').map(Number)).find(([of, what]) => of === rsAsn && what === 1_000);
  return RPKI_STATES[(mark?.[2] ?? 0) - 1] ?? null;
}
